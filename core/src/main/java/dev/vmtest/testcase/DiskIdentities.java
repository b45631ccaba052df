package dev.vmtest.testcase;

import dev.vmtest.config.Location;
import dev.vmtest.config.Problems;
import dev.vmtest.installconfig.DiskLink;
import dev.vmtest.installconfig.DiskNeed;
import dev.vmtest.installconfig.InstallConfig;
import dev.vmtest.installconfig.MachineNeeds;
import dev.vmtest.machine.DiskDriver;
import dev.vmtest.machine.DiskSpec;
import dev.vmtest.machine.MachineSpec;
import dev.vmtest.storage.ActionType;
import dev.vmtest.storage.DeviceNodes;
import dev.vmtest.storage.Disk;
import dev.vmtest.storage.IscsiPath;
import dev.vmtest.storage.StorageConfig;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Refuse what the disks of a machine can't show: serials, world wide names and paths by which disks are found. */
final class DiskIdentities {

    /** A world wide name as a SCSI disk of QEMU's shows it: 64 bits. */
    private static final String WWN = "0[xX][0-9a-fA-F]{16}";

    private final Map<String, Disk> actions = new HashMap<>();
    private final Location whole;
    private final Problems problems;

    private DiskIdentities(InstallConfig config, Problems problems) {
        StorageConfig storage = config.storage();
        if (storage != null) {
            storage.all(Disk.class).forEach(disk -> actions.put(disk.id(), disk));
        }
        this.whole = config.vmtest().location();
        this.problems = problems;
    }

    /** Hold what a configuration needs against the machine that was made of it. */
    static void check(InstallConfig config, MachineSpec machine, Problems problems) {
        DiskIdentities identities = new DiskIdentities(config, problems);
        List<DiskNeed> needs = MachineNeeds.of(config).disks();
        Map<DiskDriver, Integer> found = new EnumMap<>(DiskDriver.class);
        for (int index = 0; index < needs.size(); index++) {
            DiskSpec spec = machine.disks().get(index);
            int before = found.getOrDefault(spec.driver(), 0);
            found.put(spec.driver(), before + spec.paths());
            identities.check(needs.get(index), spec, before);
        }
        StorageConfig storage = config.storage();
        if (storage != null) {
            identities.refuseUnknownPaths(storage);
        }
    }

    private void check(DiskNeed need, DiskSpec spec, int before) {
        Disk action = actions.get(need.id());
        String serial = spec.serial();
        String driver = spec.driver().text();
        if (serial != null && serial.length() > spec.driver().longestSerial()) {
            boolean linked = action != null && isFoundByPath(action);
            problems.add(
                    place(action, linked ? "path" : "serial"),
                    subject(need, action) + ": the serial '" + serial + "' has " + serial.length()
                            + " characters, and a disk on " + driver + " shows "
                            + spec.driver().longestSerial(),
                    linked
                            ? "name it by 'serial:' instead"
                            : serial.length() <= DiskDriver.SCSI_HD.longestSerial()
                                    ? "write a shorter one, or 'driver: " + DiskDriver.SCSI_HD.text()
                                            + "' in 'vmtest: disks'"
                                    : "write one of at most " + DiskDriver.SCSI_HD.longestSerial() + " characters");
        }
        String wwn = spec.wwn();
        if (wwn != null && !wwn.matches(WWN)) {
            problems.add(
                    place(action, "wwn"),
                    subject(need, action) + ": no disk of a machine can show the wwn '" + wwn + "'",
                    "write 0x and 16 hexadecimal digits, or name the disk by its serial alone");
        } else if (wwn != null && serial != null && spec.driver() != DiskDriver.SCSI_HD) {
            problems.add(
                    place(action, "wwn"),
                    subject(need, action) + ": a disk on " + driver + " shows no wwn",
                    "write 'driver: " + DiskDriver.SCSI_HD.text() + "' in 'vmtest: disks', or remove the wwn");
        }
        if (action != null && isFoundByPath(action)) {
            checkPath(action, spec, before);
        }
    }

    private void checkPath(Disk action, DiskSpec spec, int before) {
        DiskLink link = DiskLink.of(action.path()).orElse(null);
        if (link == null) {
            return;
        }
        String driver = spec.driver().text();
        if (!link.driver().equals(driver)) {
            problems.add(
                    place(action, "path"),
                    ActionType.describe(action) + ": '" + action.path() + "' is a disk on " + link.driver()
                            + ", and this one is on " + driver,
                    "name it by 'serial:' instead, or write 'driver: " + link.driver() + "' in 'vmtest: disks'");
            return;
        }
        String name = DiskLink.kernelName(driver, before);
        if (link.kernelName() != null && !link.kernelName().equals(name)) {
            problems.add(
                    place(action, "path"),
                    ActionType.describe(action) + ": the machine has no /dev/" + link.kernelName()
                            + " in this place; its disks are named in the order of the file",
                    "write '/dev/" + name + "', or name it by 'serial:' instead");
        }
    }

    private void refuseUnknownPaths(StorageConfig storage) {
        for (Disk disk : storage.all(Disk.class)) {
            String path = disk.path();
            boolean unknown = path != null
                    && isFoundByPath(disk)
                    && !IscsiPath.isIscsi(path)
                    && DeviceNodes.maker(storage, disk).isEmpty()
                    && DiskLink.of(path).isEmpty();
            if (unknown) {
                problems.add(
                        place(disk, "path"),
                        ActionType.describe(disk) + ": no disk of a machine gets the path '" + path + "'",
                        DiskLink.remedy(Objects.requireNonNull(path)));
            }
        }
    }

    private static boolean isFoundByPath(Disk disk) {
        return disk.serial() == null && disk.wwn() == null;
    }

    private Location place(@Nullable Disk action, String key) {
        return action == null ? whole : action.origin().location(key);
    }

    private static String subject(DiskNeed need, @Nullable Disk action) {
        return action == null ? "vmtest: disk '" + need.id() + "'" : ActionType.describe(action);
    }
}
