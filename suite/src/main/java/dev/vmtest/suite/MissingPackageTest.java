package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.api.VmTestOutcome;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** An install that asks for a package which there is nowhere. */
@VmTest(config = "missing_package.yaml")
class MissingPackageTest {

    @Test
    @DisplayName("the console names the package")
    void theConsoleNamesThePackage(VmTestOutcome outcome) {
        assertThat(outcome.checks())
                .filteredOn(check -> check.name().equals("install failure: console"))
                .singleElement()
                .satisfies(check -> assertThat(check.message()).contains("no-such-package"));
    }
}
