package dev.vmtest.trial;

import dev.vmtest.machine.AgentSilentException;
import dev.vmtest.machine.Snapshot;
import dev.vmtest.machine.SnapshotRefusedException;
import java.io.Serial;

/** Say that a machine could not be resumed, before anything of its test had run. */
final class ResumeFailure extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Snapshot snapshot;

    ResumeFailure(Snapshot snapshot, Throwable cause) {
        super(cause.getMessage(), cause);
        this.snapshot = snapshot;
    }

    ResumeFailure(Snapshot snapshot, String reason) {
        super(reason);
        this.snapshot = snapshot;
    }

    /** Say whether QEMU refused what is in the snapshot; everything else may be the host's trouble of this moment. */
    boolean isRefused() {
        return getCause() instanceof SnapshotRefusedException;
    }

    /** Say whether the agent said nothing although the host had time for it. */
    boolean isSilent() {
        return getCause() instanceof AgentSilentException;
    }

    Snapshot snapshot() {
        return snapshot;
    }
}
