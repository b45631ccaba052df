package dev.vmtest.report;

import dev.vmtest.result.Announced;
import dev.vmtest.result.RunResults.AcceleratorRecord;
import dev.vmtest.result.RunResults.Origin;
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
}
