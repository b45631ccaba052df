package dev.vmtest.report;

import dev.vmtest.files.NewFile;
import dev.vmtest.result.RunEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Keep how each test of a run ended until the report is written, a line a test: what a keep rule removes with the test's
 * directory is not lost if the run is killed, and the last of a thousand tests costs no more than the first.
 */
final class EndedTests {

    private EndedTests() {}

    /**
     * Add a test.
     *
     * @throws IOException if it could not be written
     */
    static void add(Path topdir, RunEvent.TestFinished ended) throws IOException {
        byte[] json = Json.LINES.writerFor(RunEvent.class).writeValueAsBytes(ended);
        ByteBuffer line =
                ByteBuffer.allocate(json.length + 1).put(json).put((byte) '\n').flip();
        try (FileChannel file = NewFile.open(ReportFiles.ended(topdir))) {
            file.position(file.size());
            while (line.hasRemaining()) {
                file.write(line);
            }
        }
    }

    /**
     * Return the tests, in the order in which they ended; none if there is no such file.
     *
     * @throws IOException if a line that is not the last is no such test
     */
    static List<RunEvent.TestFinished> read(Path topdir) throws IOException {
        Path file = ReportFiles.ended(topdir);
        List<RunEvent.TestFinished> ended = new ArrayList<>();
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            RunEventLog.readFile(file, event -> {
                if (event instanceof RunEvent.TestFinished finished) {
                    ended.add(finished);
                }
            });
        }
        return List.copyOf(ended);
    }

    /**
     * Forget them: the report says it all.
     *
     * @throws IOException if the file stays
     */
    static void remove(Path topdir) throws IOException {
        Files.deleteIfExists(ReportFiles.ended(topdir));
    }
}
