package dev.vmtest.machine;

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
 * @param segments what is at the other end of each NIC, in order; empty for what {@link NicSpec#bridge()} names
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
        @Nullable Attendance attendance,
        List<Segment> segments) {

    public MachineRequest {
        fatal = List.copyOf(fatal);
        answers = List.copyOf(answers);
        segments = List.copyOf(segments);
        if (!segments.isEmpty() && segments.size() != spec.nics().size()) {
            throw new IllegalArgumentException(
                    segments.size() + " segments for " + spec.nics().size() + " NICs");
        }
    }

    /** Ask for a boot whose NICs are connected to what their descriptions name. */
    public MachineRequest(
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
                fatal,
                answers,
                attendance,
                List.of());
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
     * Ask for another boot of the same machine.
     *
     * @param diskDirectory where the images of its disks are then
     */
    public MachineRequest with(Boot other, Path diskDirectory) {
        return new MachineRequest(
                spec,
                other,
                accelerator,
                diskDirectory,
                firmwareCode,
                serialLog,
                qemuLog,
                limits,
                listener,
                fatal,
                answers,
                attendance,
                segments);
    }

    /** Ask for the same boot with something else at the other end of each NIC. */
    public MachineRequest withSegments(List<Segment> others) {
        return new MachineRequest(
                spec,
                boot,
                accelerator,
                diskDirectory,
                firmwareCode,
                serialLog,
                qemuLog,
                limits,
                listener,
                fatal,
                answers,
                attendance,
                others);
    }
}
