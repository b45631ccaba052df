package dev.vmtest.disk;

import org.jspecify.annotations.Nullable;

/** Say why an image file could not be made, and what to do about it. The host is at fault, not the test. */
public final class DiskException extends Exception {

    public DiskException(String problem, String remedy) {
        this(problem, remedy, null);
    }

    public DiskException(String problem, String remedy, @Nullable Throwable cause) {
        super(remedy.isEmpty() ? problem : problem + "; " + remedy, cause);
    }
}
