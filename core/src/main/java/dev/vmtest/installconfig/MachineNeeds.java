package dev.vmtest.installconfig;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Say which machine a configuration wants, inferred from its storage and network sections and
 * overridden by its {@code vmtest} key.
 *
 * @param disks in the order in which the machine should have them
 * @param iscsi the iSCSI disks that the run serves
 * @param nics in order; one with the Python harness's default address where the network section names none
 * @param uefi whether the layout needs UEFI
 * @param uefiReason why: {@code mount 'efi' on /boot/efi}, {@code vmtest.firmware}, or {@code default}
 * @param cpus the number asked for, or null
 * @param memory MiB asked for, or null
 */
public record MachineNeeds(
        List<DiskNeed> disks,
        List<IscsiNeed> iscsi,
        List<NicNeed> nics,
        boolean uefi,
        String uefiReason,
        @Nullable Integer cpus,
        @Nullable Integer memory) {

    /** The address of the only NIC of a machine whose configuration names none, as in the Python harness. */
    public static final String DEFAULT_MAC = "52:54:00:12:34:01";

    public MachineNeeds {
        disks = List.copyOf(disks);
        iscsi = List.copyOf(iscsi);
        nics = List.copyOf(nics);
    }

    /** Infer the needs of a configuration. */
    public static MachineNeeds of(InstallConfig config) {
        return new MachineInference(config).infer();
    }
}
