package dev.vmtest.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vmtest.process.Command;
import dev.vmtest.process.Completed;
import dev.vmtest.process.SupervisedProcesses;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Runs commands in a network of their own. */
class OfflineToolTests {

    @Test
    void onlyLoopbackIsThereAndWorks() throws Exception {
        Completed there = offline("sh", "-c", "ip -o link show up | cut -d: -f2; exit 7");
        assumeTrue(there.exitStatus() != 3, "this kernel grants no network of its own");
        assertThat(there.stdout().strip()).isEqualTo("lo");
        assertThat(there.exitStatus()).as("the command's own status").isEqualTo(7);
    }

    @Test
    void aCommandIsNeeded() throws Exception {
        Completed nothing = offline();
        assertThat(nothing.exitStatus()).isEqualTo(2);
        assertThat(nothing.stderr()).startsWith("usage: offline COMMAND");
    }

    private static Completed offline(String... words) throws Exception {
        try (SupervisedProcesses processes = new SupervisedProcesses()) {
            return processes.run(
                    Command.of(SourceTree.resolve("tools/offline").toString()).with(words), Duration.ofSeconds(30));
        }
    }
}
