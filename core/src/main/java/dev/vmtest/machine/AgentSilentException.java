package dev.vmtest.machine;

import java.io.Serial;

/** Report that the agent of a machine said nothing in time, although QEMU was alive and the host had time for it. */
public final class AgentSilentException extends MachineException {

    @Serial
    private static final long serialVersionUID = 1L;

    public AgentSilentException(String message) {
        super(message);
    }
}
