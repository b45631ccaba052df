package dev.vmtest.machine.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vmtest.machine.MachineException;
import dev.vmtest.machine.Segment;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Speak to a segment as QEMU does. */
@Timeout(30)
class SegmentLineTests {

    @TempDir
    Path directory;

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
    private SegmentLine line;
    private SocketChannel qemu;
    private final CompletableFuture<Segment.Cable> cable = new CompletableFuture<>();

    @BeforeEach
    void connect() throws Exception {
        Path socket = directory.resolve("net0");
        line = SegmentLine.listen(socket);
        qemu = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        line.follow("segment", new Echoing(), isThere -> heard.add("carrier " + isThere), signals::add);
    }

    @AfterEach
    void end() throws IOException {
        qemu.close();
        line.close();
    }

    /** Send each frame back, and fail on the one that says so. */
    private final class Echoing implements Segment {

        @Override
        public void connected(Cable machine) {
            cable.complete(machine);
        }

        @Override
        public void received(byte[] frame) {
            String text = new String(frame, java.nio.charset.StandardCharsets.US_ASCII);
            if (text.equals("fail")) {
                throw new IllegalStateException("a defect of ours");
            }
            heard.add(text);
            cable.join().send(frame);
        }
    }

    private void write(int length, String text) throws IOException {
        byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        ByteBuffer message =
                ByteBuffer.allocate(4 + bytes.length).putInt(length).put(bytes).flip();
        // As a stream may do: in two pieces.
        qemu.write(message.slice(0, 3));
        qemu.write(message.position(3));
    }

    @Test
    void framesGoBothWaysWithTheirLengths() throws Exception {
        write(3, "one");
        write(5, "three");

        assertThat(heard.take()).isEqualTo("one");
        assertThat(heard.take()).isEqualTo("three");
        ByteBuffer back = ByteBuffer.allocate(16);
        while (back.hasRemaining()) {
            qemu.read(back);
        }
        assertThat(back.flip())
                .isEqualTo(ByteBuffer.allocate(16)
                        .putInt(3)
                        .put("one".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                        .putInt(5)
                        .put("three".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                        .flip());
    }

    @Test
    void theCarrierIsTheMachines() throws Exception {
        cable.join().carrier(false);

        assertThat(heard.take()).isEqualTo("carrier false");
    }

    @Test
    void aFrameOfNoPossibleLengthIsTheHostsTrouble() throws Exception {
        write(SegmentLine.LONGEST_FRAME + 1, "");

        assertThat(signals.take()).isEqualTo(new Signal.Broken("QEMU sent a frame of 69633 bytes"));
    }

    @Test
    void aDefectOfWhatIsThereIsNoSilence() throws Exception {
        write(4, "fail");

        assertThat(signals.take())
                .isEqualTo(new Signal.Unheard("what is at the other end of a NIC's cable failed:"
                        + " java.lang.IllegalStateException: a defect of ours"));
    }

    @Test
    void anEndIsNoTrouble() throws Exception {
        write(3, "one");
        heard.take();
        line.close();
        cable.join().send(new byte[10]);

        assertThat(signals.poll(100, TimeUnit.MILLISECONDS)).isNull();
    }

    @Test
    void aPathThatIsTooLongIsSaid() {
        Path deep = directory.resolve("x".repeat(120));

        assertThatThrownBy(() -> SegmentLine.listen(deep)).isInstanceOf(MachineException.class);
    }
}
