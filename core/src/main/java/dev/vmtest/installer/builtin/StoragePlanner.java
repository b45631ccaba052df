package dev.vmtest.installer.builtin;

import dev.vmtest.config.Problems;
import dev.vmtest.storage.ActionType;
import dev.vmtest.storage.Bcache;
import dev.vmtest.storage.Dasd;
import dev.vmtest.storage.Device;
import dev.vmtest.storage.DeviceNodes;
import dev.vmtest.storage.Disk;
import dev.vmtest.storage.DmCrypt;
import dev.vmtest.storage.Format;
import dev.vmtest.storage.IscsiPath;
import dev.vmtest.storage.LogicalVolume;
import dev.vmtest.storage.Mount;
import dev.vmtest.storage.NvmeController;
import dev.vmtest.storage.Partition;
import dev.vmtest.storage.PartitionFlag;
import dev.vmtest.storage.PartitionTable;
import dev.vmtest.storage.Raid;
import dev.vmtest.storage.StorageAction;
import dev.vmtest.storage.StorageConfig;
import dev.vmtest.storage.StorageGraph;
import dev.vmtest.storage.VolumeGroup;
import dev.vmtest.storage.Wipe;
import dev.vmtest.storage.Zfs;
import dev.vmtest.storage.ZfsLayout;
import dev.vmtest.storage.Zpool;
import java.util.List;
import java.util.regex.Pattern;

/** Plan the partitioning stage from storage actions, in the order of the file, whose references point back. */
final class StoragePlanner implements StorageAction.Cases<Runnable> {

    private static final Pattern NOT_IN_NAMES = Pattern.compile("[^A-Za-z0-9_-]");

    /** The names that multipath gives maps (multipath.conf(5), user_friendly_names). */
    private static final Pattern MAP_NAME = Pattern.compile("mpath[a-z]+");

    /** What a plan shows of a disk whose address is known only once it is served. */
    private static final IscsiPath SERVED_BY_THE_RUN =
            new IscsiPath(null, null, null, null, "SERVER", 3260, 1, "TARGET");

    private final StorageConfig config;
    private final Problems problems;
    private final PlannedSteps steps;
    private final StackPlanner stacks;
    private final ZfsPlanner pools;

    private StoragePlanner(StorageConfig config, Problems problems) {
        this.config = config;
        this.problems = problems;
        this.steps = new PlannedSteps(problems);
        this.stacks = new StackPlanner(config, steps, problems);
        this.pools = new ZfsPlanner(config, steps);
    }

    /** Return the steps, and add what is not covered to the problems. */
    static List<PlannedStep> plan(StorageConfig written, Problems problems) {
        StorageConfig config = ZfsLayout.expand(written);
        StoragePlanner planner = new StoragePlanner(config, problems);
        for (StorageAction action : config.actions()) {
            action.match(planner).run();
        }
        // A mount below another one comes after it, wherever the two stand in the file.
        planner.steps.addAll(MountPlanner.plan(config, config.all(Mount.class), problems));
        return planner.steps.list();
    }

    /** Return the name that a udev rule and its file can carry: what is not a letter, digit, - or _ becomes -. */
    static String sanitizedName(String name) {
        return NOT_IN_NAMES.matcher(name).replaceAll("-");
    }

    @Override
    public Runnable disk(Disk disk) {
        return () -> planDisk(disk);
    }

    @Override
    public Runnable partition(Partition partition) {
        return () -> planPartition(partition);
    }

    @Override
    public Runnable format(Format format) {
        return () -> planFormat(format);
    }

    @Override
    public Runnable raid(Raid raid) {
        return () -> stacks.planRaid(raid);
    }

    @Override
    public Runnable volumeGroup(VolumeGroup group) {
        return () -> stacks.planVolumeGroup(group);
    }

    @Override
    public Runnable logicalVolume(LogicalVolume volume) {
        return () -> stacks.planLogicalVolume(volume);
    }

    @Override
    public Runnable dmCrypt(DmCrypt crypt) {
        return () -> stacks.planCrypt(crypt);
    }

    @Override
    public Runnable bcache(Bcache bcache) {
        return () -> stacks.planBcache(bcache);
    }

    /** Mounts are planned together, at the end. */
    @Override
    public Runnable mount(Mount mount) {
        return () -> {};
    }

    @Override
    public Runnable nvmeController(NvmeController controller) {
        return () -> refuse(controller);
    }

    @Override
    public Runnable zpool(Zpool pool) {
        return () -> pools.planPool(pool);
    }

    @Override
    public Runnable zfs(Zfs zfs) {
        return () -> pools.planFileSystem(zfs);
    }

    @Override
    public Runnable dasd(Dasd dasd) {
        return () -> refuse(dasd);
    }

    @Override
    public Runnable device(Device device) {
        return () -> refuse(device);
    }

    private void refuse(StorageAction action) {
        steps.refuse(action, "type", "an action of type " + action.type().text());
    }

    private void planDisk(Disk disk) {
        if (disk.nvmeController() != null) {
            steps.refuse(disk, "nvme_controller", "a disk behind an nvme_controller action");
        }
        planIdentity(disk);
        PartitionTable table = disk.partitionTable();
        if (disk.wipe() != null) {
            steps.add(disk, new StorageStep.WipeDevice(disk.id(), disk.wipe()));
        }
        if (table != null) {
            TablePlanner.plan(config, disk, table, disk.keepsTable(), steps);
        }
        if (disk.name() != null) {
            steps.add(disk, new StorageStep.NameDisk(disk.id(), sanitizedName(disk.name())));
        }
    }

