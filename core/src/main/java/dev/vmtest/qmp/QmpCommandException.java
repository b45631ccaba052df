package dev.vmtest.qmp;

/** Carry QEMU's refusal of one command. The conversation goes on after it. */
public final class QmpCommandException extends QmpException {

    private final String command;
    private final String errorClass;
    private final String description;

    public QmpCommandException(String command, String errorClass, String description) {
        super("QEMU refused " + command + ": " + description + " (" + errorClass + ")");
        this.command = command;
        this.errorClass = errorClass;
        this.description = description;
    }

    /** Return the command that was refused. */
    public String command() {
        return command;
    }

    /** Return QEMU's class of the error, such as {@code GenericError} or {@code CommandNotFound}. */
    public String errorClass() {
        return errorClass;
    }

    /** Return QEMU's description, meant for people. */
    public String description() {
        return description;
    }
}
