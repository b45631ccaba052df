package dev.vmtest.check;

import dev.vmtest.facts.BlockDevice;
import dev.vmtest.facts.Facts;
import dev.vmtest.facts.FileSystem;
import dev.vmtest.installconfig.Promises;
import dev.vmtest.storage.Format;
import dev.vmtest.storage.Mount;
import dev.vmtest.storage.Partition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Check what a low-level probe finds on formatted volumes: type, label, UUID, features. */
final class FormatChecks {

    private static final Set<String> FAT = Set.of("fat", "fat12", "fat16", "fat32", "vfat");

    /** Features that the kernel turns on by itself once a mounted file system needs them (ext4(5)). */
    private static final Set<String> SET_BY_USE = Set.of("^ext_attr", "^large_file");

    /** Block sizes go up to 64 KiB. */
    private static final long LARGEST_REMAINDER = 65536;

    private final Devices devices;
    private final Promises promises;

    FormatChecks(Devices devices, Promises promises) {
        this.devices = devices;
        this.promises = promises;
    }

    List<Check> of(Format format) {
        List<Check> checks = new ArrayList<>();
        String name = "format " + format.id();
        checks.add(Check.of(name + ": type", format.origin().location("fstype"), facts -> type(facts, format)));
        String label = format.label();
        if (label != null) {
            checks.add(Check.of(
                    name + ": label", format.origin().location("label"), facts -> label(facts, format, label)));
        }
        String uuid = format.uuid();
        if (uuid != null && !format.preserve() && promises.toolsIds().contains(format.fileSystem())) {
            checks.add(Check.notJudged(
                    name + ": uuid",
                    format.origin().location("uuid"),
                    promises.installer() + " leaves the UUID of " + format.fileSystem()
                            + " to the tool that makes it"));
        } else if (uuid != null) {
            checks.add(Check.of(name + ": uuid", format.origin().location("uuid"), facts -> uuid(facts, format, uuid)));
        }
        devices.config()
                .find(format.volume(), Partition.class)
                .filter(partition -> partition.resize() && format.preserve())
                .ifPresent(partition -> checks.add(Check.of(
                        name + ": size", partition.origin().location("resize"), facts -> size(facts, format))));
        List<String> features = featureOptions(format);
        boolean used = devices.config().all(Mount.class).stream()
                .anyMatch(mount -> format.id().equals(mount.device()));
        if (used) {
            features.removeIf(SET_BY_USE::contains);
        }
        if (!features.isEmpty()) {
            checks.add(Check.of(
                    name + ": features",
                    format.origin().location("extra_options"),
                    facts -> features(facts, format, features)));
        }
        return checks;
    }

    /** Return the type that blkid and fstab use for a configuration's fstype. */
    static String kernelType(String fileSystem) {
        String type = fileSystem.toLowerCase(Locale.ROOT);
        return FAT.contains(type) ? "vfat" : type;
    }

    private FileSystem find(Facts facts, Format format) {
        BlockDevice device = devices.find(facts, format.volume());
        return facts.fileSystem(device.kernelName())
                .orElseThrow(() -> new AbsentException(format.volume() + " (" + device.kernelName()
                        + ") holds nothing that a probe knows, but should hold " + format.fileSystem()));
    }

    private Outcome type(Facts facts, Format format) {
        FileSystem actual = find(facts, format);
        String expected = kernelType(format.fileSystem());
        String bits = format.fileSystem().toLowerCase(Locale.ROOT).replaceAll("[a-z]", "");
        if (expected.equals("vfat") && !bits.isEmpty()) {
            return Outcome.equal("the file system", "vfat FAT" + bits, actual.type() + " " + actual.version());
        }
        return Outcome.equal("the file system", expected, actual.type());
    }

    /** A file system that was resized must fill its partition, but for a part of a block; ntfs keeps one sector. */
    private Outcome size(Facts facts, Format format) {
        BlockDevice device = devices.find(facts, format.volume());
        String type = find(facts, format).type();
        long size = switch (type) {
            case "ext2", "ext3", "ext4" ->
                extNumber(facts, device, "Block count:") * extNumber(facts, device, "Block size:");
            case "ntfs" -> ntfsSize(facts, device);
            default -> throw new AbsentException("the size of " + type + " is not among the facts");
        };
        long left = device.size() - size;
        return left >= 0 && left <= LARGEST_REMAINDER
                ? Outcome.passed("the " + type + " of " + size + " bytes fills " + device.kernelName())
                : Outcome.failed("the " + type + " should fill the " + device.size() + " bytes of "
                        + device.kernelName() + " but has " + size);
    }

