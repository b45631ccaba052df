package dev.vmtest.engine;

import java.util.List;

/**
 * Run scripts on other hosts. An engine knows nothing of tests: it starts what it is given and says what has ended. It is
 * called by one thread; an engine that is closed leaves no job behind, and so does one whose JVM is killed.
 */
public interface Engine extends AutoCloseable {

    /** Return what runs the units, for the first line of a run. */
    String describe();

    /**
     * Start attempts, as soon as there is room for each.
     *
     * @throws dev.vmtest.session.InfrastructureException if the scheduler takes none
     */
    void submit(List<Attempt> attempts);

    /** Return what has ended since the last call, each attempt once; waits for nothing. */
    List<Ending> ended();

    /** Hear whether an attempt that has ended left a result. */
    void judged(Attempt attempt, boolean hasResult);

    /** Return what is to be known of the attempts that wait, once each; such as why a scheduler does not start them. */
    List<String> news();

    @Override
    void close();
}
