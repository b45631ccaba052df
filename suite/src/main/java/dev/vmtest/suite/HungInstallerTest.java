package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.api.VmTestOutcome;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** An install that hangs in a command. */
@VmTest(config = "hung_installer.yaml")
class HungInstallerTest {

    @Test
    @DisplayName("the limit of the install told of it")
    void theLimitTold(VmTestOutcome outcome) {
        assertThat(outcome.checks())
                .filteredOn(check -> check.name().equals("install failure: end"))
                .singleElement()
                .satisfies(check -> assertThat(check.message()).contains("the guest was not done after"));
    }
}
