package dev.vmtest.facts;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Read what the tools said about block devices. */
final class DeviceReader {

    /** Fails a listing that no real machine makes before it can fill the memory. */
    private static final int MAXIMUM_DEVICES = 10_000;

    private static final Pattern ESCAPE = Pattern.compile("\\\\x([0-9a-fA-F]{2})");
    private static final Pattern NUMBER_AT_END = Pattern.compile("(\\d+)$");

    private DeviceReader() {}

    /** Flatten lsblk's tree; a device below several others appears once, with all its parents. */
    static List<BlockDevice> lsblk(String source, String text) {
        Map<String, BlockDevice> devices = new LinkedHashMap<>();
        JsonNode root = Json.parse(source, text);
        List<JsonNode> disks = Json.items(root, "blockdevices");
        if (disks.isEmpty()) {
            throw new NotCollectedException(source + " lists no block device");
        }
        for (JsonNode disk : disks) {
            addTree(source, disk, null, devices);
        }
        return List.copyOf(devices.values());
    }

    private static void addTree(
            String source, JsonNode node, @Nullable String parent, Map<String, BlockDevice> devices) {
        BlockDevice device = blockDevice(source, node, parent);
        devices.merge(device.kernelName(), device, DeviceReader::joinParents);
        if (devices.size() > MAXIMUM_DEVICES) {
            throw new NotCollectedException(source + " lists more than " + MAXIMUM_DEVICES + " devices");
        }
        for (JsonNode child : Json.items(node, "children")) {
            addTree(source, child, device.kernelName(), devices);
        }
    }

    private static BlockDevice blockDevice(String source, JsonNode node, @Nullable String parent) {
        String kernelName = Json.required(source, node, "kname");
        return new BlockDevice(
                kernelName,
                Objects.requireNonNullElse(Json.text(node, "name"), kernelName),
                Json.required(source, node, "type"),
                parent == null ? List.of() : List.of(parent),
                Objects.requireNonNullElse(Json.text(node, "maj:min"), "").strip(),
                Json.number(source, node, "size"),
                Json.number(source, node, "log-sec"),
                Json.number(source, node, "phy-sec"),
                Json.text(node, "serial"),
                Json.text(node, "wwn"),
                Json.text(node, "tran"));
    }

    private static BlockDevice joinParents(BlockDevice first, BlockDevice second) {
        Set<String> parents = new LinkedHashSet<>(first.parents());
        parents.addAll(second.parents());
        return new BlockDevice(
                first.kernelName(),
                first.name(),
                first.type(),
                List.copyOf(parents),
                first.deviceNumber(),
                first.size(),
                first.logicalSectorSize(),
                first.physicalSectorSize(),
                first.serial(),
                first.wwn(),
                first.transport());
    }

    /** Read sfdisk's JSON of one disk. */
    static DiskLabel sfdisk(String source, String disk, String text) {
        JsonNode table = Json.parse(source, text).get("partitiontable");
        if (table == null) {
            throw new NotCollectedException(source + " has no \"partitiontable\"");
        }
        // sfdisk before 2.35 does not tell the sector size.
        long sectorSize = Json.text(table, "sectorsize") == null ? 512 : Json.number(source, table, "sectorsize");
        List<DiskLabel.Slot> slots = new ArrayList<>();
        for (JsonNode node : Json.items(table, "partitions")) {
            slots.add(slot(source, node, sectorSize));
        }
        return new DiskLabel(
                disk,
                Json.required(source, table, "label"),
                Objects.requireNonNullElse(Json.text(table, "id"), ""),
                sectorSize,
                slots);
    }

