package dev.vmtest.installconfig;

import dev.vmtest.network.NetworkConfig;
import dev.vmtest.secret.Secret;
import dev.vmtest.storage.Disk;
import dev.vmtest.storage.Format;
import dev.vmtest.storage.IscsiPath;
import dev.vmtest.storage.Mount;
import dev.vmtest.storage.Partition;
import dev.vmtest.storage.PartitionFlag;
import dev.vmtest.storage.PartitionTable;
import dev.vmtest.storage.StorageConfig;
import dev.vmtest.storage.StorageGraph;
import dev.vmtest.storage.StorageSizes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Infer a machine from a configuration. */
final class MachineInference {

    /** What the Python harness gives a target disk, in bytes. */
    static final long DEFAULT_DISK = 10L << 30;

    private static final int DEFAULT_BLOCK = 512;
    /** A longer serial needs a SCSI disk (virtio-blk and NVMe have 20 bytes for it). */
    private static final int SHORT_SERIAL = 20;

    /** The Python harness's number of paths of a multipath disk. */
    private static final int MULTIPATH_PATHS = 2;

    private final InstallConfig config;
    private final VmtestSection section;

    MachineInference(InstallConfig config) {
        this.config = config;
        this.section = config.vmtest();
    }

    MachineNeeds infer() {
        String reason = uefiReason();
        boolean uefi = section.uefi() == null ? !reason.isEmpty() : section.uefi();
        return new MachineNeeds(
                disks(),
                iscsiDisks(),
                nics(),
                uefi,
                section.uefi() != null ? "vmtest.firmware" : uefi ? reason : "default",
                section.cpus(),
                section.memory());
    }

    private List<NicNeed> nics() {
        if (section.nics() != null) {
            return section.nics().stream()
                    .map(nic -> new NicNeed(nic.mac(), nic.bridge()))
                    .toList();
        }
        NetworkConfig network = config.network();
        List<String> macs = network == null ? List.of() : network.macAddresses();
        return (macs.isEmpty() ? List.of(MachineNeeds.DEFAULT_MAC) : macs)
                .stream().map(mac -> new NicNeed(mac, null)).toList();
    }

    private List<IscsiNeed> iscsiDisks() {
        StorageConfig storage = config.storage();
        if (storage == null) {
            return List.of();
        }
        StorageSizes sizes = new StorageSizes(storage);
        List<IscsiNeed> disks = new ArrayList<>();
        for (Disk disk : servedDisks()) {
            Optional<DiskOverride> override = section.disks().stream()
                    .filter(entry -> entry.describes(disk))
                    .findFirst();
            List<String> auth = credentials(override.map(DiskOverride::auth));
            List<String> answer = credentials(override.map(DiskOverride::targetAuth));
            disks.add(new IscsiNeed(
                    disk.id(),
                    override.map(DiskOverride::size).orElse(sizes.leastDiskSize(disk.id())),
                    auth.isEmpty() ? null : auth.get(0),
                    auth.isEmpty() ? null : new Secret(auth.get(1)),
                    answer.isEmpty() ? null : answer.get(0),
                    answer.isEmpty() ? null : new Secret(answer.get(1))));
        }
        return disks;
    }

    /** Also where the address is known by now. */
    private boolean isAboutIscsi(DiskOverride entry) {
        StorageConfig storage = config.storage();
        return storage != null
                && storage.all(Disk.class).stream()
                        .anyMatch(disk -> IscsiPath.isIscsi(disk.path()) && entry.describes(disk));
    }

    private List<Disk> servedDisks() {
        StorageConfig storage = config.storage();
        return storage == null
                ? List.of()
                : storage.all(Disk.class).stream()
                        .filter(disk -> IscsiPath.isServedByTheRun(disk.path()))
                        .toList();
    }

    private static List<String> credentials(Optional<Secret> text) {
        return text.map(pair -> List.of(pair.reveal().split(":", 2))).orElse(List.of());
    }

