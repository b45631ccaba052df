package dev.vmtest.machine;

import java.util.List;

/** Start machines. {@code QemuMachines} does it; tests of what stands above hand in their own. */
public interface Machines {

    /**
     * Start a machine and return at once.
     *
     * @throws MachineException when this host can't run it
     */
    Machine start(MachineRequest request) throws MachineException;

    /**
     * Return the command that boots the same machine by hand, with the guest's console on the terminal; nothing is
     * started.
     *
     * @throws MachineException when the machine can't be expressed
     */
    List<String> commandLine(MachineRequest request) throws MachineException;
}
