package dev.vmtest.machine;

import java.io.Serial;

/**
 * Report that QEMU itself read a snapshot and refused what is in it. Nothing else that can go wrong on the way to a
 * resumed machine says anything about the snapshot.
 */
public final class SnapshotRefusedException extends MachineException {

    @Serial
    private static final long serialVersionUID = 1L;

    public SnapshotRefusedException(String message) {
        super(message);
    }
}
