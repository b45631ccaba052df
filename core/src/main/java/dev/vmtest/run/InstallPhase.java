package dev.vmtest.run;

import dev.vmtest.image.EphemeralBoot;
import dev.vmtest.machine.Boot;
import dev.vmtest.machine.Firmware;
import dev.vmtest.machine.Limits;
import dev.vmtest.machine.Machine;
import dev.vmtest.machine.MachineEnd;
import dev.vmtest.machine.QemuArguments;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Boot the install environment on the empty disks, let the installer work, and judge it by its witnesses. */
final class InstallPhase {

    private final RunContext context;
    private final TestCase test;
    private final Workspace workspace;
    private final MachineBoots boots;

    InstallPhase(RunContext context, TestCase test, Workspace workspace, MachineBoots boots) {
        this.context = context;
        this.test = test;
        this.workspace = workspace;
        this.boots = boots;
    }

    MachineEnd run(
            Preparation.Prepared prepared, ReportRecorder reports, Progress.PhaseTime time, Consumer<Machine> running)
            throws Exception {
        InstallWitnesses witnesses = new InstallWitnesses(prepared.payload().success());
        reports.onEvent(witnesses::reported);
        double started = context.clock().millis() / 1000.0;
        MachineBoots.Ended ended = boots.run(
                Phase.INSTALL,
                boot(prepared),
                Limits.install(test.installTimeout()),
                time,
                running,
                witnesses::console);
        InstallStages.of(started, reports).forEach(stage -> time.stage(stage.name(), stage.seconds()));
        Optional<Evidence> objection = witnesses.judge(ended.end(), ended.firstBad());
        if (objection.isPresent()) {
            throw new PhaseFailure(Verdict.INSTALL_FAILED, objection.get());
        }
        return ended.end();
    }

    private Boot boot(Preparation.Prepared prepared) {
        EphemeralBoot environment = EphemeralBoot.of(
                        EphemeralBoot.Root.disk(), prepared.seed(), QemuArguments.serialDevice())
                .withBootMac(test.machine().nics().get(0).mac())
                .withEnvironmentOnly(kernelArguments());
        return new Boot(
                new Boot.DirectKernel(
                        prepared.image().kernel(), prepared.image().initrd(), environment.commandLine()),
                List.of(new Boot.Drive(
                        prepared.image().squashfs(), EphemeralBoot.ROOT_SERIAL, Boot.Drive.Kind.READ_ONLY)),
                test.machine().firmware() == Firmware.UEFI ? workspace.firmwareVariables() : null);
    }

    /** Return what the author adds, in the class and in the configuration. */
    private List<String> kernelArguments() {
        List<String> arguments = new ArrayList<>(test.definition().kernelArguments());
        String configured = test.config().vmtest().kernelArguments();
        if (configured != null) {
            arguments.addAll(List.of(configured.strip().split("\\s+")));
        }
        return arguments;
    }
}
