package dev.vmtest.engine;

import dev.vmtest.report.ReportFiles;
import dev.vmtest.report.ResultFiles;
import dev.vmtest.report.RunReport;
import dev.vmtest.result.RunResults;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.Unit;
import dev.vmtest.result.UnitList;
import dev.vmtest.result.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Hold what one part of a run left in its directory.
 *
 * @param topdir the directory
 * @param results what it says of its tests
 * @param units which units it was to take, and where it ran
 */
record MergePart(Path topdir, RunResults results, UnitList units) {

    /**
     * Read a part, also one that was killed.
     *
     * @throws IOException if nothing of a run is there, or it does not say which units it took
     */
    static MergePart read(Path topdir) throws IOException {
        return new MergePart(
                topdir.toAbsolutePath().normalize(),
                RunReport.read(topdir),
                ResultFiles.readUnits(ReportFiles.units(topdir)));
    }

    /** Return the result of a unit, if the part has one. */
    Optional<TestResult> result(Unit unit) {
        return results.tests().stream()
                .filter(test -> id(test).equals(unit.id()))
                .findFirst();
    }

    /** Return the id of the unit that a result is of. */
    static String id(TestResult test) {
        return Unit.id(test.name(), test.release(), test.installer());
    }

    /** Say whether a result tells something of the installer; trouble of a host does not, and the unit may run again. */
    static boolean isReal(TestResult test) {
        return test.verdict() != Verdict.INFRASTRUCTURE;
    }
}
