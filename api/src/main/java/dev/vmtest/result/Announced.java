package dev.vmtest.result;

import java.util.List;
import org.apiguardian.api.API;

/**
 * Name a test that a run is to take, on one release and with one installer.
 *
 * @param name what its author called it
 * @param release what it runs on
 * @param installer what is under test
 * @param directory where its files go, below the run's directory
 * @param reproduce the command that runs it again
 */
@API(status = API.Status.INTERNAL)
public record Announced(String name, String release, String installer, String directory, String reproduce) {

    /** Return the name under which reports and events know it. */
    public String title() {
        return name + " [" + release + "]";
    }

    /** Return what is known of it when its run was ended: trouble of the host, and how it is run again. */
    public TestResult interrupted(
            double seconds, List<PhaseResult> phases, List<CheckRecord> checks, Evidence evidence, String where) {
        return new TestResult(
                name, release, installer, Verdict.INFRASTRUCTURE, seconds, phases, checks, evidence, where, reproduce);
    }
}
