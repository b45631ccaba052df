package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The automatic layout on the only disk, everything else at its default. */
@VmTest(config = "simple.yaml")
class SimpleTest {

    @Test
    @DisplayName("the installer's log and configuration are in the installed system")
    void theInstallerLeavesItsLogAndConfiguration(Facts facts) {
        assertThat(facts.text("root/curtin-install.log")).contains("curtin: Installation finished.");
        assertThat(facts.has("root/curtin-install-cfg.yaml")).isTrue();
    }

    @Test
    @DisplayName("the kernel found its root by UUID")
    void theKernelFoundItsRootByUuid(Facts facts) {
        assertThat(facts.commandLine()).anyMatch(argument -> argument.startsWith("root=UUID="));
    }
}
