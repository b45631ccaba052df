package dev.vmtest.machine;

import java.io.Serial;

/**
 * Report that this host could not run a machine: QEMU is missing or rejects its arguments, a file or
 * socket can't be made. It is trouble of the infrastructure, never a finding about the guest.
 */
public final class MachineException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    public MachineException(String message) {
        super(message);
    }

    public MachineException(String message, Throwable cause) {
        super(cause.getMessage() == null ? message : message + ": " + cause.getMessage(), cause);
    }
}
