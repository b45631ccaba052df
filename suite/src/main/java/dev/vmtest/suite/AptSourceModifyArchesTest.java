package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.AptFacts;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Mirrors of other architectures are not used. */
@VmTest(config = "apt_source_modify_arches.yaml")
class AptSourceModifyArchesTest {

    @Test
    @DisplayName("no decoy is in the sources")
    void noDecoyIsInTheSources(Facts facts) {
        assertThat(facts.apt().files().values())
                .extracting(AptFacts.SettingsFile::text)
                .noneMatch(text -> text.contains("does.not.exist.invalid"));
    }
}
