package dev.vmtest.installer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class InstallerChoiceTests {

    @Test
    void aCommandMayHoldEqualsSignsAndSpaces() {
        InstallerChoice choice = InstallerChoice.of("curtin=env A=b /opt/c x", "unused");

        assertThat(choice).isEqualTo(new InstallerChoice("curtin", "env A=b /opt/c x"));
        assertThat(choice.option()).isEqualTo("--installer 'curtin=env A=b /opt/c x'");
    }

    @Test
    void withoutACommandTheOtherOneIsTaken() {
        assertThat(InstallerChoice.of("curtin", "/usr/bin/curtin").command()).isEqualTo("/usr/bin/curtin");
    }

    @Test
    void theBuiltInOneNeedsNoOption() {
        assertThat(InstallerChoice.of("builtin", "unused")).isEqualTo(InstallerChoice.BUILTIN);
        assertThat(InstallerChoice.BUILTIN.option()).isEmpty();
    }

    @Test
    void whatIsNoChoiceIsRefused() {
        assertThatThrownBy(() -> InstallerChoice.of("anaconda", ""))
                .hasMessage("no installer is called 'anaconda'; these are: builtin, curtin");
        assertThatThrownBy(() -> InstallerChoice.of("builtin=x", "")).hasMessageContaining("takes no command");
        assertThatThrownBy(() -> InstallerChoice.of("curtin= ", "y")).hasMessageContaining("has an empty command");
    }
}
