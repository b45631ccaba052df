package dev.vmtest.result;

import java.util.List;

/**
 * Record everything that one test run learned, as it is kept in {@code result.json}.
 *
 * @param name the test
 * @param release the release that was installed
 * @param installer the installer that was under test
 * @param verdict how it ended
 * @param seconds from its start to its verdict
 * @param phases the phases that ran, in order
 * @param checks the checks that were held, derived ones first
 * @param evidence why it did not pass
 * @param directory the test's directory
 * @param reproduce a command line that runs it again
 * @param warnings what decided nothing but should be known, such as facts that were left out; bounded and printable
 * @param proof the earlier pass by which it is unchanged; {@link Proof#NONE} for a test that was run
 */
public record TestResult(
        String name,
        String release,
        String installer,
        Verdict verdict,
        double seconds,
        List<PhaseResult> phases,
        List<CheckRecord> checks,
        Evidence evidence,
        String directory,
        String reproduce,
        List<String> warnings,
        Proof proof) {

    public TestResult {
        phases = List.copyOf(phases);
        checks = List.copyOf(checks);
        warnings = List.copyOf(warnings);
    }

    /** Record a test that was run, and of which nothing is to be warned. */
    public TestResult(
            String name,
            String release,
            String installer,
            Verdict verdict,
            double seconds,
            List<PhaseResult> phases,
            List<CheckRecord> checks,
            Evidence evidence,
            String directory,
            String reproduce) {
        this(
                name,
                release,
                installer,
                verdict,
                seconds,
                phases,
                checks,
                evidence,
                directory,
                reproduce,
                List.of(),
                Proof.NONE);
    }

    /** Return the name under which reports show this run: the test and its release. */
    public String title() {
        return name + " [" + release + "]";
    }

    /** Return the same result where the test's directory is another. */
    public TestResult in(String otherDirectory) {
        return new TestResult(
                name,
                release,
                installer,
                verdict,
                seconds,
                phases,
                checks,
                evidence,
                otherDirectory,
                reproduce,
                warnings,
                proof);
    }

    /** Return how many seconds were spent outside running guests. */
    public double overheadSeconds() {
        return seconds - phases.stream().mapToDouble(PhaseResult::vmSeconds).sum();
    }
}
