package dev.vmtest.session;

/** End a thread's part of a run because the JVM is being ended from outside; nothing is left to say. */
public final class InterruptedRunException extends RuntimeException {

    public InterruptedRunException() {
        super("the run was interrupted");
    }
}
