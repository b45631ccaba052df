package dev.vmtest.launch;

import org.jspecify.annotations.Nullable;

/** Say why this host cannot boot the machine that was put together, and what mends it. */
public final class LaunchException extends Exception {

    private static final long serialVersionUID = 1;

    public LaunchException(String message) {
        this(message, null);
    }

    public LaunchException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
