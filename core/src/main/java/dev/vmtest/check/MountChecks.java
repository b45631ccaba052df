package dev.vmtest.check;

import dev.vmtest.facts.BlockDevice;
import dev.vmtest.facts.Facts;
import dev.vmtest.facts.FileSystem;
import dev.vmtest.facts.FstabEntry;
import dev.vmtest.facts.MountPoint;
import dev.vmtest.facts.Swap;
import dev.vmtest.storage.Disk;
import dev.vmtest.storage.Format;
import dev.vmtest.storage.Mount;
import dev.vmtest.storage.Partition;
import dev.vmtest.storage.StorageGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Check mounts: the fstab entry, field by field, and what the kernel has really mounted. */
final class MountChecks {

    private static final Set<String> WITHOUT_DEVICE =
            Set.of("none", "tmpfs", "ramfs", "proc", "sysfs", "devtmpfs", "devpts", "swap", "overlay");

    private final Devices devices;

    MountChecks(Devices devices) {
        this.devices = devices;
    }

    List<Check> of(Mount mount) {
        List<Check> checks = new ArrayList<>();
        String name = "mount " + mount.id();
        checks.add(Check.of(name + ": fstab spec", mount.origin().location(), facts -> spec(facts, mount)));
        checks.add(Check.of(lineName(mount), mount.origin().location(), facts -> line(facts, mount)));
        if (isSwap(mount)) {
            checks.add(Check.of(name + ": swap active", mount.origin().location(), facts -> active(facts, mount)));
        } else if (!options(mount).contains("noauto")) {
            checks.add(Check.of(name + ": mounted", mount.origin().location("path"), facts -> mounted(facts, mount)));
            checks.add(Check.of(
                    name + ": mounted options",
                    mount.origin().location("options"),
                    facts -> mountedOptions(facts, mount)));
        }
        return checks;
    }

    /** Return whether an fstab entry is the one that a mount action asked for, right or wrong. */
    boolean owns(Facts facts, Mount mount, FstabEntry entry) {
        if (!isSwap(mount)) {
            return entry.path().equals(path(mount));
        }
        if (!entry.type().equals("swap")) {
            return false;
        }
        String spec = mount.spec();
        if (spec != null) {
            return entry.spec().equals(spec);
        }
        String kernelName = volume(facts, mount).kernelName();
        return FstabSpec.kernelName(facts, entry.spec())
                .filter(kernelName::equals)
                .isPresent();
    }

    private List<FstabEntry> entries(Facts facts, Mount mount) {
        return facts.fstab().stream().filter(entry -> owns(facts, mount, entry)).toList();
    }

    /** Return the name of the check that a mount's entry is there and right. */
    private static String lineName(Mount mount) {
        return "mount " + mount.id() + ": fstab line";
    }

    private FstabEntry entry(Facts facts, Mount mount) {
        List<FstabEntry> entries = entries(facts, mount);
        if (entries.isEmpty()) {
            throw new AbsentException("fstab has no entry for " + describe(mount));
        }
        if (entries.size() > 1) {
            throw new AbsentException("fstab should have one entry for " + describe(mount) + " but has "
                    + entries.size() + ": " + entries);
        }
        return entries.get(0);
    }

    /** The spec must mean the right device, and by a name that stays: for a plain volume, its UUID. */
    private Outcome spec(Facts facts, Mount mount) {
        if (entries(facts, mount).size() != 1) {
            return Outcome.blocked(List.of(lineName(mount)), "fstab should have one entry for " + describe(mount));
        }
        FstabEntry entry = entry(facts, mount);
        String given = mount.spec();
        if (given != null && (mount.device() == null || !given.equals(entry.spec()))) {
            return PartitionChecks.text("the spec", given, entry.spec());
        }
        BlockDevice volume = volume(facts, mount);
        Optional<String> actual = FstabSpec.kernelName(facts, entry.spec());
        if (actual.filter(volume.kernelName()::equals).isEmpty()) {
            return Outcome.failed(
                    "fstab's " + entry.spec() + " should mean " + volume.kernelName() + " but means "
                            + actual.orElse("no device"),
                    entry.toString());
        }
        if (given == null && isPlain(mount)) {
            String uuid =
                    facts.fileSystem(volume.kernelName()).map(FileSystem::uuid).orElse("");
            boolean byUuid = entry.spec().equals("/dev/disk/by-uuid/" + uuid)
                    || entry.spec().equals("UUID=" + uuid);
            return byUuid
                    ? Outcome.passed("fstab's " + entry.spec() + " is the UUID of " + volume.kernelName())
                    : Outcome.failed(
                            "fstab should name " + volume.kernelName() + " by its UUID " + uuid + " but names it "
                                    + entry.spec(),
                            entry.toString());
        }
        return entry.spec().equals("/dev/" + volume.kernelName())
                ? Outcome.failed("fstab names " + entry.spec() + ", which may mean another device after each boot")
                : Outcome.passed("fstab's " + entry.spec() + " means " + volume.kernelName());
    }

    private Outcome line(Facts facts, Mount mount) {
        FstabEntry entry = entry(facts, mount);
        String type = type(mount);
        FstabEntry expected = new FstabEntry(
                entry.line(),
                entry.spec(),
                path(mount),
                type,
                options(mount).isEmpty() ? "defaults" : String.join(",", options(mount)),
                mount.frequency(),
                passNumber(mount, type));
        return expected.equals(entry)
                ? Outcome.passed("fstab line " + entry.line() + " is '" + entry + "'")
                : Outcome.failed("fstab line " + entry.line() + " should be '" + expected + "' but is '" + entry + "'");
    }

