package dev.vmtest.junit;

import dev.vmtest.image.mirror.SyncListener;
import dev.vmtest.process.SupervisedProcesses;
import dev.vmtest.report.TerminalDisplay;
import dev.vmtest.report.TerminalStyle;
import dev.vmtest.session.ImageStreams;
import dev.vmtest.session.PresentImages;
import dev.vmtest.session.Session;
import dev.vmtest.session.SessionOptions;
import dev.vmtest.session.Surroundings;
import dev.vmtest.testcase.TestDefinition;
import dev.vmtest.text.PrintableStream;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;

/**
 * Hold the session of a launch that Maven or an IDE made: everything is as the environment says, and
 * progress goes to standard error, because standard output belongs to the launcher.
 *
 * @param session the session
 * @param log ends the debug log of the run
 * @param environment what chooses the images
 * @param err where progress goes
 */
record OwnSession(Session session, Runnable log, Map<String, String> environment, PrintStream err)
        implements AutoCloseable, Sessions.Joined {

    /**
     * Open it. Images are fetched now or not at all: from the first test on they are in use.
     *
     * @param releases what the first test runs on
     */
    static OwnSession open(List<String> releases) {
        return open(releases, System.getenv(), PrintableStream.over(System.err));
    }

    static OwnSession open(List<String> releases, Map<String, String> environment, PrintStream err) {
        try (SupervisedProcesses processes = new SupervisedProcesses()) {
            new ImageStreams(environment)
                    .syncForRun(releases, processes, SyncListener.NONE, problem -> err.println("vmtest: " + problem));
        }
        TerminalDisplay display = new TerminalDisplay(err, TerminalStyle.plain(), Clock.systemUTC());
        Surroundings surroundings = Surroundings.of(environment);
        if (!logsByLogback()) {
            return new OwnSession(
                    Session.open(SessionOptions.DEFAULT, surroundings, display), () -> {}, environment, err);
        }
        RunLogFile file = new RunLogFile(false);
        return new OwnSession(
                Session.open(SessionOptions.DEFAULT, surroundings.withLog(file), display),
                file::close,
                environment,
                err);
    }

    /** An author's build decides what slf4j writes to; only Logback can be sent to the file of a run. */
    private static boolean logsByLogback() {
        return LoggerFactory.getILoggerFactory().getClass().getName().equals("ch.qos.logback.classic.LoggerContext");
    }

    /** A definition of which nothing is left stays whole: its run says which image is missing. */
    @Override
    public TestDefinition leaveOutAbsent(TestDefinition definition) {
        try (PresentImages images = PresentImages.of(session.testCases(), environment)) {
            List<String> present = images.releases(definition);
            if (present.isEmpty()) {
                return definition;
            }
            images.lines().forEach(line -> err.println("vmtest: " + definition.name() + ": " + line));
            return definition.forReleases(present);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            session.close();
        } finally {
            log.run();
        }
    }
}
