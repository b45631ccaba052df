package dev.vmtest.installconfig;

import dev.vmtest.config.Problems;
import dev.vmtest.config.Suggestion;
import dev.vmtest.storage.Disk;
import dev.vmtest.storage.StorageConfig;
import dev.vmtest.storage.StorageSizes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Hold a layout against what the {@code vmtest} key says about its disks. */
final class DiskOverrideRules {

    private DiskOverrideRules() {}

    static void check(@Nullable StorageConfig storage, List<DiskOverride> overrides, Problems problems) {
        if (storage == null) {
            return;
        }
        Map<String, Long> sizes = new HashMap<>();
        List<Disk> disks = storage.all(Disk.class);
        List<String> ids = disks.stream().map(Disk::id).toList();
        for (DiskOverride override : overrides) {
            String id = override.id();
            if (id != null && !ids.contains(id)) {
                problems.add(
                        override.location(),
                        "vmtest: no disk action has the id '" + id + "'",
                        Suggestion.didYouMean(id, ids));
            }
            Long size = override.size();
            if (size != null) {
                disks.stream().filter(override::describes).forEach(disk -> sizes.put(disk.id(), size));
            }
        }
        // References that form a circle are reported already, and nothing can be reckoned along them.
        if (problems.isEmpty()) {
            StorageSizes.check(storage, sizes, problems);
        }
    }
}
