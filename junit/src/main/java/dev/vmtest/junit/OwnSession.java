package dev.vmtest.junit;

import dev.vmtest.report.TerminalDisplay;
import dev.vmtest.report.TerminalStyle;
import dev.vmtest.session.Session;
import dev.vmtest.session.SessionOptions;
import dev.vmtest.session.Surroundings;
import java.io.IOException;
import java.time.Clock;

/**
 * Hold the session of a launch that Maven or an IDE made: everything is as the environment says, and
 * progress goes to standard error, because standard output belongs to the launcher.
 *
 * @param session the session
 */
record OwnSession(Session session) implements AutoCloseable {

    static OwnSession open() {
        TerminalDisplay display = new TerminalDisplay(System.err, TerminalStyle.plain(), Clock.systemUTC());
        return new OwnSession(Session.open(SessionOptions.DEFAULT, Surroundings.of(System.getenv()), display));
    }

    @Override
    public void close() throws IOException {
        session.close();
    }
}
