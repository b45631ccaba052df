package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.api.VmTestOutcome;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** An install whose last command fails, with the archive that tells of it. */
@VmTest(config = "failing_late_command.yaml")
class FailingLateCommandTest {

    @Test
    @DisplayName("the event names the command that failed")
    void theEventNamesTheCommand(VmTestOutcome outcome) {
        assertThat(outcome.checks())
                .filteredOn(check -> check.name().equals("install failure: event"))
                .singleElement()
                .satisfies(check -> assertThat(check.message()).contains("stage-late/licence"));
    }
}
