package dev.vmtest.bench.ways;

import dev.vmtest.publish.PublishServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Name devices by what they are where the kernel names and numbers them in the order in which it meets them: iSCSI disks
 * by their targets, because their logins end in any order (and the server numbers targets in the order in which tests of
 * a run start), other SCSI disks by their addresses, those of the device mapper by their own names, and bcache's by what
 * they are made of. Numbers of all devices go, because drivers get major numbers in the order in which they are loaded.
 */
final class DeviceNames {

    /** What udev knows of each block device: blocks of lines, parted by empty ones (udevadm(8), info). */
    private static final String DEVICES = "facts/udevadm";

    private static final Pattern KERNEL = Pattern.compile("(?m)^P: \\S*/(?<kernel>[^/\\s]+)$");
    private static final Pattern NUMBERS = Pattern.compile("(?m)^D: b (?<numbers>[0-9]+:[0-9]+)$");
    private static final Pattern MAJOR_OR_MINOR = Pattern.compile("(?m)^(E: (?:MAJOR|MINOR)=)[0-9]+$");

    /** A disk of a session, or a partition of one, in sysfs. */
    private static final Pattern ISCSI = Pattern.compile("(?m)^P: (?<path>/devices/platform/host[0-9]+"
            + "/(?<session>session[0-9]+)/target[0-9:]+/(?<address>[0-9:]+))/block/sd[a-z]+"
            + "(?:/sd[a-z]+(?<partition>[0-9]+))?$");

    private static final Pattern SCSI = Pattern.compile(
            "(?m)^P: \\S+/(?<address>[0-9]+(?::[0-9]+){3})/block/sd[a-z]+(?:/sd[a-z]+(?<partition>[0-9]+))?$");

    private static final Pattern TARGET =
            Pattern.compile("(?m)^E: ID_PATH=ip-\\S+-iscsi-(?<target>\\S+?)(?:-part[0-9]+)?$");

    /** What the iSCSI server makes of the number that it gives a target. */
    private static final Pattern IDENTITY = Pattern.compile(
            "(?m)^E: (?<name>ID_SERIAL|ID_SERIAL_SHORT|ID_SCSI_SERIAL|SCSI_IDENT_[A-Z0-9_]+)=(?<value>\\S{6,})$");

    /** The port of a server of the run follows its address, after the number of TCP where RFC 4173 has one. */
    private static final Pattern PORT = Pattern.compile("(\\b" + PublishServer.USER_NETWORKING_HOST.replace(".", "[._]")
            + "[:,_](?:6:)?|(?m:^)node\\.conn\\[0]\\.port = )[0-9]+");

    private static final Pattern MAPPED_NAME = Pattern.compile("(?m)^E: DM_NAME=(?<name>\\S+)$");
    private static final Pattern BCACHE = Pattern.compile("(?<device>bcache[0-9]+)(?<partition>p[0-9]+)?");
    private static final String MOUNTS = "fstab";
    private static final String PARTITIONS = "proc_partitions";
    private static final Pattern PARTITION_NUMBERS = Pattern.compile("(?m)^ *[0-9]+ +[0-9]+( +[0-9]+ \\S+)$");

    /** The longest first, for one may hold another. */
    private final Map<Pattern, String> names;

    private DeviceNames(Map<Pattern, String> names) {
        this.names = names;
    }

    /**
     * Read what one installed system says.
     *
     * @throws IOException if it can't be read
     */
    static DeviceNames of(Path collected) throws IOException {
        Path devices = collected.resolve(DEVICES);
        Map<String, String> found = new LinkedHashMap<>();
        if (Files.exists(devices)) {
            DeviceParents parents = DeviceParents.of(collected);
            for (String block :
                    Files.readString(devices, StandardCharsets.ISO_8859_1).split("\n\n", -1)) {
                read(block, parents, found);
            }
        }
        List<String> longest = new ArrayList<>(found.keySet());
        longest.sort(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));
        Map<Pattern, String> names = new LinkedHashMap<>();
        longest.forEach(text -> names.put(Pattern.compile(text), found.getOrDefault(text, text)));
        return new DeviceNames(names);
    }

    private static void read(String block, DeviceParents parents, Map<String, String> found) {
        Matcher kernel = KERNEL.matcher(block);
        Matcher numbers = NUMBERS.matcher(block);
        if (!kernel.find() || !numbers.find()) {
            return;
        }
        String name = name(block, kernel.group("kernel"), parents, found);
        found.put(alone(kernel.group("kernel")), name);
        found.put(numbers(numbers.group("numbers")), "<numbers-of-" + name + ">");
    }

    /** Return what a device is, or the kernel's name where that says it. */
    private static String name(String block, String kernel, DeviceParents parents, Map<String, String> found) {
        Matcher iscsi = ISCSI.matcher(block);
        Matcher target = TARGET.matcher(block);
        if (iscsi.find() && target.find()) {
            return readIscsi(block, iscsi, "iscsi:" + target.group("target"), found);
        }
        Matcher scsi = SCSI.matcher(block);
        if (scsi.find()) {
            return part("<scsi:" + scsi.group("address"), scsi.group("partition"));
        }
        Matcher mapped = MAPPED_NAME.matcher(block);
        if (mapped.find()) {
            return "<dm:" + mapped.group("name") + ">";
        }
        Matcher bcache = BCACHE.matcher(kernel);
        if (bcache.matches()) {
            return part("<bcache:" + String.join("+", parents.of(bcache.group("device"))), bcache.group("partition"));
        }
        return kernel;
    }

    private static String part(String disk, @Nullable String partition) {
        return disk + ">" + (partition == null ? "" : partition);
    }

    private static String readIscsi(String block, Matcher device, String disk, Map<String, String> found) {
        found.put(Pattern.quote(device.group("path")), "/devices/<" + disk + ">");
        found.put(alone(device.group("session")), "<session-of-" + disk + ">");
        found.put(numbers(device.group("address")), "<address-of-" + disk + ">");
        Matcher identity = IDENTITY.matcher(block);
        while (identity.find()) {
            found.putIfAbsent(
                    Pattern.quote(identity.group("value")), "<" + identity.group("name") + "-of-" + disk + ">");
        }
        return part("<" + disk, device.group("partition"));
    }

    /** Return an expression of a name that is no part of another, but for a number: a partition may have no device. */
    private static String alone(String text) {
        String end = text.startsWith("sd") ? "(?=[0-9]*(?![A-Za-z0-9]))" : "(?![A-Za-z0-9])";
        return "(?<![A-Za-z0-9])" + Pattern.quote(text) + end;
    }

    /** Return an expression of numbers that are no part of an address or time. */
    private static String numbers(String text) {
        return "(?<![A-Za-z0-9:])" + Pattern.quote(text) + "(?![A-Za-z0-9:])";
    }

    /**
     * Return a text of a file, or the file's name, with the devices named by what they are.
     *
     * @param file the name of the file below the collected ones
     */
    String replaceIn(String file, String text) {
        String replaced = PORT.matcher(text).replaceAll("$1<port>");
        if (file.equals(MOUNTS)) {
            // It tells names of the install environment, in which devices had others.
            return replaced;
        }
        for (Map.Entry<Pattern, String> name : names.entrySet()) {
            replaced = name.getKey().matcher(replaced).replaceAll(Matcher.quoteReplacement(name.getValue()));
        }
        return switch (file) {
            case DEVICES -> MAJOR_OR_MINOR.matcher(replaced).replaceAll("$1<number>");
            case PARTITIONS -> PARTITION_NUMBERS.matcher(replaced).replaceAll("$1");
            default -> replaced;
        };
    }
}
