package dev.vmtest.trial;

import dev.vmtest.facts.Facts;
import dev.vmtest.result.CheckRecord;
import dev.vmtest.result.Evidence;
import dev.vmtest.result.FailureClass;
import dev.vmtest.result.PhaseResult;
import dev.vmtest.result.Verdict;
import dev.vmtest.testcase.TestCase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Hold what a run found out before its author's own tests are heard.
 *
 * @param test the test
 * @param workspace its directory
 * @param facts what the installed system said, or null when it did not get that far
 * @param verdict {@link Verdict#PASSED} when every phase and every derived check is good
 * @param evidence why it is not passed
 * @param course what happened on the way
 */
public record TestOutcome(
        TestCase test, Workspace workspace, @Nullable Facts facts, Verdict verdict, Evidence evidence, Course course) {

    /**
     * Tell what happened in a test, and when.
     *
     * @param phases the phases that ran
     * @param checks the derived checks that were held
     * @param warnings what decided nothing but should be known
     * @param started when it began, in seconds since the epoch
     * @param seconds how long it took so far
     */
    public record Course(
            List<PhaseResult> phases, List<CheckRecord> checks, List<String> warnings, double started, double seconds) {

        public Course {
            phases = List.copyOf(phases);
            checks = List.copyOf(checks);
            warnings = List.copyOf(warnings);
        }

        /** Tell of a test in which nothing happened. */
        public static Course none(double now) {
            return new Course(List.of(), List.of(), List.of(), now, 0);
        }
    }

    /** Return what the installed system said in its second boot, or nothing if it had none. */
    public Optional<Facts> secondBootFacts() {
        Path collected = workspace.collect(InstalledBoot.SECOND);
        return Files.isDirectory(collected) ? Optional.of(Facts.read(collected)) : Optional.empty();
    }

    /** Hold that a test was not run, and why. */
    public static TestOutcome notRun(
            TestCase test, Workspace workspace, Verdict verdict, Evidence evidence, double now) {
        return new TestOutcome(test, workspace, null, verdict, evidence, Course.none(now));
    }

    /** Return whether the host gave a guest so little time that nothing was learned. */
    public boolean isStarved() {
        return evidence.failure().failureClass() == FailureClass.STARVED;
    }
}
