package dev.vmtest.process;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Watch and end a command that was started. */
public interface Running extends AutoCloseable {

    /** The time that a command gets between TERM and KILL when nobody says otherwise. */
    Duration GRACE = Duration.ofSeconds(5);

    /** Return the command. */
    Command command();

    /** Return the process id of the command itself; it is also the id of its process group. */
    long pid();

    /** Say whether the command still runs. */
    boolean isAlive();

    /**
     * Return the exit status when the command ends: 128 plus the signal's number if a signal ended it. What it left
     * behind in its process group is killed by then or shortly after. Each call returns a future of its own.
     */
    CompletableFuture<Integer> exit();

    /** Send TERM to the whole process group, and KILL if the command has not ended after the grace. Does not wait. */
    void terminate(Duration grace);

    /** Do {@link #terminate(Duration)} with {@link #GRACE}. */
    default void terminate() {
        terminate(GRACE);
    }

    /** Send KILL to the whole process group. Does not wait. */
    void kill();

    /** Terminate the command if it still runs, and wait until it is gone. */
    @Override
    void close();
}
