package dev.vmtest.process;

import org.jspecify.annotations.Nullable;

/** Say that an external command could not do its work, and what to do about it. */
public final class ProcessException extends Exception {

    /** Name what went wrong. */
    public enum Reason {
        /** The program is not installed. */
        MISSING,
        /** The system refused to start it. */
        NOT_STARTED,
        /** It did not end in time, and was ended. */
        TIMED_OUT,
        /** The waiting thread was interrupted, and the command was ended. */
        INTERRUPTED,
        /** It wrote more than is kept, and was ended. */
        TOO_MUCH_OUTPUT,
        /** It ended with an exit status other than 0. */
        FAILED
    }

    private final Reason reason;
    private final String problem;
    private final String remedy;

    public ProcessException(Reason reason, String problem, String remedy) {
        this(reason, problem, remedy, null);
    }

    public ProcessException(Reason reason, String problem, String remedy, @Nullable Throwable cause) {
        super(remedy.isEmpty() ? problem : problem + "; " + remedy, cause);
        this.reason = reason;
        this.problem = problem;
        this.remedy = remedy;
    }

    /** Return what went wrong, as a kind. */
    public Reason reason() {
        return reason;
    }

    /** Return what went wrong, without the remedy. */
    public String problem() {
        return problem;
    }

    /** Return what to do about it; may be empty. */
    public String remedy() {
        return remedy;
    }
}
