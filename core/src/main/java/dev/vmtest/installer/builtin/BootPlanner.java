package dev.vmtest.installer.builtin;

import dev.vmtest.config.Location;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.Problems;
import dev.vmtest.installconfig.GrubConfig;
import dev.vmtest.installconfig.InstallConfig;
import dev.vmtest.installconfig.KernelConfig;
import dev.vmtest.storage.ActionType;
import dev.vmtest.storage.Disk;
import dev.vmtest.storage.DmCrypt;
import dev.vmtest.storage.Format;
import dev.vmtest.storage.GrubDevices;
import dev.vmtest.storage.IscsiPath;
import dev.vmtest.storage.Mount;
import dev.vmtest.storage.Partition;
import dev.vmtest.storage.PartitionFlag;
import dev.vmtest.storage.PartitionTable;
import dev.vmtest.storage.StorageAction;
import dev.vmtest.storage.StorageConfig;
import dev.vmtest.storage.StorageGraph;
import dev.vmtest.storage.ZfsLayout;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Plan how the target boots: kernel, initramfs, GRUB. */
final class BootPlanner {

    /** Roots that the image's generic initramfs finds and mounts by itself. */
    private static final Set<String> GENERIC_ROOTS = Set.of("ext2", "ext3", "ext4", "xfs", "btrfs");

    private static final String KERNEL = "kernel";
    private static final String GRUB = "boot loader";

    private final InstallConfig config;
    private final StorageConfig storage;
    private final StorageGraph graph;
    private final boolean uefi;
    private final Problems problems;
    private final List<PlannedStep> steps = new ArrayList<>();

    private BootPlanner(InstallConfig config, StorageConfig written, boolean uefi, Problems problems) {
        this.config = config;
        this.storage = ZfsLayout.expand(written);
        this.graph = new StorageGraph(this.storage);
        this.uefi = uefi;
        this.problems = problems;
    }

    static List<PlannedStep> plan(InstallConfig config, StorageConfig storage, boolean uefi, Problems problems) {
        BootPlanner planner = new BootPlanner(config, storage, uefi, problems);
        planner.planKernel();
        planner.planGrub();
        return planner.steps;
    }

    /** Say whether the image's smaller initramfs serves the root. */
    static boolean isRootOnPartition(InstallConfig config, StorageConfig storage) {
        BootPlanner planner = new BootPlanner(config, storage, false, new Problems());
        planner.planKernel();
        return planner.steps.stream()
                .anyMatch(planned -> planned.step() instanceof BootStep.MakeInitramfs made
                        && made.need() == BootStep.MakeInitramfs.Need.PARTITION);
    }

    private void planKernel() {
        KernelConfig kernel = config.kernel();
        if (kernel.removeExisting()) {
            problems.add(
                    kernel.location(),
                    "no package source of a run has another kernel that could stay",
                    "name in 'remove:' what goes, or use --installer curtin");
        }
        if (!kernel.remove().isEmpty()) {
            add(KERNEL, kernel.location(), new BootStep.RemoveKernels(kernel.remove()));
        }
        if (kernel.install()) {
            planPackage(kernel);
        }
        add(KERNEL, kernel.location(), new BootStep.CheckKernel());
        if (ZfsLayout.root(storage).isPresent()) {
            // The generic one of an image with ZFS imports the pool that the kernel's root= names.
            add(KERNEL, kernel.location(), new BootStep.MakeInitramfs(BootStep.MakeInitramfs.Need.STACK, List.of()));
            return;
        }
        Optional<Mount> root = mountedAt("/");
        if (root.isEmpty()) {
            // The rules of booting have told it, or the root is something that was refused.
            return;
        }
        // An initramfs mounts the root and, where it is another file system, /usr.
        List<Mount> mounts = new ArrayList<>(List.of(root.get()));
        mountedAt("/usr").ifPresent(mounts::add);
        List<String> mappings = mounts.stream()
                .flatMap(mount -> encrypted(mount).stream())
                .map(DmCrypt::mappingName)
                .distinct()
                .toList();
        add(KERNEL, kernel.location(), new BootStep.MakeInitramfs(initramfsNeed(mounts, mappings), mappings));
    }

    private void planPackage(KernelConfig kernel) {
        if (kernel.packageName() == null && !kernel.mapping().isEmpty()) {
            Location place = kernel.mapping().get(0).location();
            add(KERNEL, place, new BootStep.MapKernel(kernel.mapping(), kernel.fallbackPackage()));
            return;
        }
        String wanted = kernel.packageName() == null ? kernel.fallbackPackage() : kernel.packageName();
        if (wanted != null) {
            add(KERNEL, kernel.location(), new BootStep.InstallKernel(wanted));
        }
    }

    /**
     * Say whether the image's own initramfs finds a file system: it has the modules and the udev rules
     * that assemble arrays, activate volume groups and register bcache devices, but not the names of
     * encrypted volumes.
     */
    private boolean isGeneric(Mount root) {
        return hasGenericFormat(root) && encrypted(root).isEmpty();
    }

