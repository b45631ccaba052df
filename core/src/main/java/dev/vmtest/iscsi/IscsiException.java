package dev.vmtest.iscsi;

/** Say that iSCSI targets could not be served, and what to do about it. */
public final class IscsiException extends Exception {

    public IscsiException(String message) {
        super(message);
    }

    public IscsiException(String message, Throwable cause) {
        super(message, cause);
    }
}
