package dev.vmtest.report;

import java.nio.file.Path;

/** Name the files that results and reports are kept in; nothing else joins these paths. */
public final class ReportFiles {

    private ReportFiles() {}

    /** Return where the results of a whole run are kept. */
    public static Path results(Path topdir) {
        return topdir.resolve("results.json");
    }

    /** Return where a run says, as it begins, what it is. */
    public static Path begun(Path topdir) {
        return topdir.resolve("run.json");
    }

    /** Return where a run says which units it takes, with what each depends on. */
    public static Path units(Path topdir) {
        return topdir.resolve("units.json");
    }

    /** Return where a run says how each test ended, until there is a report. */
    static Path ended(Path topdir) {
        return topdir.resolve("ended.jsonl");
    }

    /** Return the file that holds room for the report while tests run. */
    static Path reserve(Path topdir) {
        return topdir.resolve(".room-for-the-report");
    }

    /** Return the results in the form that build servers read. */
    public static Path junit(Path topdir) {
        return topdir.resolve("junit.xml");
    }

    /** Return the page that people read. */
    public static Path page(Path topdir) {
        return topdir.resolve("index.html");
    }

    /** Return where a run on other hosts keeps what those do, attempt by attempt. */
    public static Path engine(Path topdir) {
        return topdir.resolve("engine");
    }

    /**
     * Return the directory of all attempts at a unit.
     *
     * @param id the id of the unit
     */
    public static Path attempts(Path topdir, String id) {
        return engine(topdir).resolve(engineWord(id));
    }

    /** Return a unit's id as one word that means itself to every shell. */
    public static String engineWord(String id) {
        return id.replaceAll("[^A-Za-z0-9._-]", "-");
    }

    /** Return the directory of the run that an attempt at a unit is by itself. */
    public static Path runOfAttempt(Path attempt) {
        return attempt.resolve("run");
    }

    /** Return where the result of one test is kept. */
    public static Path result(Path testDirectory) {
        return testDirectory.resolve("result.json");
    }

    /** Return where the events of one test are written as they happen. */
    public static Path events(Path testDirectory) {
        return testDirectory.resolve("logs").resolve("run.jsonl");
    }

    /** The drawing of what stands on what, relative to a test's directory. */
    static final String LAYOUT = "logs/layout.svg";

    /** The drawing of the network, relative to a test's directory. */
    static final String NETWORK = "logs/network.svg";

    /** The lines of the files that ask for something, relative to a test's directory. */
    static final String ASKED = "logs/asked.json";

    /** What each line of the configuration is held by, relative to a test's directory. */
    static final String COVERAGE = "logs/coverage.txt";

    /** Return the name of the console log of a phase, relative to the test's directory. */
    public static String console(String phase) {
        return "logs/" + phase + "-serial.log";
    }

    /** Return a test's directory, which a result names absolutely or relative to the run's directory. */
    public static Path testDirectory(Path topdir, String directory) {
        return topdir.resolve(directory).normalize();
    }
}