    private static DiskLabel.Slot slot(String source, JsonNode node, long sectorSize) {
        String kernelName = lastComponent(Json.required(source, node, "node"));
        Matcher number = NUMBER_AT_END.matcher(kernelName);
        if (!number.find() || number.group(1).length() > 6) {
            throw new NotCollectedException(source + ": '" + kernelName + "' has no partition number");
        }
        String type = Json.required(source, node, "type");
        return new DiskLabel.Slot(
                kernelName,
                Integer.parseInt(number.group(1)),
                Math.multiplyExact(Json.number(source, node, "start"), sectorSize),
                Math.multiplyExact(Json.number(source, node, "size"), sectorSize),
                type.length() > 2 ? type.toUpperCase(Locale.ROOT) : type.toLowerCase(Locale.ROOT),
                Json.text(node, "uuid"),
                Json.text(node, "name"),
                Objects.requireNonNullElse(Json.text(node, "attrs"), ""),
                Json.flag(node, "bootable"));
    }

    /** Read the records of {@code blkid -p -o udev}, each after its {@code DEVNAME=} line. */
    static Map<String, FileSystem> probe(String source, String text) {
        Map<String, FileSystem> found = new LinkedHashMap<>();
        List<Map<String, String>> records = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            int equals = line.indexOf('=');
            if (equals < 0) {
                continue;
            }
            if (line.startsWith("DEVNAME=")) {
                records.add(new LinkedHashMap<>());
            }
            if (records.isEmpty()) {
                throw new NotCollectedException(source + " does not begin with DEVNAME=");
            }
            records.get(records.size() - 1).put(line.substring(0, equals), line.substring(equals + 1));
        }
        if (records.isEmpty()) {
            throw new NotCollectedException(source + " names no device");
        }
        for (Map<String, String> record : records) {
            String device = lastComponent(record.getOrDefault("DEVNAME", ""));
            String type = record.get("ID_FS_TYPE");
            if (type != null) {
                String label = record.get("ID_FS_LABEL_ENC");
                String uuid = record.get("ID_FS_UUID_ENC");
                found.put(
                        device,
                        new FileSystem(
                                device,
                                type,
                                record.get("ID_FS_VERSION"),
                                label == null ? null : decode(label),
                                uuid == null ? null : decode(uuid)));
            }
        }
        return found;
    }

    /** Undo udev's {@code \xNN} encoding of single bytes (udev_util_encode_string(3)). */
    static String decode(String encoded) {
        Matcher escape = ESCAPE.matcher(encoded);
        return escape.replaceAll(
                found -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(found.group(1), 16))));
    }

    /** Read {@code find -printf '%p\t%l\n'} of udev's link directories. */
    static List<DeviceLink> links(String text) {
        return text.lines()
                .map(line -> line.split("\t", -1))
                .filter(fields -> fields.length == 2)
                .map(fields -> new DeviceLink(decode(fields[0]), lastComponent(fields[1])))
                .toList();
    }

    /**
     * Read where GRUB's boot.img, if it is in the first sector of a disk, will load its core from.
     *
     * <p>boot.img carries the text {@code GRUB} and, at byte 0x5c, the sector of core.img as a
     * 64-bit little-endian number (GRUB source, grub-core/boot/i386/pc/boot.S and
     * include/grub/i386/pc/boot.h).
     */
    static BootSector bootSector(String disk, byte[] first, byte @Nullable [] core) {
        if (first.length < 512) {
            throw new NotCollectedException("the first sector of " + disk + " was not collected");
        }
        String code = new String(first, 0, 440, StandardCharsets.ISO_8859_1);
        boolean signature = (first[510] & 0xff) == 0x55 && (first[511] & 0xff) == 0xaa;
        if (!signature || !code.contains("GRUB")) {
            return new BootSector(disk, false, 0, false);
        }
        long sector = ByteBuffer.wrap(first).order(ByteOrder.LITTLE_ENDIAN).getLong(0x5c);
        boolean coreThere = core != null
                && core.length >= 512
                && new String(core, 0, 512, StandardCharsets.ISO_8859_1).contains("loading");
        return new BootSector(disk, true, sector, coreThere);
    }

    static String lastComponent(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
