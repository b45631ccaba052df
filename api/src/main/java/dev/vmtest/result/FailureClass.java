package dev.vmtest.result;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Say what kind of failure ended a test, so that a hundred of them can be sorted at a glance. */
public enum FailureClass {
    /** Nothing failed. */
    NONE("none"),
    /** What was installed is not what was asked for, or the installer said itself that it failed. */
    PRODUCT("product"),
    /** The installer ended in a traceback. */
    TRACEBACK("installer-traceback"),
    /** A package that was asked for is nowhere. */
    MISSING_PACKAGE("missing-package"),
    /** The kernel of a guest panicked. */
    KERNEL_PANIC("kernel-panic"),
    /** A guest had too little memory. */
    OUT_OF_MEMORY("out-of-memory"),
    /** A disk is full: a guest's, or with the verdict {@code infrastructure} the host's. */
    DISK_FULL("disk-full"),
    /** Something did not happen in its time. */
    TIMEOUT("timeout"),
    /** The host had so much else to do that nothing was learned about the guest. */
    STARVED("starved"),
    /** The host failed in another way. */
    INFRASTRUCTURE("infrastructure"),
    /** No rule knows it. */
    UNKNOWN("unknown");

    private final String text;

    FailureClass(String text) {
        this.text = text;
    }

    /** Return the word used in results and reports. */
    @JsonValue
    public String text() {
        return text;
    }

    /**
     * Return the class with a word.
     *
     * @throws IllegalArgumentException if no class has it
     */
    @JsonCreator
    public static FailureClass of(String text) {
        for (FailureClass failureClass : values()) {
            if (failureClass.text.equals(text)) {
                return failureClass;
            }
        }
        throw new IllegalArgumentException("no class of failures is called '" + text + "'");
    }
}