    private List<DiskNeed> disks() {
        List<DiskNeed> disks = new ArrayList<>();
        List<DiskOverride> further = new ArrayList<>(section.disks());
        further.removeIf(this::isAboutIscsi);
        StorageConfig storage = config.storage();
        if (storage == null) {
            disks.add(automatic(further));
        } else {
            StorageSizes sizes = new StorageSizes(storage);
            for (Disk disk : storage.all(Disk.class)) {
                if (disk.serial() != null
                        || disk.wwn() != null
                        || DiskLink.of(disk.path()).isPresent()) {
                    Optional<DiskOverride> override = take(further, disk);
                    boolean automatic = disk.id().equals(config.automaticDisk());
                    disks.add(need(disk, automatic ? DEFAULT_DISK : sizes.leastDiskSize(disk.id()), override));
                }
            }
        }
        int number = disks.size();
        for (DiskOverride entry : further) {
            disks.add(further(entry, ++number));
        }
        return disks;
    }

    private DiskNeed automatic(List<DiskOverride> further) {
        DiskOverride first = further.isEmpty() ? null : further.remove(0);
        if (first == null) {
            return new DiskNeed(
                    AutomaticLayout.DISK,
                    AutomaticLayout.SERIAL,
                    null,
                    null,
                    DEFAULT_DISK,
                    driver(AutomaticLayout.SERIAL),
                    block(),
                    1);
        }
        return further(first, 1);
    }

    private DiskNeed further(DiskOverride entry, int number) {
        String name = first(entry.name(), entry.id(), entry.serial(), "disk-" + number);
        String serial = entry.serial() == null && entry.wwn() == null ? name : entry.serial();
        return new DiskNeed(
                name,
                serial,
                entry.wwn(),
                null,
                entry.size() == null ? DEFAULT_DISK : entry.size(),
                entry.driver() == null ? driver(serial == null ? "" : serial) : entry.driver(),
                entry.blockSize() == null ? block() : entry.blockSize(),
                entry.paths() == null ? 1 : entry.paths());
    }

    private DiskNeed need(Disk disk, long least, Optional<DiskOverride> override) {
        String path = disk.path();
        // A link counts where nothing else says which disk it is.
        Optional<DiskLink> link = DiskLink.of(path);
        Optional<DiskLink> identity = disk.serial() == null && disk.wwn() == null ? link : Optional.empty();
        String serial = disk.serial() == null ? "" : disk.serial();
        String driver = override.map(DiskOverride::driver)
                .or(() -> link.map(DiskLink::driver))
                .orElseGet(() -> {
                    boolean scsi = disk.wwn() != null || disk.multipath() != null || serial.length() > SHORT_SERIAL;
                    return section.diskDriver() == null && scsi ? "scsi-hd" : driver(serial);
                });
        int paths = override.map(DiskOverride::paths).orElse(disk.multipath() == null ? 1 : MULTIPATH_PATHS);
        return new DiskNeed(
                disk.id(),
                identity.map(DiskLink::serial).orElse(disk.serial()),
                identity.map(DiskLink::wwn).orElse(disk.wwn()),
                path,
                override.map(DiskOverride::size).orElse(least),
                driver,
                override.map(DiskOverride::blockSize).orElse(block()),
                paths);
    }

    private static Optional<DiskOverride> take(List<DiskOverride> further, Disk disk) {
        Optional<DiskOverride> found =
                further.stream().filter(entry -> entry.describes(disk)).findFirst();
        found.ifPresent(further::remove);
        return found;
    }

    private String driver(String serial) {
        if (serial.startsWith("nvme") && serial.length() <= SHORT_SERIAL) {
            return "nvme";
        }
        return section.diskDriver() == null ? "virtio-blk" : section.diskDriver();
    }

    private int block() {
        return section.blockSize() == null ? DEFAULT_BLOCK : section.blockSize();
    }

    private static String first(@Nullable String... candidates) {
        for (String candidate : candidates) {
            if (candidate != null) {
                return candidate;
            }
        }
        throw new IllegalArgumentException("no candidate is there");
    }

    /** Return what in the layout needs UEFI, or an empty text. */
    private String uefiReason() {
        StorageConfig storage = config.storage();
        if (storage == null) {
            return "";
        }
        for (Mount mount : storage.all(Mount.class)) {
            if ("/boot/efi".equals(mount.path())) {
                return "mount '" + mount.id() + "' on /boot/efi";
            }
        }
        for (Format format : storage.all(Format.class)) {
            Partition partition = storage.find(format.volume(), Partition.class).orElse(null);
            if (partition != null
                    && partition.flag() == PartitionFlag.BOOT
                    && format.fileSystem().contains("fat")
                    && StorageGraph.partitionTable(storage, partition.device()) == PartitionTable.GPT) {
                return "EFI system partition '" + partition.id() + "'";
            }
        }
        return "";
    }
}