    private boolean hasGenericFormat(Mount mount) {
        return formatOf(mount)
                .filter(format -> GENERIC_ROOTS.contains(format.fileSystem()))
                .isPresent();
    }

    /** Return the encrypted mappings that a file system stands on, in the order of the file: lower ones first. */
    private List<DmCrypt> encrypted(Mount mount) {
        Set<StorageAction> foundations = Set.copyOf(graph.foundations(mount.id()));
        return storage.all(DmCrypt.class).stream().filter(foundations::contains).toList();
    }

    private BootStep.MakeInitramfs.Need initramfsNeed(List<Mount> mounts, List<String> mappings) {
        if (mounts.stream().allMatch(this::isOnPartition)) {
            return BootStep.MakeInitramfs.Need.PARTITION;
        }
        boolean severalPaths = mounts.stream().anyMatch(this::hasSeveralPaths);
        if (!mounts.stream().allMatch(this::hasGenericFormat) || (severalPaths && !mappings.isEmpty())) {
            return BootStep.MakeInitramfs.Need.OWN;
        }
        if (severalPaths) {
            return BootStep.MakeInitramfs.Need.PATHS;
        }
        return mappings.isEmpty() ? BootStep.MakeInitramfs.Need.STACK : BootStep.MakeInitramfs.Need.ENCRYPTED;
    }

    /** Say whether an initramfs must know the names of a disk's paths, which are those of this machine. */
    private boolean hasSeveralPaths(Mount mount) {
        return graph.disks(mount.id()).stream().anyMatch(disk -> disk.multipath() != null);
    }

    /** Say whether a file system lies on a partition or a whole disk of this machine, with one path to it. */
    private boolean isOnPartition(Mount mount) {
        Optional<Format> format = formatOf(mount);
        return format.isPresent()
                && GENERIC_ROOTS.contains(format.get().fileSystem())
                && graph.foundations(format.get().id()).stream()
                        .allMatch(action -> action.type() == ActionType.PARTITION
                                || storage.find(action.id(), Disk.class)
                                        .filter(disk -> disk.multipath() == null && !IscsiPath.isIscsi(disk.path()))
                                        .isPresent());
    }

    private void planGrub() {
        GrubConfig grub = config.grub();
        if (!grub.bootloaders().equals(List.of("grub"))) {
            problems.add(
                    grub.location(),
                    "the built-in installer installs only the boot loader grub, not "
                            + String.join(", ", grub.bootloaders())
                            + ": extlinux is a menu that only U-Boot reads, which no machine here has",
                    "remove 'bootloaders:'");
        }
        add(
                GRUB,
                grub.location(),
                new BootStep.WriteGrubSettings(grub.replaceLinuxDefault(), grub.terminal(), grub.probeAdditionalOs()));
        if (uefi) {
            planUefi(grub);
        } else {
            planBios(grub);
        }
        refuseUnreadableBoot();
        refuseBootOverNetwork();
        boolean plain = !grub.probeAdditionalOs()
                && mountedAt("/").filter(this::hasGenericFormat).isPresent()
                && mountedAt("/boot").map(this::isGeneric).orElse(true);
        add(GRUB, grub.location(), new BootStep.WriteGrubMenu(plain, grub.terminal()));
    }

    /** GRUB reads arrays and volume groups, but neither bcache nor what is encrypted. */
    private void refuseUnreadableBoot() {
        Optional<Mount> boot = mountedAt("/boot").or(() -> mountedAt("/"));
        boot.ifPresent(mount -> graph.foundations(mount.id()).stream()
                .filter(action -> action.type() == ActionType.BCACHE || action.type() == ActionType.DM_CRYPT)
                .findFirst()
                .ifPresent(action -> problems.add(
                        mount.origin().location(),
                        ActionType.describe(mount) + ": GRUB can't read the kernel from " + ActionType.describe(action),
                        "add a partition that is mounted at /boot")));
        if (mountedAt("/boot").isEmpty()) {
            ZfsLayout.root(storage)
                    .map(ZfsLayout.Root::pool)
                    .filter(pool -> !ZfsLayout.isReadByGrub(pool))
                    .ifPresent(pool -> problems.add(
                            pool.origin().location("pool_properties"),
                            ActionType.describe(pool) + ": GRUB can't read the kernel from a pool with all features",
                            "leave 'version' as it is (28), or write 'compatibility: grub2', or add a partition that is"
                                    + " mounted at /boot"));
        }
    }

    /** An initramfs would have to log in before there is a root, and firmware before there is a kernel. */
    private void refuseBootOverNetwork() {
        for (String path : List.of("/", "/boot", "/boot/efi", "/usr")) {
            mountedAt(path)
                    .ifPresent(mount -> graph.disks(mount.id()).stream()
                            .filter(disk -> IscsiPath.isIscsi(disk.path()))
                            .findFirst()
                            .ifPresent(disk -> problems.add(
                                    mount.origin().location(),
                                    ActionType.describe(mount) + ": the built-in installer doesn't boot from "
                                            + ActionType.describe(disk) + ", which comes over iSCSI",
                                    "put " + path + " on a disk of the machine")));
        }
    }

