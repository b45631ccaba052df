package dev.vmtest.engine;

import dev.vmtest.report.ReportFiles;
import dev.vmtest.result.Unit;
import java.nio.file.Path;

/**
 * Name the files by which a run and its units on other hosts know of each other, below the directory of the run; nothing
 * else joins these paths. Every host must see that directory under the same name.
 *
 * @param topdir the directory of the run
 */
record EngineFiles(Path topdir) {

    private Path engine() {
        return ReportFiles.engine(topdir);
    }

    /** Return the file that changes as long as the run lives. */
    Path lease() {
        return engine().resolve("lease");
    }

    /** Return the list of the jobs that a scheduler was given, for whoever has to cancel them. */
    Path jobs() {
        return engine().resolve("jobs");
    }

    /** Return the script that cancels them. */
    Path guardLog() {
        return engine().resolve("guard.log");
    }

    /** Return the directory of an array of jobs. */
    Path array(int number) {
        return engine().resolve("array-" + number);
    }

    /** Return the directory of one attempt at a unit. */
    Path attempt(Unit unit, int number) {
        return ReportFiles.attempts(topdir, unit.id()).resolve(Integer.toString(number));
    }

    /** Return a unit's id as one word that means itself to every shell. */
    static String name(Unit unit) {
        return ReportFiles.engineWord(unit.id());
    }
}
