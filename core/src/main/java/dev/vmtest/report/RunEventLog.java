package dev.vmtest.report;

import dev.vmtest.files.NewFile;
import dev.vmtest.result.RunEvent;
import dev.vmtest.result.RunListener;
import dev.vmtest.text.PlainTrouble;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Append the events of one test to its {@code logs/run.jsonl} as they happen, one JSON object a
 * line.
 *
 * <p>Each event is with the kernel when {@link #happened} returns, so a killed run keeps what it
 * said. The console is bounded: after a given number of lines the log says once that it holds no
 * more of them, because the whole console is in the serial logs. Safe for use by several threads.
 */
public final class RunEventLog implements RunListener, AutoCloseable {

    /** How many console lines a log holds if nothing else is asked for. */
    public static final int CONSOLE_LINES = 20_000;

    /** The longest console line kept, in characters. */
    static final int CONSOLE_LINE_LENGTH = 2_000;

    private static final int LONGEST_LINE = 16 << 20;

    private final Path file;
    private final FileChannel channel;
    private final int consoleLines;
    private int consoleLinesSeen;
    private @Nullable IOException problem;

    private RunEventLog(Path file, FileChannel channel, int consoleLines) {
        this.file = file;
        this.channel = channel;
        this.consoleLines = consoleLines;
    }

    /**
     * Open the log of a test for appending; what an earlier run left in it is removed.
     *
     * @throws IOException if it cannot be written
     */
    public static RunEventLog create(Path testDirectory) throws IOException {
        return create(testDirectory, CONSOLE_LINES);
    }

    /**
     * Open the log of a test with a bound of its own for console lines.
     *
     * @throws IOException if it cannot be written
     */
    public static RunEventLog create(Path testDirectory, int consoleLines) throws IOException {
        Path file = ReportFiles.events(testDirectory);
        Files.createDirectories(testDirectory.resolve("logs"));
        FileChannel channel = NewFile.replace(file, NewFile.Readers.OWNER);
        return new RunEventLog(file, channel, consoleLines);
    }

    /** Append an event; a failure to write is kept for {@link #problem} and ends the log. */
    @Override
    public synchronized void happened(RunEvent event) {
        if (event instanceof RunEvent.ConsoleLine line) {
            consoleLinesSeen++;
            if (consoleLinesSeen == consoleLines + 1) {
                append(new RunEvent.Notice(
                        line.at(),
                        line.test(),
                        "this log holds the first " + consoleLines
                                + " console lines only; the whole console is in logs/*-serial.log"));
            }
            if (consoleLinesSeen <= consoleLines) {
                append(shortened(line));
            }
            return;
        }
        append(event);
    }

    /** Return why the log is incomplete, if it is. */
    public synchronized Optional<IOException> problem() {
        return Optional.ofNullable(problem);
    }

    @Override
    public synchronized void close() throws IOException {
        channel.close();
    }

    private static RunEvent shortened(RunEvent.ConsoleLine line) {
        if (line.text().length() <= CONSOLE_LINE_LENGTH) {
            return line;
        }
        return new RunEvent.ConsoleLine(
                line.at(), line.test(), line.phase(), line.text().substring(0, CONSOLE_LINE_LENGTH) + " …");
    }

    private void append(RunEvent event) {
        if (problem != null) {
            return;
        }
        try {
            byte[] json = Json.LINES.writerFor(RunEvent.class).writeValueAsBytes(event);
            ByteBuffer line = ByteBuffer.allocate(json.length + 1)
                    .put(json)
                    .put((byte) '\n')
                    .flip();
            while (line.hasRemaining()) {
                channel.write(line);
            }
        } catch (IOException failure) {
            problem = new IOException(file + ": events can no longer be written: " + PlainTrouble.of(failure), failure);
        } catch (JacksonException failure) {
            problem = new IOException(file + ": an event cannot be written: " + Json.explain(failure), failure);
        }
    }

    /**
     * Read the events of a test.
     *
     * @throws IOException if there is no log or a line that is not the last is not an event
     */
    public static List<RunEvent> read(Path testDirectory) throws IOException {
        List<RunEvent> events = new ArrayList<>();
        read(testDirectory, events::add);
        return List.copyOf(events);
    }

    /**
     * Read the events of a test one by one, however many there are.
     *
     * <p>A last line that is torn, as a killed run leaves it, is passed over.
     *
     * @throws IOException if there is no log or a line that is not the last is not an event
     */
    public static void read(Path testDirectory, Consumer<RunEvent> reader) throws IOException {
        readFile(ReportFiles.events(testDirectory), reader);
    }

    /** Read events from a file of any name. */
    static void readFile(Path file, Consumer<RunEvent> reader) throws IOException {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            int number = 0;
            @Nullable String unreadable = null;
            for (String line = boundedLine(lines); line != null; line = boundedLine(lines)) {
                if (unreadable != null) {
                    throw new IOException(file + ":" + number + ": not an event: " + unreadable);
                }
                number++;
                if (line.isBlank()) {
                    continue;
                }
                try {
                    RunEvent event = Json.read(line.getBytes(StandardCharsets.UTF_8), RunEvent.class);
                    if (event instanceof RunEvent.TestStarted started) {
                        Formatted.require(started.format(), file.toString());
                    }
                    reader.accept(event);
                } catch (JacksonException problem) {
                    unreadable = Json.explain(problem);
                }
            }
        }
    }

    /** Return the next line cut at a length that no event reaches, or null at the end. */
    private static @Nullable String boundedLine(BufferedReader reader) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int character = reader.read(); character >= 0; character = reader.read()) {
            if (character == '\n') {
                return line.toString();
            }
            if (line.length() < LONGEST_LINE) {
                line.append((char) character);
            }
        }
        return line.isEmpty() ? null : line.toString();
    }
}