    private void planUefi(GrubConfig grub) {
        // The mounted EFI system partition is a choice of the storage section, which wins over 'install_devices'.
        add(
                GRUB,
                grub.location(),
                new BootStep.InstallGrubUefi(
                        grub.updateNvram(), grub.removeOldLoaders() && isAsked("remove_old_uefi_loaders")));
        spareSystemPartitions(mountedAt("/boot/efi"))
                .forEach(partition -> add(
                        ActionType.describe(partition),
                        partition.origin().location(),
                        new BootStep.CopySystemPartition(partition.id())));
        // What nobody asks for stays as grub-install leaves it, with the system's entry before all others.
        boolean isOrderAsked = isAsked("reorder_uefi") || isAsked("reorder_uefi_force_fallback");
        if (grub.updateNvram() && grub.reorderUefi() && isOrderAsked) {
            add(GRUB, grub.location(), new BootStep.OrderFirmwareEntries(grub.reorderUefiForceFallback()));
        }
        if (grub.updateNvram() && grub.removeDuplicateEntries() && isAsked("remove_duplicate_entries")) {
            add(GRUB, grub.location(), new BootStep.RemoveDuplicateEntries());
        }
    }

    private boolean isAsked(String key) {
        return config.raw("boot").or(() -> config.raw("grub")).stream()
                .filter(MapValue.class::isInstance)
                .flatMap(section -> ((MapValue) section).entries().keySet().stream())
                .anyMatch(name -> name.replace('-', '_').equals(key));
    }

    /** Return the EFI system partitions, beside the mounted one, of the disks that are to boot. */
    private List<Partition> spareSystemPartitions(Optional<Mount> efi) {
        Optional<String> mounted = efi.flatMap(this::formatOf).map(Format::volume);
        List<StorageAction> chosen = GrubDevices.of(storage);
        return storage.all(Partition.class).stream()
                .filter(partition -> partition.flag() == PartitionFlag.BOOT
                        && !mounted.equals(Optional.of(partition.id()))
                        && (chosen.contains(partition)
                                || graph.dependencies(partition.id()).stream().anyMatch(chosen::contains)))
                .filter(partition -> storage.all(Format.class).stream()
                        .anyMatch(format ->
                                format.volume().equals(partition.id()) && FileSystemTool.isFat(format.fileSystem())))
                .toList();
    }

    private void planBios(GrubConfig grub) {
        Set<StorageAction> devices = new LinkedHashSet<>(GrubDevices.of(storage));
        if (devices.isEmpty() && grub.installDevices() != null) {
            grub.installDevices().forEach(path -> add(GRUB, grub.location(), new BootStep.InstallGrubBios(null, path)));
            return;
        }
        if (devices.isEmpty()) {
            bootVolume().ifPresent(volume -> devices.addAll(graph.disks(volume.id())));
        }
        for (StorageAction device : devices) {
            refuseWithoutRoom(device);
            add(
                    ActionType.describe(device),
                    device.origin().location("grub_device"),
                    isPrep(device)
                            ? new BootStep.InstallGrubOpenFirmware(device.id())
                            : new BootStep.InstallGrubBios(device.id(), null));
        }
    }

    private boolean isPrep(StorageAction device) {
        return storage.find(device.id(), Partition.class)
                .filter(partition -> partition.flag() == PartitionFlag.PREP)
                .isPresent();
    }

    /**
     * GRUB's core image lies in the gap after the MBR of an msdos table, but needs a partition in a GPT. The rules of
     * booting tell it of a new table; of a kept one they leave open whether it has one that no action names.
     */
    private void refuseWithoutRoom(StorageAction device) {
        boolean gpt = storage.find(device.id(), Disk.class)
                .filter(disk -> disk.preserve() && disk.partitionTable() == PartitionTable.GPT)
                .isPresent();
        boolean room = storage.partitions(device.id()).stream()
                .anyMatch(partition -> partition.flag() == PartitionFlag.BIOS_GRUB);
        if (gpt && !room) {
            problems.add(
                    device.origin().location(),
                    ActionType.describe(device) + ": the machine boots by BIOS, and GRUB finds no room in this GPT",
                    "add a partition of 1M with 'flag: bios_grub'");
        }
    }

    private Optional<Mount> mountedAt(String path) {
        return storage.all(Mount.class).stream()
                .filter(mount -> path.equals(mount.path()))
                .findFirst();
    }

    /** Return what has the kernel: what is mounted at {@code /boot}, or else the root. */
    private Optional<StorageAction> bootVolume() {
        return mountedAt("/boot")
                .or(() -> mountedAt("/"))
                .map(StorageAction.class::cast)
                .or(() -> ZfsLayout.root(storage).map(ZfsLayout.Root::action));
    }

    private Optional<Format> formatOf(Mount mount) {
        return Optional.ofNullable(mount.device())
                .flatMap(storage::find)
                .filter(Format.class::isInstance)
                .map(Format.class::cast);
    }

    private void add(String subject, Location location, Step step) {
        steps.add(new PlannedStep(step, subject, location));
    }
}
