package dev.vmtest.installconfig;

import dev.vmtest.apt.AptConfig;
import dev.vmtest.config.ConfigMerge;
import dev.vmtest.config.Location;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.Placed;
import dev.vmtest.config.Problems;
import dev.vmtest.config.Value;
import dev.vmtest.network.NetworkConfig;
import dev.vmtest.release.SourceKind;
import dev.vmtest.storage.BootRules;
import dev.vmtest.storage.Disk;
import dev.vmtest.storage.StorageConfig;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Hold a whole install configuration: every key that we know, typed, and the mapping it came from.
 *
 * <p>Keys that no component covers ({@code pollinate}, {@code multipath}, …) are reached through {@link #raw}, with their
 * places.
 *
 * @param root the merged configuration, the {@code vmtest} key included
 * @param storage null asks for the automatic layout
 * @param blockMeta how the automatic layout divides its disk
 * @param network null leaves the network to the installer
 * @param commands what is said about each stage that runs, in their order
 * @param swap null leaves the swap file to the installer
 * @param apt null leaves packages' sources as the image has them
 */
public record InstallConfig(
        MapValue root,
        @Nullable StorageConfig storage,
        BlockMeta blockMeta,
        @Nullable NetworkConfig network,
        Map<InstallStage, StageCommands> commands,
        List<WriteFile> writeFiles,
        List<WriteFile> cloudConfigFiles,
        @Nullable SwapConfig swap,
        GrubConfig grub,
        KernelConfig kernel,
        InstallSection install,
        List<ReportingEndpoint> reporting,
        @Nullable PowerState powerState,
        ProxyConfig proxy,
        @Nullable AptConfig apt,
        List<InstallSource> sources,
        VmtestSection vmtest) {

    /** The keys at the top under which scripts and the contents of files stand. */
    public static final Set<String> TEXTS = Stream.concat(
                    Stream.of("write_files", "cloudconfig", "apt", "debconf_selections", VmtestSection.KEY),
                    Arrays.stream(Stage.values()).map(Stage::key))
            .collect(Collectors.toUnmodifiableSet());

    /** The option with which {@code block-meta simple} disregards a storage section. */
    private static final String FORCE = "--force-mode";

    /** Read configuration layers; the later wins. */
    public static InstallConfig read(List<MapValue> layers, Problems problems) {
        return read(ConfigMerge.merge(layers), problems);
    }

    /** Read a configuration that is merged already. */
    public static InstallConfig read(MapValue root, Problems problems) {
        return new InstallConfigReader(root, problems).read();
    }

    /** Return where the configuration begins: what messages name that concern all of it. */
    public Location location() {
        return new Location(root.location().file(), 1, 1);
    }

    /** Return what is said about the commands of a stage. */
    public StageCommands commands(InstallStage stage) {
        return commands.getOrDefault(stage, StageCommands.NONE);
    }

    /** Return the stages that run, in their order. */
    public List<InstallStage> stages() {
        return List.copyOf(commands.keySet());
    }

    /** Return the value of a top-level key. */
    public Optional<Value> raw(String key) {
        return Optional.ofNullable(root.get(key));
    }

    /** Return the configuration as an installer must see it: without the {@code vmtest} key. */
    public MapValue forInstaller() {
        Map<String, MapValue.Entry> entries = new LinkedHashMap<>(root.entries());
        entries.remove(VmtestSection.KEY);
        return new MapValue(root.location(), entries);
    }

    /**
     * Return the storage section, or the automatic layout where there is none.
     *
     * <p>A source that is a whole disk brings partitions of its own; then this is the disk alone that takes it.
     *
     * <p>A command that forces the automatic layout upon a storage section takes its first disk with
     * {@code grub_device}, or its first disk, and clears the others.
     */
    public StorageConfig effectiveStorage(boolean uefi) {
        if (storage != null && !forcesAutomaticLayout() && !installsDisk()) {
            return storage;
        }
        if (installsDisk()) {
            return diskAlone();
        }
        DiskNeed need = automaticNeed();
        String serial = serial(need);
        List<Disk> cleared = storage == null
                ? List.of()
                : storage.all(Disk.class).stream()
                        .filter(disk -> !disk.id().equals(automaticDisk()))
                        .toList();
        Location place = storage == null
                ? location()
                : storage.find(automaticDisk(), Disk.class)
                        .map(disk -> disk.origin().location())
                        .orElse(location());
        return new AutomaticLayout(place, blockMeta, uefi).of(serial, need.size(), cleared);
    }

    /** Add what keeps the storage from booting; a whole disk has a boot loader of its own. */
    public void checkBoot(boolean uefi, Problems problems) {
        if (!installsDisk()) {
            BootRules.check(effectiveStorage(uefi), uefi, problems);
            blockMeta.checkFirmware(uefi, problems);
        }
    }

    /** Return the disk that takes a whole disk, and nothing on it. */
    public StorageConfig diskAlone() {
        return AutomaticLayout.bare(location(), serial(automaticNeed()));
    }

    private static String serial(DiskNeed need) {
        return need.serial() == null ? AutomaticLayout.SERIAL : need.serial();
    }

    private DiskNeed automaticNeed() {
        return MachineNeeds.of(this).disks().stream()
                .filter(disk -> disk.id().equals(automaticDisk()))
                .findFirst()
                .orElseGet(() -> MachineNeeds.of(this).disks().get(0));
    }

    /** Return whether what is installed is a whole disk, with partitions of its own. */
    public boolean installsDisk() {
        Placed<SourceKind> made = vmtest.source();
        return (made != null && made.value().isDisk()) || sources.stream().anyMatch(InstallSource::isDisk);
    }

    /** Return whether a command asks for the automatic layout although there is a storage section. */
    boolean forcesAutomaticLayout() {
        return commands(Stage.PARTITIONING).commands().stream()
                .map(StageCommand::argv)
                .anyMatch(argv -> argv.contains("block-meta") && argv.contains("simple") && argv.contains(FORCE));
    }

    /** Return the id of the disk action whose disk gets the automatic layout, or nothing that is an id. */
    String automaticDisk() {
        List<Disk> disks = storage == null || !forcesAutomaticLayout() ? List.of() : storage.all(Disk.class);
        return disks.stream()
                .filter(Disk::grubDevice)
                .findFirst()
                .or(() -> disks.stream().findFirst())
                .map(Disk::id)
                .orElse("");
    }
}
