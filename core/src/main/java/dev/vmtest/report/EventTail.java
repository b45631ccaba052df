package dev.vmtest.report;

import dev.vmtest.result.RunEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Read the events of a test that runs elsewhere, as far as they have come, again and again. What was begun is read to its
 * end even if a keep rule removes the log meanwhile.
 */
public final class EventTail implements AutoCloseable {

    private static final int CHUNK = 1 << 16;

    /** No event is as long; whoever writes on without a line's end is not read on. */
    private static final int LONGEST_LINE = 16 << 20;

    private final Path file;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private @Nullable FileChannel channel;

    /** Begin at the first event of a test's directory, which need not be there yet. */
    public static EventTail of(Path testDirectory) {
        return new EventTail(ReportFiles.events(testDirectory));
    }

    private EventTail(Path file) {
        this.file = file;
    }

    /** Begin at the first test that ended in a run, which keeps how each did until it is reported. */
    static EventTail ofEnded(Path topdir) {
        return new EventTail(ReportFiles.ended(topdir));
    }

    /**
     * Read what has come since the last call; a line that is no event is passed over, and one that is not whole waits for
     * its end.
     *
     * @throws IOException if the log is there and cannot be read
     */
    public void read(Consumer<RunEvent> reader) throws IOException {
        FileChannel open = channel;
        if (open == null) {
            try {
                open = FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
            } catch (NoSuchFileException notYet) {
                return;
            }
            channel = open;
        }
        ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
        while (open.read(buffer) > 0) {
            buffer.flip();
            while (buffer.hasRemaining()) {
                take(buffer.get(), reader);
            }
            buffer.clear();
        }
    }

    private void take(byte next, Consumer<RunEvent> reader) {
        if (next != '\n') {
            if (line.size() < LONGEST_LINE) {
                line.write(next);
            }
            return;
        }
        byte[] whole = line.toByteArray();
        line.reset();
        try {
            RunEvent event = Json.read(whole, RunEvent.class);
            if (event != null) {
                reader.accept(event);
            }
        } catch (JacksonException noEvent) {
            return;
        }
    }

    @Override
    public void close() throws IOException {
        FileChannel open = channel;
        if (open != null) {
            open.close();
        }
    }
}
