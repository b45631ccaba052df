package dev.vmtest.machine;

/** Start machines. {@link QemuMachines} does it; tests of what stands above hand in their own. */
public interface Machines {

    /**
     * Start a machine and return at once.
     *
     * @throws MachineException when this host can't run it
     */
    Machine start(MachineRequest request) throws MachineException;
}
