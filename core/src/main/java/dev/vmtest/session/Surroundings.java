package dev.vmtest.session;

import dev.vmtest.disk.DiskImages.FreeSpace;
import dev.vmtest.process.ShellWords;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Hold what a session takes from the outside, so that a test can hand in its own.
 *
 * @param environment the environment variables
 * @param freeSpace tells how much can be written below a directory
 * @param log takes the debug log
 * @param command the words of the command line; none if it is none of ours
 */
public record Surroundings(Map<String, String> environment, FreeSpace freeSpace, RunLog log, List<String> command) {

    /** Take a host on which no command of ours was called. */
    public Surroundings(Map<String, String> environment, FreeSpace freeSpace, RunLog log) {
        this(environment, freeSpace, log, List.of());
    }

    public Surroundings {
        environment = Map.copyOf(environment);
        command = List.copyOf(command);
    }

    /** Take this host as it is, with an environment. */
    public static Surroundings of(Map<String, String> environment) {
        return new Surroundings(environment, FreeSpace.OF_HOST, RunLog.NONE);
    }

    /** Return the same with another debug log. */
    public Surroundings withLog(RunLog other) {
        return new Surroundings(environment, freeSpace, other, command);
    }

    /** Return the same with other environment variables. */
    public Surroundings withEnvironment(Map<String, String> other) {
        return new Surroundings(other, freeSpace, log, command);
    }

    /** Return the same, called by a command line. */
    public Surroundings withCommand(List<String> words) {
        return new Surroundings(environment, freeSpace, log, words);
    }

    /** Return the command line, ready to be pasted into a shell; empty if there is none. */
    public String commandLine() {
        return command.stream().map(ShellWords::quote).collect(Collectors.joining(" "));
    }
}
