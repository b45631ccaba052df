package dev.vmtest.report;

import dev.vmtest.result.RunResults;
import java.nio.file.Path;

/**
 * Hold an earlier run that a report is compared with.
 *
 * @param topdir where what it kept lies
 * @param results how its tests ended
 */
record ReportedRun(Path topdir, RunResults results) {}
