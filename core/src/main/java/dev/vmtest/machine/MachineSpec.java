package dev.vmtest.machine;

import dev.vmtest.release.Architecture;
import java.util.ArrayList;
import java.util.List;

/**
 * Describe a virtual machine as data: what a user would call its hardware.
 *
 * <p>The same machine boots the install environment and later what was installed; what differs
 * between the two boots (kernel, seeds, output disk) is in {@link Boot}.
 *
 * @param architecture what its processor is
 * @param cpus number of virtual CPUs, at least 1
 * @param memory MiB
 * @param firmware what starts it
 * @param disks its disks, in order
 * @param nics its network interfaces, in order
 */
public record MachineSpec(
        Architecture architecture, int cpus, int memory, Firmware firmware, List<DiskSpec> disks, List<NicSpec> nics) {

    public MachineSpec {
        disks = List.copyOf(disks);
        nics = List.copyOf(nics);
    }

    /** Describe a machine of this host's architecture. */
    public MachineSpec(int cpus, int memory, Firmware firmware, List<DiskSpec> disks, List<NicSpec> nics) {
        this(Architecture.host(), cpus, memory, firmware, disks, nics);
    }

    /** Return the same with something that answers in the first user network that it is on, if it is on one. */
    public MachineSpec with(GuestForward forward) {
        List<NicSpec> others = new ArrayList<>(nics);
        for (int index = 0; index < others.size(); index++) {
            if (others.get(index).isUser()) {
                others.set(index, others.get(index).with(forward));
                break;
            }
        }
        return new MachineSpec(architecture, cpus, memory, firmware, disks, others);
    }

    /** Return the same with another number of virtual CPUs. */
    public MachineSpec withCpus(int other) {
        return new MachineSpec(architecture, other, memory, firmware, disks, nics);
    }
}
