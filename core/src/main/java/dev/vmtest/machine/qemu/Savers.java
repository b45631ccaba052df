package dev.vmtest.machine.qemu;

import dev.vmtest.machine.Boot;
import dev.vmtest.machine.MachineException;
import dev.vmtest.machine.MachineRequest;
import java.nio.file.Path;

/** Boot machines in order to save them. {@link QemuMachines} does it; tests of the store hand in their own. */
public interface Savers {

    /**
     * Boot a machine to its agent's word and write its state to a file.
     *
     * @param request a machine whose way is {@link Boot.Way.UntilReady}
     * @throws MachineException when the machine doesn't come that far within a bounded time, or the file
     *     can't be written; it may then be there in part
     */
    void save(MachineRequest request, Path state) throws MachineException;
}
