package dev.vmtest.history;

import dev.vmtest.result.FailureClass;
import dev.vmtest.result.PhaseResult;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.Verdict;
import java.nio.file.Path;
import java.util.List;

/**
 * Remember how one test ended, a line of the history.
 *
 * @param format the form of the line, {@link #FORMAT}
 * @param run when its run began, as an instant (ISO 8601); all tests of a run have the same
 * @param at when it ended, in seconds since the epoch
 * @param test its name
 * @param release the release that was installed
 * @param installer the installer under test
 * @param verdict how it ended
 * @param failureClass what kind of failure it was
 * @param accelerator what executed its guests
 * @param seconds how long it took
 * @param phases how long each phase took
 * @param topdir the directory of its run, absolute; empty in lines of before this was remembered
 */
public record HistoryEntry(
        int format,
        String run,
        double at,
        String test,
        String release,
        String installer,
        Verdict verdict,
        FailureClass failureClass,
        String accelerator,
        double seconds,
        List<PhaseSeconds> phases,
        String topdir) {

    /** The form of a line that this version writes; another one is passed over. */
    static final int FORMAT = 1;

    public HistoryEntry {
        phases = List.copyOf(phases);
    }

    /**
     * Remember how long a phase took.
     *
     * @param phase its word
     * @param seconds how long it took
     */
    public record PhaseSeconds(String phase, double seconds) {}

    /**
     * Remember a result.
     *
     * @param topdir the directory of its run
     */
    public static HistoryEntry of(TestResult result, String run, double at, String accelerator, Path topdir) {
        return new HistoryEntry(
                FORMAT,
                run,
                at,
                result.name(),
                result.release(),
                result.installer(),
                result.verdict(),
                result.evidence().failure().failureClass(),
                accelerator,
                result.seconds(),
                result.phases().stream().map(HistoryEntry::seconds).toList(),
                topdir.toAbsolutePath().normalize().toString());
    }

    private static PhaseSeconds seconds(PhaseResult phase) {
        return new PhaseSeconds(phase.name(), phase.seconds());
    }

    /** Return which test on which release with which installer it is of. */
    public Subject subject() {
        return new Subject(test, release, installer);
    }

    /** Return whether a run with only this test would end with a status other than 0. */
    public boolean hasFailed() {
        return verdict.exitStatus() != 0;
    }

    /**
     * Name what is comparable: one test on one release with one installer.
     *
     * @param test the name of the test
     * @param release the release that is installed
     * @param installer the name of the installer under test
     */
    public record Subject(String test, String release, String installer) {

        @Override
        public String toString() {
            return test + " [" + release + "] with " + installer;
        }
    }
}