    private void planIdentity(Disk disk) {
        String path = disk.path();
        if (disk.serial() != null) {
            planFind(disk, StorageStep.Identity.SERIAL, disk.serial());
        } else if (disk.wwn() != null) {
            planFind(disk, StorageStep.Identity.WWN, disk.wwn());
        } else if (IscsiPath.isIscsi(path)) {
            // A path that is none has been reported, and the run knows the address of a disk of its own.
            steps.add(
                    disk,
                    new PathStep.AttachIscsi(disk.id(), IscsiPath.parse(path).orElse(SERVED_BY_THE_RUN)));
        } else if (DeviceNodes.maker(config, disk).isPresent()) {
            String maker = DeviceNodes.maker(config, disk).orElseThrow().id();
            steps.add(disk, new StackStep.UseDevice(disk.id(), maker));
        } else if (path != null) {
            planFind(disk, StorageStep.Identity.PATH, path);
        } else {
            problems.add(
                    disk.origin().location(),
                    ActionType.describe(disk) + ": nothing says which disk it is",
                    "add 'serial:', 'wwn:' or 'path:'");
        }
    }

    private void planFind(Disk disk, StorageStep.Identity identity, String value) {
        String multipath = disk.multipath();
        if (multipath == null) {
            steps.add(disk, new StorageStep.FindDisk(disk.id(), identity, value));
            return;
        }
        // The value may also be a serial, which names no map.
        String name = MAP_NAME.matcher(multipath).matches() ? multipath : null;
        steps.add(disk, new PathStep.FindMap(disk.id(), identity, value, name));
    }

    private void planPartition(Partition partition) {
        TablePlanner.checkPreserve(config, partition, steps, problems);
        PartitionTable table = StorageGraph.partitionTable(config, partition.device());
        StorageAction parent = config.find(partition.device()).orElse(null);
        if (parent != null && parent.type() == ActionType.PARTITION) {
            steps.refuse(partition, "device", "a partition inside a partition");
        }
        if (table == null && parent != null && parent.type() == ActionType.DISK && !partition.preserve()) {
            problems.add(
                    partition.origin().location("device"),
                    ActionType.describe(partition) + ": disk '" + partition.device() + "' gets no partition table",
                    "add 'ptable: gpt' to the disk");
        }
        PartitionFlag flag = partition.flag();
        if (table == PartitionTable.MSDOS && flag != null && isGptOnly(flag)) {
            problems.add(
                    partition.origin().location("flag"),
                    ActionType.describe(partition) + ": flag '" + flag.text()
                            + "' has no meaning in an msdos partition table",
                    "use 'ptable: gpt' or another flag");
        }
        PartitionEntry entry = PartitionLayout.of(config, partition.device()).get(partition.id());
        if (entry == null) {
            return;
        }
        steps.add(partition, new StorageStep.FindPartition(partition.id(), partition.device(), entry.number()));
        if (partition.preserve()) {
            boolean typed = partition.flag() != null || partition.partitionType() != null;
            steps.add(
                    partition,
                    new PreserveStep.VerifyPartition(
                            partition.id(), partition.size(), partition.offset(), typed ? entry.type() : null));
        }
        // A new table has cleared the first MiB of its partitions, where superblocks lie.
        if (partition.wipe() != null
                && (partition.preserve() || partition.wipe() != Wipe.SUPERBLOCK)
                && partition.flag() != PartitionFlag.EXTENDED) {
            steps.add(partition, new StorageStep.WipeDevice(partition.id(), partition.wipe()));
        }
        if (partition.name() != null) {
            steps.add(partition, new StorageStep.NamePartition(partition.id(), sanitizedName(partition.name())));
        }
    }

    private static boolean isGptOnly(PartitionFlag flag) {
        return flag == PartitionFlag.BIOS_GRUB || flag == PartitionFlag.PREP || flag == PartitionFlag.MSFTRES;
    }

    private void planFormat(Format format) {
        if (format.preserve()) {
            steps.add(
                    format,
                    new PreserveStep.VerifyFileSystem(format.volume(), FileSystemTool.mountType(format.fileSystem())));
            return;
        }
        if (FileSystemTool.find(format.fileSystem()).isEmpty()) {
            steps.refuse(format, "fstype", "file system '" + format.fileSystem() + "'");
            return;
        }
        String uuid = format.uuid();
        if (uuid != null && !FileSystemTool.accepts(format.fileSystem(), uuid)) {
            problems.add(
                    format.origin().location("uuid"),
                    ActionType.describe(format) + ": " + format.fileSystem() + " can't carry the uuid '" + uuid + "'",
                    FileSystemTool.isFat(format.fileSystem())
                            ? "write a volume id such as 1A2B-3C4D"
                            : "write a uuid of the form that " + format.fileSystem() + " has");
        }
        steps.add(
                format,
                new StorageStep.MakeFileSystem(
                        format.volume(), format.fileSystem(), format.label(), uuid, format.extraOptions()));
    }
}
