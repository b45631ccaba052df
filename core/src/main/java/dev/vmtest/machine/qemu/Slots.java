package dev.vmtest.machine.qemu;

import dev.vmtest.machine.DiskDriver;
import dev.vmtest.machine.DiskSpec;
import dev.vmtest.machine.MachineSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * Know the PCI Express slots into which a resumed machine's hardware is plugged. They are part of a
 * snapshot, so their number is the same for all machines.
 */
public final class Slots {

    /** How many devices can be plugged in; each costs the boot that is saved a little, and nothing later. */
    public static final int COUNT = 24;

    /** The ports are functions of the devices from this one on, out of the way of QEMU's own numbering. */
    private static final int FIRST_DEVICE = 0x10;

    private static final int FUNCTIONS = 8;

    private Slots() {}

    /** Return the name of a slot, counted from 0. */
    static String id(int index) {
        return "slot" + index;
    }

    /** Return how many slots a machine's disks and NICs fill; SCSI disks have a controller of their own. */
    public static int needed(MachineSpec spec) {
        return spec.nics().size()
                + spec.disks().stream()
                        .filter(disk -> disk.driver() != DiskDriver.SCSI_HD)
                        .mapToInt(DiskSpec::paths)
                        .sum();
    }

    /** Return the devices that make the slots. */
    static List<QemuOption> devices() {
        List<QemuOption> devices = new ArrayList<>();
        for (int index = 0; index < COUNT; index++) {
            devices.add(QemuOption.of("pcie-root-port")
                    .with("id", id(index))
                    .with("bus", "pcie.0")
                    .with("chassis", index + 1)
                    .with("addr", "0x%x.%d".formatted(FIRST_DEVICE + index / FUNCTIONS, index % FUNCTIONS))
                    .with("multifunction", true));
        }
        return devices;
    }
}
