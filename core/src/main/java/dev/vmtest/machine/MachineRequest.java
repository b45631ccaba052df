package dev.vmtest.machine;

import dev.vmtest.process.Command;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ask for one boot of a machine.
 *
 * @param spec the machine
 * @param boot how it starts
 * @param accelerator what executes it
 * @param diskDirectory where the images of the machine's disks are
 * @param firmwareCode the UEFI code (see {@link FirmwareFiles#find()}), or null on BIOS
 * @param serialLog where the serial console is written
 * @param qemuLog where QEMU's own output is written
 * @param limits when it has had its time
 * @param listener who reads the console live
 * @param fatal texts after which this boot leads nowhere, beside those after which none does
 * @param answers what is typed when the guest asks
 * @param attendance who sits before it, or null for nobody
 */
public record MachineRequest(
        MachineSpec spec,
        Boot boot,
        Accelerator accelerator,
        Path diskDirectory,
        @Nullable Path firmwareCode,
        Path serialLog,
        Path qemuLog,
        Limits limits,
        ConsoleListener listener,
        List<ConsolePattern> fatal,
        List<ConsoleAnswer> answers,
        @Nullable Attendance attendance) {

    public MachineRequest {
        fatal = List.copyOf(fatal);
        answers = List.copyOf(answers);
    }

    /** Ask for a boot of a guest that asks nothing. */
    public MachineRequest(
            MachineSpec spec,
            Boot boot,
            Accelerator accelerator,
            Path diskDirectory,
            @Nullable Path firmwareCode,
            Path serialLog,
            Path qemuLog,
            Limits limits,
            ConsoleListener listener) {
        this(
                spec,
                boot,
                accelerator,
                diskDirectory,
                firmwareCode,
                serialLog,
                qemuLog,
                limits,
                listener,
                List.of(),
                List.of(),
                null);
    }

    /**
     * Return QEMU's command line for this boot with other wiring.
     *
     * @throws MachineException when the machine can't be expressed
     */
    List<String> commandLine(Wiring wiring) throws MachineException {
        return QemuArguments.build(spec, boot, accelerator, diskDirectory, firmwareCode, wiring);
    }

    /**
     * Return one line that repeats this boot by hand when pasted into a shell, with the guest's console
     * on the terminal (Ctrl-A X ends it).
     *
     * @throws MachineException when the machine can't be expressed
     */
    public String reproduce() throws MachineException {
        return Command.of(commandLine(Wiring.terminal())).toShell();
    }
}
