package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Events in the journal of the install environment. */
@VmTest(config = "journald_reporter.yaml")
class JournaldReporterTest {

    @Test
    @DisplayName("the journal has the events with fields of their own")
    void theJournalHasTheEvents(Facts facts) {
        assertThat(facts.lines("root/journalctl.curtin_events.json"))
                .anyMatch(line -> line.contains("\"CURTIN_NAME\":\"cmd-install/stage-early\"")
                        && line.contains("\"CURTIN_EVENT_TYPE\":\"start\""))
                .anyMatch(line -> line.contains("\"CURTIN_NAME\":\"cmd-install/stage-partitioning\"")
                        && line.contains("\"CURTIN_EVENT_TYPE\":\"finish\"")
                        && line.contains("\"CURTIN_RESULT\":\"SUCCESS\"")
                        && line.contains("\"CURTIN_MESSAGE\":\"configuring storage\""));
    }
}
