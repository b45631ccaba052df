package dev.vmtest.check;

/** Say that something the configuration asked for is not in the system at all. */
final class AbsentException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    AbsentException(String message) {
        super(message);
    }
}
