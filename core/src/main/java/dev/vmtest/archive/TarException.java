package dev.vmtest.archive;

import org.jspecify.annotations.Nullable;

/** Say that an archive as a whole is no good. What was unpacked before stays, whole files only. */
public final class TarException extends Exception {

    /** Name what is wrong. */
    public enum Reason {
        /** Nothing but zeros: nobody wrote an archive. */
        EMPTY,
        /** The beginning is something else. */
        NOT_TAR,
        /** It ends too early: no end mark, or an entry cut off. */
        TRUNCATED,
        /** A later header makes no sense. */
        DAMAGED,
        /** It passes one of the {@link TarLimits}. */
        TOO_LARGE
    }

    private final Reason reason;
    private final transient ExtractReport report;

    TarException(Reason reason, String message, ExtractReport report, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.report = report;
    }

    /** Return what is wrong, as a kind. */
    public Reason reason() {
        return reason;
    }

    /** Return what was unpacked before. */
    public ExtractReport report() {
        return report;
    }
}
