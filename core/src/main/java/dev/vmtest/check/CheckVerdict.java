package dev.vmtest.check;

/** Say how a check ended. */
public enum CheckVerdict {
    PASSED,
    FAILED,
    /** It could not be judged because of a fault that another check, which failed, is about. */
    SKIPPED,
    /** The installer does not promise what it is about. */
    NOT_JUDGED
}
