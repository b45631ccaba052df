package dev.vmtest.installer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vmtest.installer.builtin.BuiltinChoice;
import dev.vmtest.installer.curtin.CurtinChoice;
import org.junit.jupiter.api.Test;

class InstallerChoiceTests {

    @Test
    void aCommandMayHoldEqualsSignsAndSpaces() {
        InstallerChoice choice = Installers.of("curtin=env A=b /opt/c x", "unused");

        assertThat(choice).isEqualTo(new CurtinChoice("env A=b /opt/c x"));
        assertThat(choice.option()).isEqualTo("--installer 'curtin=env A=b /opt/c x'");
    }

    @Test
    void withoutACommandTheOtherOneIsTaken() {
        assertThat(Installers.of("curtin", "/usr/bin/curtin")).isEqualTo(new CurtinChoice("/usr/bin/curtin"));
    }

    @Test
    void theBuiltInOneNeedsNoOption() {
        assertThat(Installers.of("builtin", "unused")).isEqualTo(BuiltinChoice.CHOICE);
        assertThat(BuiltinChoice.CHOICE.option()).isEmpty();
    }

    @Test
    void whatIsNoChoiceIsRefused() {
        assertThatThrownBy(() -> Installers.of("anaconda", ""))
                .hasMessage("no installer is called 'anaconda'; these are: builtin, curtin, tiny");
        assertThatThrownBy(() -> Installers.of("builtin=x", "")).hasMessageContaining("takes no command");
        assertThatThrownBy(() -> Installers.of("curtin= ", "y")).hasMessageContaining("has an empty command");
    }
}
