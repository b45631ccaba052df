package dev.vmtest.report;

import dev.vmtest.run.RunResults.AcceleratorRecord;

/**
 * Record what is known of a run before its first test, so that a killed run can be reported.
 *
 * @param vmtest the version of vmtest
 * @param started when the run began, ISO 8601 in UTC
 * @param accelerator what runs the guests
 */
record RunBegun(String vmtest, String started, AcceleratorRecord accelerator) {}
