package dev.vmtest.session;

/** Say what of this host keeps a run from starting, and what to do about it. */
public final class InfrastructureException extends RuntimeException {

    public InfrastructureException(String message) {
        super(message);
    }

    public InfrastructureException(String message, Throwable cause) {
        super(message, cause);
    }
}
