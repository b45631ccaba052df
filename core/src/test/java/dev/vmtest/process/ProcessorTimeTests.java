package dev.vmtest.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessorTimeTests {

    @Test
    void measuresAProcessThatRuns() {
        ProcessorTime time = ProcessorTime.of(ProcessHandle.current().pid()).orElseThrow();

        assertThat(time.ran()).isPositive();
        assertThat(time.waited()).isGreaterThanOrEqualTo(Duration.ZERO);
        assertThat(time.state()).isIn('R', 'S', 'D');
    }

    @Test
    void seesThatAProcessIsStoppedAndThatItIsGone(@TempDir Path directory) throws Exception {
        try (SupervisedProcesses processes = new SupervisedProcesses()) {
            Running sleeper = processes.start(Command.of("sleep", "600"), directory.resolve("log"));
            processes
                    .run(Command.of("kill", "-STOP", String.valueOf(sleeper.pid())), Duration.ofSeconds(10))
                    .requireSuccess();
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> ProcessorTime.of(sleeper.pid())
                            .filter(time -> time.state() == 'T')
                            .isPresent());

            sleeper.kill();
            sleeper.exit().join();

            assertThat(ProcessorTime.of(sleeper.pid())).isEmpty();
        }
    }
}
