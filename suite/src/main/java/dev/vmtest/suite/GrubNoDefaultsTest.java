package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A boot loader whose settings are those of the distribution. */
@VmTest(config = "no-grub-file.yaml")
class GrubNoDefaultsTest {

    @Test
    @DisplayName("the boot loader's terminal is not set")
    void theTerminalIsNotSet(Facts facts) {
        assertThat(facts.text("etc_default_grub")).doesNotContainPattern("(?m)^GRUB_TERMINAL=");
        assertThat(facts.has("etc_default_grub_d/50-curtin-settings.cfg")).isFalse();
    }
}
