package dev.vmtest.qmp;

import org.jspecify.annotations.Nullable;

/** Say that the conversation with QEMU failed or has ended. */
public class QmpException extends Exception {

    public QmpException(String message) {
        super(message);
    }

    public QmpException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
