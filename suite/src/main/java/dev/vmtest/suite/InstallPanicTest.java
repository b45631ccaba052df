package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.api.VmTestOutcome;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** An install whose kernel panics, which is what is expected of it. */
@VmTest(config = "panic.yaml")
class InstallPanicTest {

    @Test
    @DisplayName("the console says that the kernel panicked")
    void theConsoleSaysThatTheKernelPanicked(VmTestOutcome outcome) {
        assertThat(outcome.checks())
                .filteredOn(check -> check.name().equals("install failure: console"))
                .singleElement()
                .satisfies(check -> assertThat(check.message()).contains("Kernel panic"));
    }
}
