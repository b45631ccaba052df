package dev.vmtest.result;

/**
 * Say what kind of failure ended a test and what it was recognised by.
 *
 * @param failureClass which kind
 * @param sign the line or sentence that says so, or empty where the verdict says it already
 */
public record Failure(FailureClass failureClass, String sign) {

    /** Nothing failed. */
    public static final Failure NONE = new Failure(FailureClass.NONE, "");

    /** Return whether something failed. */
    public boolean happened() {
        return failureClass != FailureClass.NONE;
    }
}
