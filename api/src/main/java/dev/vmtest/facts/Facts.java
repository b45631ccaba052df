package dev.vmtest.facts;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * Hold what an installed system said about itself, parsed once.
 *
 * <pre>{@code
 * Facts facts = Facts.read(workspace.collect());
 * BlockDevice disk = facts.diskBySerial("disk-a").orElseThrow();
 * FileSystem root = facts.fileSystem(facts.slot(disk, 2).orElseThrow().kernelName()).orElseThrow();
 * }</pre>
 *
 * <p>Immutable. An accessor whose source was not collected or cannot be read throws
 * {@link NotCollectedException} with the reason, so that no test passes for lack of a fact. Paths are
 * relative to the collect directory; nothing outside it is ever read.
 */
@API(status = API.Status.MAINTAINED, since = "0.1.0")
public final class Facts {

    private static final String LSBLK = "facts/lsblk.json";
    /** What udev would say of each block device, with a line DEVNAME= before each. */
    static final String PROBE = "facts/blkid-probe";

    private static final String LINKS = "facts/links";
    private static final String MOUNTS = "facts/mountinfo";
    private static final String FSTAB = "fstab";
    private static final String SWAPS = "proc-swaps";
    private static final String MEMORY = "facts/meminfo";
    private static final String FREE_SPACE = "facts/df";
    private static final String BOOT_MODE = "facts/boot-mode";
    private static final String COMMAND_LINE = "proc_cmdline";
    private static final String PACKAGES = "debian-packages.txt";
    private static final String ADDRESSES = "facts/ip-addr.json";
    private static final String ROUTES = "facts/ip-route.json";
    private static final String ROUTES_6 = "facts/ip-route-6.json";
    private static final String OS_RELEASE = "facts/os-release";
    private static final String TABLES = "facts/sfdisk";
    private static final String BOOT = "facts/boot";

    private final CollectDirectory directory;
    private final StackFacts stacks;
    private final NetworkFacts network;
    private final AptFacts apt;
    private final Fact<List<BlockDevice>> devices;
    private final Map<String, Fact<DiskLabel>> labels = new HashMap<>();
    private final Map<String, Fact<BootSector>> bootSectors = new HashMap<>();
    private final Fact<Map<String, FileSystem>> fileSystems;
    private final Fact<List<DeviceLink>> links;
    private final Fact<List<MountPoint>> mounts;
    private final Fact<List<FstabEntry>> fstab;
    private final Fact<List<Swap>> swaps;
    private final Fact<BootMode> bootMode;
    private final Fact<List<String>> commandLine;
    private final Fact<Map<String, DebianPackage>> packages;
    private final Fact<List<NetworkInterface>> interfaces;
    private final Fact<List<Route>> routes;
    private final Fact<List<Route>> routes6;
    private final Fact<Map<String, String>> osRelease;

    private Facts(CollectDirectory directory) {
        this.directory = directory;
        stacks = new StackFacts(directory);
        network = new NetworkFacts(directory);
        apt = new AptFacts(directory);
        devices = Fact.read(LSBLK, () -> DeviceReader.lsblk(LSBLK, directory.text(LSBLK)));
        fileSystems = Fact.read(PROBE, () -> DeviceReader.probe(PROBE, directory.text(PROBE)));
        links = Fact.read(LINKS, () -> DeviceReader.links(directory.text(LINKS)));
        mounts = Fact.read(MOUNTS, () -> TableReader.mountinfo(MOUNTS, directory.text(MOUNTS)));
        fstab = Fact.read(FSTAB, () -> TableReader.fstab(FSTAB, directory.text(FSTAB)));
        swaps = Fact.read(SWAPS, () -> TableReader.swaps(SWAPS, directory.text(SWAPS)));
        bootMode = Fact.read(BOOT_MODE, () -> bootMode(directory.text(BOOT_MODE).strip()));
        commandLine = Fact.read(COMMAND_LINE, () -> words(directory.text(COMMAND_LINE)));
        packages = Fact.read(PACKAGES, () -> TableReader.packages(PACKAGES, directory.text(PACKAGES)));
        interfaces = Fact.read(ADDRESSES, () -> NetworkReader.interfaces(ADDRESSES, directory.text(ADDRESSES)));
        routes = Fact.read(ROUTES, () -> NetworkReader.routes(ROUTES, directory.text(ROUTES)));
        routes6 = Fact.read(ROUTES_6, () -> NetworkReader.routes(ROUTES_6, directory.text(ROUTES_6)));
        osRelease = Fact.read(OS_RELEASE, () -> TableReader.variables(directory.text(OS_RELEASE)));
        for (String file : listed(TABLES, ".json")) {
            String path = TABLES + "/" + file + ".json";
            labels.put(file, Fact.read(path, () -> DeviceReader.sfdisk(path, file, directory.text(path))));
        }
        for (String disk : listed(BOOT, ".first")) {
            String first = BOOT + "/" + disk + ".first";
            String core = BOOT + "/" + disk + ".core";
            bootSectors.put(
                    disk,
                    Fact.read(
                            first,
                            () -> DeviceReader.bootSector(
                                    disk, directory.bytes(first), directory.has(core) ? directory.bytes(core) : null)));
        }
    }

