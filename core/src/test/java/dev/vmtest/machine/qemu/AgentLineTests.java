package dev.vmtest.machine.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.vmtest.machine.AgentSilentException;
import dev.vmtest.machine.MachineException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests for {@link AgentLine}, with this test as the agent. */
final class AgentLineTests {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    @Test
    void theEndIsHeardBehindMoreLinesThanAnybodyWaitsFor() throws Exception {
        try (AgentLine line = AgentLine.listen(directory.resolve("agent"))) {
            say("talk\n".repeat(1000));
            await().until(() -> Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().equals("agent")));

            for (int number = 1; number <= 16; number++) {
                assertThat(line.await(PATIENCE)).isEqualTo("talk");
            }
            assertEnded(line);
        }
    }

    @Test
    void theEndIsHeardByEverybodyWhoAsks() throws Exception {
        try (AgentLine line = AgentLine.listen(directory.resolve("agent"))) {
            say("last\n");

            assertThat(line.await(PATIENCE)).isEqualTo("last");
            assertEnded(line);
            assertEnded(line);
        }
    }

    private static void assertEnded(AgentLine line) {
        assertThatThrownBy(() -> line.await(PATIENCE))
                .isNotInstanceOf(AgentSilentException.class)
                .isInstanceOf(MachineException.class)
                .hasMessage("QEMU ended before the machine's agent answered");
    }

    /** Say something as the agent does, and end as QEMU does. */
    private void say(String text) throws Exception {
        try (SocketChannel agent = SocketChannel.open(UnixDomainSocketAddress.of(directory.resolve("agent")))) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                agent.write(bytes);
            }
        }
    }
}
