package dev.vmtest.installer;

/** Say that the installer under test can't be used on this host: trouble of the host, not of a test. */
public final class InstallerException extends RuntimeException {

    public InstallerException(String message) {
        super(message);
    }

    public InstallerException(String message, Throwable cause) {
        super(message, cause);
    }
}
