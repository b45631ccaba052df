package dev.vmtest.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.process.Command;
import dev.vmtest.process.SupervisedProcesses;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs a real tgtd. */
class IscsiServiceTests {

    @TempDir
    Path directory;

    private String shell(String script) throws Exception {
        try (SupervisedProcesses processes = new SupervisedProcesses()) {
            return processes
                    .run(Command.of("sh", "-euc", script), Duration.ofSeconds(30))
                    .requireSuccess()
                    .stdout();
        }
    }

    @Test
    void aShellThatReadsTheInfoReachesTheServer() throws Exception {
        Path output = directory.resolve("with space");
        IscsiService service = IscsiService.start(
                Surroundings.of(Map.of("TMPDIR", directory.toString(), "PATH", System.getenv("PATH"))),
                output,
                "127.0.0.1");
        try (service) {
            assertThat(service.info()).isEqualTo(output.resolve("info"));
            assertThat(shell(". '" + service.info() + "'; cat /proc/$TGT_PID/comm; tgtadm --mode portal --op show;"
                                    + " echo $CURTIN_VMTEST_ISCSI_PORTAL; echo $TGT_PORTAL; ls \"$TGT_LOG_D\"")
                            .lines())
                    .containsExactly(
                            "tgtd",
                            "Portal: " + service.portal() + ",1",
                            service.portal(),
                            service.portal(),
                            "info",
                            "tgt.log");
        }
        assertThat(service.info()).doesNotExist();
        assertThat(output.resolve("tgt.log")).exists();
    }
}
