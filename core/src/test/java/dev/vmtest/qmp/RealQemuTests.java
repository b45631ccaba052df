package dev.vmtest.qmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vmtest.process.Command;
import dev.vmtest.process.Running;
import dev.vmtest.process.SupervisedProcesses;
import dev.vmtest.process.TemporaryDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Speak to the real QEMU; it runs no machine, so it is there in no time. */
@Tag("vm")
final class RealQemuTests {

    @Test
    void drivesARealQemu() throws Exception {
        BlockingQueue<QmpEvent> events = new LinkedBlockingQueue<>();
        try (TemporaryDirectory directory = TemporaryDirectory.create(Path.of("/tmp"), "qmp-");
                SupervisedProcesses processes = new SupervisedProcesses()) {
            Path socket = directory.path().resolve("qmp");
            Command command = Command.of("qemu-system-x86_64", "-machine", "none", "-S", "-nodefaults")
                    .with("-display", "none", "-qmp", "unix:" + socket + ",server=on,wait=off");
            Running qemu = processes.start(command, directory.path().resolve("qemu.log"));
            try (QmpClient client = QmpClient.connect(socket, Duration.ofSeconds(60), qemu.exit(), events::add)) {
                assertThat(client.execute("query-status")
                                .get(30, TimeUnit.SECONDS)
                                .path("running")
                                .asBoolean())
                        .isFalse();
                assertThat(client.execute("query-qmp-schema")
                                .get(30, TimeUnit.SECONDS)
                                .size())
                        .isGreaterThan(100);
                assertThatExceptionOfType(ExecutionException.class)
                        .isThrownBy(() -> client.execute("no-such-command").get(30, TimeUnit.SECONDS))
                        .havingCause()
                        .isInstanceOfSatisfying(
                                QmpCommandException.class,
                                error -> assertThat(error.errorClass()).isEqualTo("CommandNotFound"));
                var unused = client.execute("quit").get(30, TimeUnit.SECONDS);
                QmpEvent shutdown = events.poll(30, TimeUnit.SECONDS);
                assertThat(shutdown).isNotNull();
                assertThat(shutdown.name()).isEqualTo("SHUTDOWN");
                assertThat(shutdown.data().path("reason").asString()).isEqualTo("host-qmp-quit");
            }
            assertThat(qemu.exit().get(30, TimeUnit.SECONDS)).isZero();
        }
    }
}
