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

/**
 * Name devices by what they are where the kernel names and numbers them in the order in which it meets them: iSCSI disks
 * by their targets, because their logins end in any order (and the server numbers targets in the order in which tests
 * of a run start), and those of the device mapper by their own names.
 */
final class DeviceNames {

    /** What udev knows of each block device: blocks of lines, parted by empty ones (udevadm(8), info). */
    private static final String DEVICES = "facts/udevadm";

    /** A disk of a session, or a partition of one, in sysfs. */
    private static final Pattern ISCSI = Pattern.compile("(?m)^P: (?<path>/devices/platform/host[0-9]+"
            + "/(?<session>session[0-9]+)/target[0-9:]+/(?<address>[0-9:]+))/block/(?<disk>sd[a-z]+)"
            + "(?:/sd[a-z]+(?<partition>[0-9]+))?$");

    private static final Pattern MAPPED = Pattern.compile("(?m)^P: /devices/virtual/block/(?<kernel>dm-[0-9]+)$");
    private static final Pattern MAPPED_NAME = Pattern.compile("(?m)^E: DM_NAME=(?<name>\\S+)$");
    private static final Pattern TARGET =
            Pattern.compile("(?m)^E: ID_PATH=ip-\\S+-iscsi-(?<target>\\S+?)(?:-part[0-9]+)?$");
    private static final Pattern NUMBERS = Pattern.compile("(?m)^D: b (?<numbers>[0-9]+:[0-9]+)$");

    /** What the iSCSI server makes of the number that it gives a target. */
    private static final Pattern IDENTITY = Pattern.compile(
            "(?m)^E: (?<name>ID_SERIAL|ID_SERIAL_SHORT|ID_SCSI_SERIAL|SCSI_IDENT_[A-Z0-9_]+)=(?<value>\\S{6,})$");

    private static final Pattern MINOR = Pattern.compile("(?m)^E: MINOR=.*$");
    private static final String MOUNTS = "fstab";
    private static final String PARTITIONS = "proc_partitions";
    private static final Pattern PARTITION_NUMBERS = Pattern.compile("(?m)^ *[0-9]+ +[0-9]+( +[0-9]+ <(?:iscsi|dm):)");
    /** The port of a server of the run follows its address, after the number of TCP where RFC 4173 has one. */
    private static final Pattern PORT = Pattern.compile("(\\b" + PublishServer.USER_NETWORKING_HOST.replace(".", "[._]")
            + "[:,_](?:6:)?|(?m:^)node\\.conn\\[0]\\.port = )[0-9]+");

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
            for (String block : blocks(Files.readString(devices, StandardCharsets.ISO_8859_1))) {
                read(block, found);
            }
        }
        List<String> longest = new ArrayList<>(found.keySet());
        longest.sort(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));
        Map<Pattern, String> names = new LinkedHashMap<>();
        longest.forEach(text -> names.put(Pattern.compile(text), found.getOrDefault(text, text)));
        return new DeviceNames(names);
    }

    private static void read(String block, Map<String, String> found) {
        Matcher iscsi = ISCSI.matcher(block);
        Matcher target = TARGET.matcher(block);
        Matcher mapped = MAPPED.matcher(block);
        Matcher mappedName = MAPPED_NAME.matcher(block);
        if (iscsi.find() && target.find()) {
            readIscsi(block, iscsi, "iscsi:" + target.group("target"), found);
        } else if (mapped.find() && mappedName.find()) {
            put(mapped.group("kernel"), "<dm:" + mappedName.group("name") + ">", block, found);
        }
    }

    private static void readIscsi(String block, Matcher device, String disk, Map<String, String> found) {
        found.put(Pattern.quote(device.group("path")), "/devices/<" + disk + ">");
        found.put(name(device.group("session")), "<session-of-" + disk + ">");
        found.put(numbers(device.group("address")), "<address-of-" + disk + ">");
        String partition = device.group("partition");
        if (partition == null) {
            put(device.group("disk"), "<" + disk + ">", block, found);
        } else {
            put(device.group("disk") + partition, "<" + disk + "-part" + partition + ">", block, found);
        }
        Matcher identity = IDENTITY.matcher(block);
        while (identity.find()) {
            found.putIfAbsent(
                    Pattern.quote(identity.group("value")), "<" + identity.group("name") + "-of-" + disk + ">");
        }
    }

    private static void put(String kernel, String name, String block, Map<String, String> found) {
        found.put(name(kernel), name);
        Matcher numbers = NUMBERS.matcher(block);
        if (numbers.find()) {
            found.put(numbers(numbers.group("numbers")), "<numbers-of-" + name + ">");
        }
    }

    /** Return an expression of a name that is no part of another. */
    private static String name(String text) {
        return "(?<![A-Za-z0-9])" + Pattern.quote(text) + "(?![A-Za-z0-9])";
    }

    /** Return an expression of numbers that are no part of an address or time. */
    private static String numbers(String text) {
        return "(?<![A-Za-z0-9:])" + Pattern.quote(text) + "(?![A-Za-z0-9:])";
    }

    private static List<String> blocks(String devices) {
        return List.of(devices.split("\n\n"));
    }

    /**
     * Return a text of a file, or the file's name, with the devices named by what they are.
     *
     * @param file the name of the file below the collected ones
     */
    String replaceIn(String file, String text) {
        String replaced = PORT.matcher(text).replaceAll("$1<port>");
        // It tells names of the install environment, in which devices had others.
        if (names.isEmpty() || file.equals(MOUNTS)) {
            return replaced;
        }
        if (file.equals(DEVICES)) {
            replaced = String.join(
                    "\n\n",
                    blocks(replaced).stream().map(DeviceNames::withoutMinor).toList());
        }
        for (Map.Entry<Pattern, String> name : names.entrySet()) {
            replaced = name.getKey().matcher(replaced).replaceAll(Matcher.quoteReplacement(name.getValue()));
        }
        return file.equals(PARTITIONS) ? PARTITION_NUMBERS.matcher(replaced).replaceAll("$1") : replaced;
    }

    private static String withoutMinor(String block) {
        return ISCSI.matcher(block).find() || MAPPED.matcher(block).find()
                ? MINOR.matcher(block).replaceAll("E: MINOR=<number>")
                : block;
    }
}
