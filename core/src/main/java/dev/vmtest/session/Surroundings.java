package dev.vmtest.session;

import dev.vmtest.disk.DiskImages.FreeSpace;
import java.util.Map;

/**
 * Hold what a session takes from the outside, so that a test can hand in its own.
 *
 * @param environment the environment variables
 * @param freeSpace tells how much can be written below a directory
 * @param log takes the debug log
 */
public record Surroundings(Map<String, String> environment, FreeSpace freeSpace, RunLog log) {

    public Surroundings {
        environment = Map.copyOf(environment);
    }

    /** Take this host as it is, with an environment. */
    public static Surroundings of(Map<String, String> environment) {
        return new Surroundings(environment, FreeSpace.OF_HOST, RunLog.NONE);
    }

    /** Return the same with another debug log. */
    public Surroundings withLog(RunLog other) {
        return new Surroundings(environment, freeSpace, other);
    }

    /** Return the same with other environment variables. */
    public Surroundings withEnvironment(Map<String, String> other) {
        return new Surroundings(other, freeSpace, log);
    }
}
