package dev.vmtest.process;

import java.time.Duration;
import java.util.List;

/**
 * Hold what a command that has ended said.
 *
 * @param command the command
 * @param exitStatus its exit status; 128 plus the signal's number if a signal ended it
 * @param stdout its standard output, as UTF-8
 * @param stderr its standard error, as UTF-8
 * @param duration the time from start to end
 */
public record Completed(Command command, int exitStatus, String stdout, String stderr, Duration duration) {

    private static final int QUOTED_LINES = 12;

    /** Say whether the exit status is 0. */
    public boolean succeeded() {
        return exitStatus == 0;
    }

    /**
     * Return this result if the exit status is 0.
     *
     * @throws ProcessException with the status and the last lines that the command wrote, otherwise
     */
    public Completed requireSuccess() throws ProcessException {
        if (succeeded()) {
            return this;
        }
        String said = stderr.isBlank() ? stdout : stderr;
        List<String> lines = said.strip().lines().toList();
        String tail = String.join("\n  ", lines.subList(Math.max(0, lines.size() - QUOTED_LINES), lines.size()));
        throw new ProcessException(
                ProcessException.Reason.FAILED,
                command.program() + " ended with exit status " + exitStatus + (tail.isEmpty() ? "" : ":\n  " + tail),
                "run it by hand to see more: " + command.toShell());
    }
}
