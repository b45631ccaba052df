package dev.vmtest.cli;

import dev.vmtest.session.Surroundings;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Hold what one call of the command gets from outside, so that a test can call it in its own JVM.
 *
 * @param surroundings environment variables and host
 * @param out standard output
 * @param err standard error
 * @param reportsInterruption set by a command that itself says so when it is interrupted
 */
record Invocation(Surroundings surroundings, PrintStream out, PrintStream err, AtomicBoolean reportsInterruption) {

    static Invocation of(Surroundings surroundings, PrintStream out, PrintStream err) {
        return new Invocation(surroundings, out, err, new AtomicBoolean());
    }

    Map<String, String> environment() {
        return surroundings.environment();
    }
}
