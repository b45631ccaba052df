package dev.vmtest.engine;

import dev.vmtest.text.Printable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Read the last lines of what somebody else wrote, however much that is. */
final class OutputEnd {

    private static final int BYTES = 8192;
    private static final int LINES = 8;

    private OutputEnd() {}

    /** Return the last lines that say something, printable; none if there is no such file. */
    static List<String> of(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.position(Math.max(0, channel.size() - BYTES));
            ByteBuffer end = ByteBuffer.allocate(BYTES);
            int read;
            do {
                // A read may bring less than there is.
                read = channel.read(end);
            } while (read > 0 && end.hasRemaining());
            List<String> lines = new String(end.array(), 0, end.position(), StandardCharsets.UTF_8)
                    .lines()
                    .map(Printable::line)
                    .filter(line -> !line.isBlank())
                    .toList();
            return lines.subList(Math.max(0, lines.size() - LINES), lines.size());
        } catch (IOException absent) {
            return List.of();
        }
    }
}
