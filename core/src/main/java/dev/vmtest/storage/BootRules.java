package dev.vmtest.storage;

import dev.vmtest.config.Problems;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Refuse layouts from which a machine can't boot. */
public final class BootRules {

    private BootRules() {}

    /**
     * Check a layout that is to hold a whole system.
     *
     * @param config what {@link StorageReader} read, which is never empty
     * @param uefi whether the machine boots by UEFI, otherwise by BIOS
     */
    public static void check(StorageConfig config, boolean uefi, Problems problems) {
        List<Mount> mounts = config.all(Mount.class);
        if (!hasRoot(config)) {
            problems.add(
                    (mounts.isEmpty() ? config.actions() : mounts)
                            .get(0)
                            .origin()
                            .location(),
                    "nothing is mounted on /, so no system can be installed",
                    "add a mount with 'path: /'");
            return;
        }
        if (uefi) {
            checkUefi(config, problems);
        } else {
            checkBios(config, problems);
        }
    }

    private static boolean hasRoot(StorageConfig config) {
        return config.all(Mount.class).stream().anyMatch(mount -> "/".equals(mount.path()))
                || ZfsLayout.root(config).isPresent();
    }

    private static void checkUefi(StorageConfig config, Problems problems) {
        StorageGraph graph = new StorageGraph(config);
        for (Mount mount : config.all(Mount.class)) {
            if ("/boot/efi".equals(mount.path())) {
                checkSystemPartition(mount, graph, problems);
                return;
            }
        }
        StorageAction root = root(config);
        problems.add(
                root.origin().location(),
                "the machine boots by UEFI, but nothing is mounted on /boot/efi",
                "add an EFI system partition: flag boot, format fat32, mount on /boot/efi");
    }

    // The flag is not asked for: firmware finds a loader by its boot entry whatever the partition's type is.
    private static void checkSystemPartition(Mount mount, StorageGraph graph, Problems problems) {
        for (StorageAction below : graph.dependencies(mount.id())) {
            if (below instanceof Format format && !format.fileSystem().contains("fat")) {
                problems.add(
                        format.origin().location("fstype"),
                        ActionType.describe(format) + " is mounted on /boot/efi, but is " + format.fileSystem(),
                        "UEFI firmware reads FAT: write 'fstype: fat32'");
            }
        }
    }

    private static void checkBios(StorageConfig config, Problems problems) {
        for (Disk disk : bootDisks(config)) {
            boolean prepared = config.partitions(disk.id()).stream()
                    .anyMatch(partition -> partition.flag() == PartitionFlag.BIOS_GRUB
                            || partition.flag() == PartitionFlag.PREP
                            || isBiosBootType(partition.partitionType()));
            if (disk.partitionTable() == PartitionTable.GPT && !disk.preserve() && !prepared) {
                problems.add(
                        disk.origin().location("ptable"),
                        ActionType.describe(disk) + " has a gpt table and the machine boots by BIOS, but it has no"
                                + " bios_grub partition",
                        "add a partition of 1M with 'flag: bios_grub'");
            }
        }
    }

    private static boolean isBiosBootType(@Nullable String type) {
        return "21686148-6449-6e6f-744e-656564454649".equalsIgnoreCase(type);
    }

    /** Return the disks that get a boot loader: those with grub_device, else the first that carries the root. */
    private static List<Disk> bootDisks(StorageConfig config) {
        List<StorageAction> chosen = GrubDevices.of(config);
        if (!chosen.isEmpty()) {
            return chosen.stream()
                    .filter(Disk.class::isInstance)
                    .map(Disk.class::cast)
                    .toList();
        }
        return new StorageGraph(config)
                .disks(root(config).id()).stream().limit(1).toList();
    }

    private static StorageAction root(StorageConfig config) {
        for (String path : List.of("/boot", "/")) {
            for (Mount mount : config.all(Mount.class)) {
                if (path.equals(mount.path())) {
                    return mount;
                }
            }
        }
        return ZfsLayout.root(config)
                .map(ZfsLayout.Root::action)
                .orElseGet(() -> config.actions().get(0));
    }
}
