package dev.vmtest.run;

import dev.vmtest.machine.Accelerator;
import dev.vmtest.machine.MachineException;
import dev.vmtest.machine.MachineRequest;
import dev.vmtest.machine.QemuArguments;
import dev.vmtest.machine.Wiring;
import dev.vmtest.process.Command;

/** Write the command that repeats a boot by hand, with the guest's console on the terminal. */
final class ReproduceScript {

    private ReproduceScript() {}

    static String of(Accelerator accelerator, MachineRequest request, Workspace workspace) throws MachineException {
        String command = Command.of(QemuArguments.build(
                        request.spec(),
                        request.boot().full(),
                        accelerator,
                        workspace.disks(),
                        request.firmwareCode(),
                        Wiring.terminal()))
                .toShell();
        return """
                #!/bin/sh
                # Repeats this boot with the guest's console on the terminal; Ctrl-a x ends it.
                # It writes to the disks of this directory. An install that was resumed from a snapshot
                # is booted in full here. A seed that came over HTTP is gone with its run: serve
                # install/ as the directory that seedfrom= names to have it again.
                exec %s
                """.formatted(command);
    }
}
