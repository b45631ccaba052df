package dev.vmtest.report;

import dev.vmtest.run.CheckRecord;
import dev.vmtest.run.Evidence;
import dev.vmtest.run.PhaseResult;
import dev.vmtest.run.RunResults.AcceleratorRecord;
import dev.vmtest.run.RunResults.Origin;
import dev.vmtest.run.TestCase;
import dev.vmtest.run.TestResult;
import dev.vmtest.run.Verdict;
import java.util.List;

/**
 * Record what is known of a run before its first test, so that a killed run can be reported.
 *
 * @param vmtest the version of vmtest
 * @param started when the run began, ISO 8601 in UTC
 * @param accelerator what runs the guests
 * @param announced the tests that were announced; none once the run has reported them
 * @param origin on what host it runs, and by which command
 */
record RunBegun(
        String vmtest, String started, AcceleratorRecord accelerator, List<Announced> announced, Origin origin) {

    RunBegun(String vmtest, String started, AcceleratorRecord accelerator, List<Announced> announced) {
        this(vmtest, started, accelerator, announced, Origin.UNKNOWN);
    }

    RunBegun {
        announced = List.copyOf(announced);
    }

    /** Name a test that was to be run. */
    record Announced(String name, String release, String installer, String directory, String reproduce) {

        /** Return the name under which reports and events know it. */
        String title() {
            return name + " [" + release + "]";
        }

        /** Return what is known of it when its run was ended: trouble of the host, and how it is run again. */
        TestResult result(
                double seconds, List<PhaseResult> phases, List<CheckRecord> checks, Evidence evidence, String where) {
            return new TestResult(
                    name,
                    release,
                    installer,
                    Verdict.INFRASTRUCTURE,
                    seconds,
                    phases,
                    checks,
                    evidence,
                    where,
                    reproduce);
        }

        static Announced of(TestCase test) {
            return new Announced(
                    test.name(), test.release(), test.installerName(), test.directoryName(), test.reproduce());
        }
    }
}
