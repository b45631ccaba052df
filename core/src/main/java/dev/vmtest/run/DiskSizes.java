package dev.vmtest.run;

import dev.vmtest.config.Problems;
import dev.vmtest.installconfig.MachineNeeds;
import dev.vmtest.machine.DiskSpec;
import dev.vmtest.machine.MachineSpec;
import dev.vmtest.storage.Disk;
import dev.vmtest.storage.StorageConfig;
import dev.vmtest.storage.StorageSizes;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Find what does not fit on the disks that the machine will have. */
final class DiskSizes {

    private DiskSizes() {}

    static void check(StorageConfig storage, MachineSpec machine, MachineNeeds needs, Problems problems) {
        Map<String, Long> sizes = new HashMap<>();
        needs.iscsi().forEach(need -> sizes.put(need.id(), need.size()));
        for (int index = 0; index < needs.disks().size(); index++) {
            sizes.put(needs.disks().get(index).id(), machine.disks().get(index).size());
        }
        for (Disk disk : storage.all(Disk.class)) {
            machine.disks().stream()
                    .filter(spec -> isSame(disk, spec))
                    .findFirst()
                    .ifPresent(spec -> sizes.put(disk.id(), spec.size()));
        }
        StorageSizes.check(storage, sizes, problems);
    }

    private static boolean isSame(Disk disk, DiskSpec spec) {
        return (disk.serial() != null && Objects.equals(disk.serial(), spec.serial()))
                || (disk.wwn() != null && Objects.equals(disk.wwn(), spec.wwn()));
    }
}
