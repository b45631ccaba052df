package dev.vmtest.machine;

import dev.vmtest.text.PlainTrouble;
import java.io.IOException;
import java.io.Serial;
import java.util.concurrent.ExecutionException;

/**
 * Report that this host could not run a machine: QEMU is missing or rejects its arguments, a file or
 * socket can't be made. It is trouble of the infrastructure, never a finding about the guest.
 */
public sealed class MachineException extends Exception permits SnapshotRefusedException, AgentSilentException {

    @Serial
    private static final long serialVersionUID = 1L;

    public MachineException(String message) {
        super(message);
    }

    public MachineException(String message, Throwable cause) {
        super(reason(cause).isEmpty() ? message : message + ": " + reason(cause), cause);
    }

    /** Return what the cause says to a person. */
    private static String reason(Throwable cause) {
        if (cause instanceof ExecutionException wrapped && wrapped.getCause() != null) {
            return reason(wrapped.getCause());
        }
        if (cause instanceof IOException refused) {
            return PlainTrouble.of(refused);
        }
        return cause.getMessage() == null ? "" : cause.getMessage();
    }
}