    /**
     * Read a collect directory. Never fails: what cannot be read is an unknown fact.
     *
     * @param collectDirectory where the installed system's files were unpacked
     */
    public static Facts read(Path collectDirectory) {
        return new Facts(new CollectDirectory(collectDirectory));
    }

    /** Return the collect directory. */
    public Path directory() {
        return directory.root();
    }

    /** Return what apt and debconf were told. */
    public AptFacts apt() {
        return apt;
    }

    /** Return whether a file or directory was collected. */
    public boolean has(String path) {
        return directory.has(path);
    }

    /** Return a collected file as text; malformed UTF-8 is replaced. */
    public String text(String path) {
        return directory.text(path);
    }

    /** Return a collected file's bytes. */
    public byte[] bytes(String path) {
        return directory.bytes(path);
    }

    /** Return the lines of a collected file. */
    public List<String> lines(String path) {
        return directory.text(path).lines().toList();
    }

    /** Return the names of the files in a collected directory, sorted. */
    public List<String> files(String path) {
        if (!directory.has(path)) {
            throw new NotCollectedException(path + " was not collected");
        }
        return directory.files(path);
    }

    /** Return a collected file of {@code NAME=value} lines. */
    public Map<String, String> variables(String path) {
        return Map.copyOf(TableReader.variables(directory.text(path)));
    }

    /** Return every block device. */
    public List<BlockDevice> devices() {
        return devices.get();
    }

    /** Return the block device with a kernel name. */
    public Optional<BlockDevice> device(String kernelName) {
        return devices().stream()
                .filter(device -> device.kernelName().equals(kernelName))
                .findFirst();
    }

    /**
     * Return the disk with a serial number.
     *
     * <p>Virtio shows only the first 20 bytes of a serial (virtio specification, block device,
     * GET_ID), so a longer one is found by those; and udev turns blanks into underscores.
     */
    public Optional<BlockDevice> diskBySerial(String serial) {
        return disksBySerial(serial).stream().findFirst();
    }

    /** Return every disk with a serial number: several where one disk is reached by several paths. */
    public List<BlockDevice> disksBySerial(String serial) {
        return devices().stream()
                .filter(BlockDevice::isDisk)
                .filter(device -> sameSerial(serial, device))
                .toList();
    }

    /** Return every disk with a world wide name: several where one disk is reached by several paths. */
    public List<BlockDevice> disksByWwn(String wwn) {
        return devices().stream()
                .filter(BlockDevice::isDisk)
                .filter(device -> device.wwn() != null && sameWwn(wwn, device.wwn()))
                .toList();
    }

    /** Return the disk with a world wide name, with or without {@code 0x}. */
    public Optional<BlockDevice> diskByWwn(String wwn) {
        return disksByWwn(wwn).stream().findFirst();
    }

    /** Return the partition table of a disk, or nothing if it has none that sfdisk knows. */
    public Optional<DiskLabel> label(BlockDevice disk) {
        Fact<DiskLabel> label = labels.get(disk.kernelName());
        if (label == null && !directory.has(TABLES)) {
            throw new NotCollectedException(TABLES + " was not collected");
        }
        return Optional.ofNullable(label).map(Fact::get);
    }

    /** Return what a low-level probe found on a device. */
    public Optional<FileSystem> fileSystem(String kernelName) {
        return Optional.ofNullable(fileSystems.get().get(kernelName));
    }