    private static long extNumber(Facts facts, BlockDevice device, String name) {
        String text = facts.lines("facts/ext/" + device.kernelName()).stream()
                .filter(line -> line.startsWith(name))
                .findFirst()
                .map(line -> line.substring(name.length()).strip())
                .orElseThrow(() -> new AbsentException("dumpe2fs tells no " + name + " of " + device.kernelName()));
        return number(text, device);
    }

    /** The boot sector has the bytes of a sector, and how many sectors there are. */
    private static long ntfsSize(Facts facts, BlockDevice device) {
        List<String> lines = facts.lines("facts/ntfs/" + device.kernelName());
        if (lines.size() != 2) {
            throw new AbsentException("the boot sector of " + device.kernelName() + " was not collected");
        }
        return number(lines.get(0).strip(), device) * number(lines.get(1).strip(), device);
    }

    private static long number(String text, BlockDevice device) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException malformed) {
            throw new AbsentException("'" + text + "' is no number of blocks of " + device.kernelName());
        }
    }

    /** Compare labels; FAT stores upper case only, which mkfs.fat(8) may or may not insist on. */
    private Outcome label(Facts facts, Format format, String label) {
        FileSystem actual = find(facts, format);
        String found = actual.label();
        boolean sameFat = actual.type().equals("vfat") && label.equalsIgnoreCase(found);
        return PartitionChecks.text("the label", sameFat && found != null ? found : label, found);
    }

    /** Compare UUIDs; FAT has a volume id of 32 bits, written with or without a dash. */
    private Outcome uuid(Facts facts, Format format, String uuid) {
        FileSystem actual = find(facts, format);
        String found = actual.uuid();
        if (found != null && normalize(actual.type(), found).equals(normalize(actual.type(), uuid))) {
            return Outcome.passed("the UUID is " + found);
        }
        return PartitionChecks.text("the UUID", uuid, found);
    }

    private static String normalize(String type, String uuid) {
        String lower = uuid.toLowerCase(Locale.ROOT);
        return type.equals("vfat") || type.equals("ntfs") ? lower.replace("-", "") : lower;
    }

    /** Return the names after {@code -O} of mkfs.ext4(8); none for other file systems. */
    private static List<String> featureOptions(Format format) {
        List<String> features = new ArrayList<>();
        if (!format.fileSystem().startsWith("ext")) {
            return features;
        }
        List<String> options = format.extraOptions();
        for (int index = 0; index < options.size(); index++) {
            String option = options.get(index);
            if (option.equals("-O") && index + 1 < options.size()) {
                features.addAll(List.of(options.get(index + 1).split(",", -1)));
            } else if (option.startsWith("-O") && option.length() > 2) {
                features.addAll(List.of(option.substring(2).split(",", -1)));
            }
        }
        features.removeIf(feature -> feature.isEmpty() || feature.equals("none"));
        return features;
    }

    private Outcome features(Facts facts, Format format, List<String> wanted) {
        String device = devices.find(facts, format.volume()).kernelName();
        String line = facts.lines("facts/ext/" + device).stream()
                .filter(candidate -> candidate.startsWith("Filesystem features:"))
                .findFirst()
                .orElseThrow(() -> new AbsentException("dumpe2fs lists no features of " + device));
        Set<String> actual = new TreeSet<>(
                List.of(line.substring("Filesystem features:".length()).strip().split(" +", -1)));
        List<String> wrong = new ArrayList<>();
        for (String feature : wanted) {
            boolean off = feature.startsWith("^");
            if (actual.contains(off ? feature.substring(1) : feature) == off) {
                wrong.add(feature);
            }
        }
        return wrong.isEmpty()
                ? Outcome.passed("the features " + wanted + " are as asked", line)
                : Outcome.failed("these features are not as asked: " + wrong, line);
    }
}