    private Outcome active(Facts facts, Mount mount) {
        String path = mount.spec() == null
                ? "/dev/" + volume(facts, mount).kernelName()
                : FstabSpec.devicePath(facts, mount.spec()).orElse(mount.spec());
        List<String> active = facts.swaps().stream().map(Swap::path).toList();
        if (active.contains(path)) {
            return Outcome.passed(path + " is active as swap");
        }
        String message = path + " should be active as swap but the active ones are " + active;
        return entries(facts, mount).isEmpty()
                ? Outcome.blocked(List.of(lineName(mount)), message)
                : Outcome.failed(message);
    }

    private MountPoint mountPoint(Facts facts, Mount mount) {
        return facts.mount(path(mount)).orElseThrow(() -> new AbsentException("nothing is mounted at " + path(mount)));
    }

    private Outcome mounted(Facts facts, Mount mount) {
        if (facts.mount(path(mount)).isEmpty() && entries(facts, mount).isEmpty()) {
            return Outcome.blocked(List.of(lineName(mount)), "nothing is mounted at " + path(mount));
        }
        MountPoint actual = mountPoint(facts, mount);
        String type = type(mount);
        List<String> options = options(mount);
        if (options.contains("bind") || options.contains("rbind") || type.equals("bind")) {
            return BindMounts.judge(facts, String.valueOf(mount.spec()), actual);
        }
        if (!type.equals("auto") && !actual.fileSystem().equals(type)) {
            return Outcome.failed(path(mount) + " should be " + type + " but is " + actual.fileSystem());
        }
        if (WITHOUT_DEVICE.contains(type)) {
            return Outcome.passed(path(mount) + " is " + type);
        }
        String spec = mount.spec();
        Optional<String> wanted = mount.device() == null && spec != null
                ? FstabSpec.kernelName(facts, spec)
                : Optional.of(volume(facts, mount).kernelName());
        if (wanted.isEmpty()) {
            return PartitionChecks.text("the source of " + path(mount), String.valueOf(spec), actual.source());
        }
        String found = BindMounts.kernelName(facts, actual).orElse(actual.source());
        return PartitionChecks.text("the device mounted at " + path(mount), wanted.get(), found);
    }

    private Outcome mountedOptions(Facts facts, Mount mount) {
        if (facts.mount(path(mount)).isEmpty()) {
            return Outcome.blocked(
                    List.of("mount " + mount.id() + ": mounted", lineName(mount)),
                    "nothing is mounted at " + path(mount));
        }
        MountPoint actual = mountPoint(facts, mount);
        List<String> missing = MountedOptions.missing(options(mount), actual);
        String shown = String.join(",", actual.options().stream().sorted().toList());
        return missing.isEmpty()
                ? Outcome.passed(path(mount) + " is mounted with " + shown)
                : Outcome.failed(path(mount) + " is mounted without " + missing + ": its options are " + shown);
    }

    private BlockDevice volume(Facts facts, Mount mount) {
        return devices.find(facts, volumeId(mount));
    }

    private String volumeId(Mount mount) {
        Format format = format(mount);
        if (format == null) {
            throw new AbsentException("mount " + mount.id() + " names no formatted volume");
        }
        return format.volume();
    }

    private @Nullable Format format(Mount mount) {
        String device = mount.device();
        return device == null
                ? null
                : devices.config().find(device, Format.class).orElse(null);
    }

    /** Return whether the volume is a disk of one path or a partition of one, which fstab names by UUID. */
    private boolean isPlain(Mount mount) {
        String volume = volumeId(mount);
        String holder = devices.config()
                .find(volume, Partition.class)
                .map(Partition::device)
                .orElse(volume);
        return devices.config()
                .find(holder, Disk.class)
                .filter(disk -> disk.multipath() == null)
                .isPresent();
    }

    private boolean isSwap(Mount mount) {
        return type(mount).equals("swap");
    }

    private String type(Mount mount) {
        String given = mount.fileSystem();
        if (given != null) {
            return FormatChecks.kernelType(given);
        }
        Format format = format(mount);
        return format == null ? "auto" : FormatChecks.kernelType(format.fileSystem());
    }

    private String path(Mount mount) {
        String path = mount.path();
        if (path == null || path.isEmpty() || isSwap(mount)) {
            return "none";
        }
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /** Return the options that fstab must have, in order; what stands on iSCSI waits for the network. */
    private List<String> options(Mount mount) {
        String given = mount.options();

        List<String> options = new ArrayList<>(
                given == null || given.isEmpty() || given.equals("defaults")
                        ? List.of(isSwap(mount) ? "sw" : "defaults")
                        : List.of(given.split(",", -1)));
        if (mount.spec() == null && !options.contains("_netdev") && format(mount) != null && onNetwork(mount)) {
            options.add("_netdev");
        }
        return options;
    }

    private boolean onNetwork(Mount mount) {
        return new StorageGraph(devices.config()).isOnNetwork(volumeId(mount));
    }

    private static int passNumber(Mount mount, String type) {
        Integer given = mount.passNumber();
        if (given != null && given >= 0) {
            return given;
        }
        return WITHOUT_DEVICE.contains(type) ? 0 : 1;
    }

    private String describe(Mount mount) {
        return isSwap(mount) ? "the swap area of " + mount.id() : path(mount);
    }
}
