package dev.vmtest.testcase;

import dev.vmtest.machine.DiskDriver;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Say what a test wants of its machine beyond what its configuration implies.
 *
 * @param cpus number of virtual CPUs, 0 for the default
 * @param memory MiB, 0 for the default
 * @param uefi whether UEFI is asked for even if the layout does not imply it
 * @param extraDisks sizes in bytes of the disks after the first; empty infers them
 * @param nvmeDisks sizes in bytes of the NVMe disks; empty infers them
 * @param diskDriver the device of the first and the extra disks; null infers it
 * @param blockSize bytes for every disk, 0 for the default
 * @param paths by how many paths every disk is attached
 * @param networkPeer whether somebody is at the other end of its network at the first boot
 */
public record MachineSettings(
        int cpus,
        int memory,
        boolean uefi,
        List<Long> extraDisks,
        List<Long> nvmeDisks,
        @Nullable DiskDriver diskDriver,
        int blockSize,
        int paths,
        boolean networkPeer) {

    /** Ask for nothing beyond what the configuration implies. */
    public static final MachineSettings INFERRED =
            new MachineSettings(0, 0, false, List.of(), List.of(), null, 0, 1, false);

    public MachineSettings {
        extraDisks = List.copyOf(extraDisks);
        nvmeDisks = List.copyOf(nvmeDisks);
    }
}
