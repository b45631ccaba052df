package dev.vmtest.testcase;

import dev.vmtest.config.Problems;
import dev.vmtest.installconfig.MachineNeeds;
import dev.vmtest.machine.MachineSpec;
import dev.vmtest.storage.Disk;
import dev.vmtest.storage.StorageConfig;
import dev.vmtest.storage.StorageSizes;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Find what does not fit on the disks that the machine will have. */
final class DiskSizes {

    private DiskSizes() {}

    static void check(StorageConfig storage, MachineSpec machine, MachineNeeds needs, Problems problems) {
        Map<String, Long> sizes = new HashMap<>();
        needs.iscsi().forEach(need -> sizes.put(need.id(), need.size()));
        for (int index = 0; index < needs.disks().size(); index++) {
            sizes.put(needs.disks().get(index).id(), machine.disks().get(index).size());
        }
        Map<String, Long> known = new HashMap<>();
        machine.disks().forEach(spec -> {
            put(known, spec.wwn(), spec.size());
            put(known, spec.serial(), spec.size());
        });
        for (Disk disk : storage.all(Disk.class)) {
            put(sizes, disk.id(), known.get(disk.wwn()));
            put(sizes, disk.id(), known.get(disk.serial()));
        }
        StorageSizes.check(storage, sizes, problems);
    }

    private static void put(Map<String, Long> sizes, @Nullable String name, @Nullable Long size) {
        if (name != null && size != null) {
            sizes.put(name, size);
        }
    }
}
