package dev.vmtest.check;

/** Say how a check ended. */
public enum CheckVerdict {
    PASSED,
    FAILED
}
