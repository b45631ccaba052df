package dev.vmtest.engine;

import dev.vmtest.report.ReportFiles;
import dev.vmtest.result.Unit;
import java.nio.file.Path;

/**
 * Hold one attempt at running a unit on some host.
 *
 * @param unit what is to run
 * @param number 1, or 2 after its host was lost
 * @param directory where everything of the attempt lies; as one word it means itself to every shell
 */
public record Attempt(Unit unit, int number, Path directory) {

    /** Return the script that runs the unit: what an engine starts on the other host, without arguments. */
    public Path script() {
        return directory.resolve("run.sh");
    }

    /** Return the topdir of the unit's own run. */
    Path topdir() {
        return ReportFiles.runOfAttempt(directory);
    }

    /** Return where what the script and whatever started it say goes. */
    public Path output() {
        return directory.resolve("output.log");
    }

    /** Return what the unit looks at to know whether it is still wanted. */
    Path lease() {
        return directory.resolve("lease");
    }

    /** Return the unit as one word. */
    public String name() {
        return EngineFiles.name(unit);
    }
}
