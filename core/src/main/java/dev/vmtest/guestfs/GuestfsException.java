package dev.vmtest.guestfs;

/** Say why libguestfs could not open an image, and what to do about it. */
public final class GuestfsException extends Exception {

    public GuestfsException(String message) {
        super(message);
    }

    public GuestfsException(String message, Throwable cause) {
        super(message, cause);
    }
}
