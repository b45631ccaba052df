package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** An autoinstall file that asks for the layout lvm. */
@VmTest(config = "autoinstall-lvm.yaml")
class AutoinstallLvmTest {

    @Test
    @DisplayName("the root is the layout's volume")
    void theRootIsTheLayoutsVolume(Facts facts) {
        assertThat(facts.commandLine()).contains("root=/dev/mapper/ubuntu--vg-ubuntu--lv");
    }
}
