package dev.vmtest.cli;

import dev.vmtest.session.Surroundings;
import dev.vmtest.text.PrintableStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Hold what one call of the command gets from outside, so that a test can call it in its own JVM.
 *
 * @param surroundings environment variables and host
 * @param out standard output; lets through only what is printable, so that no command need think of it
 * @param err standard error, likewise
 * @param terminal standard output as it is, for what draws with escape sequences and hands a console on
 * @param reportsInterruption set by a command that itself says so when it is interrupted
 */
record Invocation(
        Surroundings surroundings,
        PrintStream out,
        PrintStream err,
        PrintStream terminal,
        AtomicBoolean reportsInterruption) {

    static Invocation of(Surroundings surroundings, PrintStream out, PrintStream err) {
        return new Invocation(
                surroundings, PrintableStream.over(out), PrintableStream.over(err), out, new AtomicBoolean());
    }

    Map<String, String> environment() {
        return surroundings.environment();
    }
}
