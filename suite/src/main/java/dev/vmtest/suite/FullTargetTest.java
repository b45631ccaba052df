package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.api.VmTestOutcome;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** An install onto a root that is too small for it. */
@VmTest(config = "full_target.yaml")
class FullTargetTest {

    @Test
    @DisplayName("the console says that there is no space")
    void theConsoleSaysThatThereIsNoSpace(VmTestOutcome outcome) {
        assertThat(outcome.checks())
                .filteredOn(check -> check.name().equals("install failure: console"))
                .singleElement()
                .satisfies(check -> assertThat(check.message()).contains("No space left on device"));
    }
}