    /** Return the file systems of all devices by kernel name. */
    public Map<String, FileSystem> fileSystems() {
        return new LinkedHashMap<>(fileSystems.get());
    }

    /** Return every link below {@code /dev}, but for those in {@code block}, {@code char} and {@code fd}. */
    public List<DeviceLink> links() {
        return links.get();
    }

    /** Return the link with a path. */
    public Optional<DeviceLink> link(String path) {
        return links().stream().filter(link -> link.path().equals(path)).findFirst();
    }

    /** Return what the kernel has mounted, in its order. */
    public List<MountPoint> mounts() {
        return mounts.get();
    }

    /** Return what is visible at a path: the last mount on it. */
    public Optional<MountPoint> mount(String path) {
        return mounts().stream().filter(mount -> mount.path().equals(path)).reduce((first, last) -> last);
    }

    /** Return the entries of {@code /etc/fstab}. */
    public List<FstabEntry> fstab() {
        return fstab.get();
    }

    /** Return the active swap areas. */
    public List<Swap> swaps() {
        return swaps.get();
    }

    /** Return the memory that the kernel manages, in bytes. */
    public long memory() {
        return TableReader.memory(MEMORY, directory.text(MEMORY));
    }

    /** Return the bytes that a mounted file system has free for anybody. */
    public long freeSpace(String mountPath) {
        return TableReader.freeSpace(FREE_SPACE, directory.text(FREE_SPACE), mountPath);
    }

    /** Return what started the kernel. */
    public BootMode bootMode() {
        return bootMode.get();
    }

    /** Return the kernel's arguments in order. */
    public List<String> commandLine() {
        return commandLine.get();
    }

    /** Return the packages that dpkg knows, by name. */
    public Map<String, DebianPackage> packages() {
        return new LinkedHashMap<>(packages.get());
    }

    /** Return what stands between disks and file systems: arrays, volume groups, encryption, caches. */
    public StackFacts stacks() {
        return stacks;
    }

    /** Return what the system said about its network. */
    public NetworkFacts network() {
        return network;
    }

    /** Return the network interfaces. */
    public List<NetworkInterface> interfaces() {
        return interfaces.get();
    }

    /** Return the IPv4 routes of the main table. */
    public List<Route> routes() {
        return routes.get();
    }

    /** Return the IPv6 routes of the main table. */
    public List<Route> routes6() {
        return routes6.get();
    }

    /** Return the variables of {@code /etc/os-release}. */
    public Map<String, String> osRelease() {
        return Map.copyOf(osRelease.get());
    }

    /** Return what the first sector of a disk starts. */
    public BootSector bootSector(BlockDevice disk) {
        Fact<BootSector> sector = bootSectors.get(disk.kernelName());
        if (sector == null) {
            throw new NotCollectedException(BOOT + "/" + disk.kernelName() + ".first was not collected");
        }
        return sector.get();
    }

    private List<String> listed(String path, String ending) {
        try {
            return directory.files(path).stream()
                    .filter(name -> name.endsWith(ending))
                    .map(name -> name.substring(0, name.length() - ending.length()))
                    .toList();
        } catch (NotCollectedException unreadable) {
            return List.of();
        }
    }

    private static BootMode bootMode(String word) {
        return switch (word) {
            case "bios" -> BootMode.BIOS;
            case "uefi" -> BootMode.UEFI;
            default -> throw new NotCollectedException(BOOT_MODE + " is neither bios nor uefi");
        };
    }

    private static List<String> words(String text) {
        return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
    }

    private static boolean sameSerial(String serial, BlockDevice device) {
        if (device.serial() == null) {
            return false;
        }
        String actual = device.serial().strip();
        String plain = serial.strip();
        boolean cut = "virtio".equals(device.transport()) && actual.length() == 20 && plain.startsWith(actual);
        return actual.equals(plain) || cut || actual.equals(plain.replace(' ', '_'));
    }

    private static boolean sameWwn(String wwn, String actual) {
        return Objects.equals(withoutPrefix(wwn), withoutPrefix(actual));
    }

    private static String withoutPrefix(String wwn) {
        return (wwn.startsWith("0x") ? wwn.substring(2) : wwn).toLowerCase(Locale.ROOT);
    }
}
