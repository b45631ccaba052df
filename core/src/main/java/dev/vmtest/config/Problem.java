package dev.vmtest.config;

import dev.vmtest.text.Printable;

/**
 * Say what is wrong in a configuration, where, and what to do about it.
 *
 * @param location the place in the file
 * @param message what is wrong, without a final full stop
 * @param remedy what to do, without a final full stop; may be empty when the message already says it
 * @param isWarning whether it is only said and refuses nothing
 */
public record Problem(Location location, String message, String remedy, boolean isWarning) {

    /** What a configuration is refused for. */
    public Problem(Location location, String message, String remedy) {
        this(location, message, remedy, false);
    }

    /** Hold a problem; both texts may quote a file, and become one printable line of bounded length. */
    public Problem {
        message = Printable.line(Shortened.of(message));
        remedy = Printable.line(Shortened.of(remedy));
    }

    @Override
    public String toString() {
        return location + ": " + (isWarning ? "warning: " : "") + message + (remedy.isEmpty() ? "" : "; " + remedy);
    }
}
