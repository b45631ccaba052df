package dev.vmtest.machine;

import java.nio.file.Path;
import java.util.List;

/**
 * Ask for one boot of a machine.
 *
 * @param spec the machine
 * @param boot how it starts
 * @param accelerator what executes it
 * @param files what it reads and writes on the host
 * @param limits when it has had its time
 * @param dialogue what is heard from the guest and said to it
 * @param segments what is at the other end of each NIC, in order; empty for what {@link NicSpec#bridge()} names
 */
public record MachineRequest(
        MachineSpec spec,
        Boot boot,
        Accelerator accelerator,
        MachineFiles files,
        Limits limits,
        Dialogue dialogue,
        List<Segment> segments) {

    public MachineRequest {
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
            MachineFiles files,
            Limits limits,
            Dialogue dialogue) {
        this(spec, boot, accelerator, files, limits, dialogue, List.of());
    }

    /**
     * Ask for another boot of the same machine.
     *
     * @param diskDirectory where the images of its disks are then
     */
    public MachineRequest with(Boot other, Path diskDirectory) {
        return new MachineRequest(
                spec, other, accelerator, files.withDisksIn(diskDirectory), limits, dialogue, segments);
    }

    /** Ask for the same boot with something else at the other end of each NIC. */
    public MachineRequest withSegments(List<Segment> others) {
        return new MachineRequest(spec, boot, accelerator, files, limits, dialogue, others);
    }
}
