package dev.vmtest.text;

/**
 * Refuse what somebody has asked for, on a command line, in a setting or in a test class.
 *
 * <p>Its message says in plain words what is wrong and what to do, and is all that is shown: other runtime exceptions
 * are defects of vmtest, and are shown with their trace.
 */
public final class MistakeException extends RuntimeException {

    public MistakeException(String message) {
        super(message);
    }

    public MistakeException(String message, Throwable cause) {
        super(message, cause);
    }
}
