package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.AptFacts;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The older keys for mirrors, a proxy and debconf; Debian's cloud-init, unlike Ubuntu's, does not ask for data sources. */
@VmTest(config = "old_apt_features.yaml")
class OldAptFeaturesTest {

    @Test
    @DisplayName("debconf asks only what is of low priority or more")
    void debconfHasItsPriority(Facts facts) {
        assertThat(facts.apt().question("debconf/priority"))
                .map(AptFacts.DebconfQuestion::value)
                .contains("low");
    }

    @Test
    @DisplayName("no password is in what was collected of apt and debconf")
    void noPasswordWasCollected(Facts facts) {
        assertThat(facts.text("facts/apt/debconf") + facts.text("facts/apt/debconf-passwords"))
                .doesNotContain("an-answer-0f-mine");
        assertThat(facts.apt().files().values())
                .extracting(AptFacts.SettingsFile::text)
                .noneMatch(text -> text.contains("a-passw0rd"));
    }
}
