package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Words that pollinate adds to what it says of itself. */
@VmTest(config = "pollinate-useragent.yaml")
class PollinateUserAgentTest {

    @Test
    @DisplayName("the installer names itself, too")
    void theInstallerNamesItself(Facts facts) {
        assertThat(facts.lines("etc_pollinate/add-user-agent")).anyMatch(line -> line.startsWith("curtin/"));
    }
}
