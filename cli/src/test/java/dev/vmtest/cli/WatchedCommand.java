package dev.vmtest.cli;

import dev.vmtest.session.RunLog;
import dev.vmtest.session.Surroundings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Call the command in this JVM and see what it has said so far, also while it goes on. */
final class WatchedCommand {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** Run a command line to its end and return its status; what the last one complained of is forgotten. */
    int run(String... arguments) {
        err.reset();
        Surroundings surroundings = new Surroundings(Map.of(), directory -> 0, RunLog.NONE);
        return Main.run(
                Invocation.of(
                        surroundings,
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8)),
                arguments);
    }

    /** Return what is on standard output. */
    String shown() {
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Return what is on standard error. */
    String complaint() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
