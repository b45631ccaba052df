package dev.vmtest.process;

import java.nio.file.Path;
import java.time.Duration;

/** Run external commands. The one real implementation is {@link SupervisedProcesses}; tests hand in their own. */
public interface Processes {

    /** For {@link #start}: where this JVM's own standard output goes, which is no file to be made. */
    Path OWN_OUTPUT = Path.of("/proc/self/fd/1");

    /**
     * Run a command to its end and capture what it writes.
     *
     * <p>An exit status other than 0 is not an error here: see {@link Completed#requireSuccess()}.
     *
     * @param timeout the longest time it may take; after that its whole process group is killed
     * @throws ProcessException if the program is missing, cannot start, takes too long, writes too much, or the calling
     *     thread is interrupted (its interrupt flag stays set)
     */
    Completed run(Command command, Duration timeout) throws ProcessException;

    /**
     * Start a command that goes on while this JVM lives, with standard output and error appended to a file.
     *
     * @param output the file, created if missing; its directory must exist
     * @throws ProcessException if the program is missing or cannot start
     */
    Running start(Command command, Path output) throws ProcessException;

    /**
     * Start a command on the user's terminal: it shares standard input, output and error with this JVM, and Ctrl-C
     * reaches it as well. {@link Command#input()} must be null.
     *
     * @throws ProcessException if the program is missing or cannot start
     */
    Running startInteractive(Command command) throws ProcessException;

    /**
     * Return what a person types to start what a command of this name starts: the name, or the program's file where it is
     * not what their own PATH leads to.
     */
    default String typed(String program) {
        return program;
    }
}
