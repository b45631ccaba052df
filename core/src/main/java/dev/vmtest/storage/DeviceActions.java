package dev.vmtest.storage;

import dev.vmtest.config.MapReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Read the actions that name hardware and its slots: disk, partition, dasd, nvme_controller, device. */
final class DeviceActions {

    static final Pattern UUID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    static final String UUID_SHAPE = "a UUID such as 1f0a1c9c-6f3a-4c0e-9a53-0d4c3d2c7a10";
    private static final Pattern WWN = Pattern.compile("0x[0-9a-zA-Z]+|(nvme|eui|uuid)\\.[-0-9a-zA-Z]+");
    private static final Pattern DASD_ID = Pattern.compile("[0-9a-fA-F]\\.[0-9a-fA-F]\\.[0-9a-fA-F]{4}");

    private DeviceActions() {}

    static Disk disk(Origin origin, MapReader reader, int version) {
        String serial = identity(reader, "serial", version);
        String wwn = reader.matching("wwn", WWN.asMatchPredicate(), "0x… or nvme.…, eui.…, uuid.…");
        String path = reader.text("path");
        if (path != null && !DeviceNodes.isPath(path) && !path.startsWith("iscsi:")) {
            reader.problem("path", "'path' must begin with /dev/ or iscsi:, not '" + path + "'", "");
        }
        if (path != null && path.startsWith("iscsi:")) {
            IscsiPath.check(path, reader);
        }
        boolean empty = version == 1 && "".equals(reader.text("serial"));
        if ((empty || !reader.has("serial")) && !reader.has("wwn") && !reader.has("path")) {
            reader.problem("id", "nothing says which disk it is", "add 'serial:', 'wwn:' or 'path:'");
        }
        if (reader.bool("preserve", false) && wipe(reader) != null) {
            reader.problem(
                    "wipe",
                    "a disk can't be wiped and preserved",
                    "remove 'wipe' to keep its partitions, or 'preserve' to get a new table");
        }
        reader.accept("model");
        return new Disk(
                origin,
                serial,
                wwn,
                path,
                partitionTable(reader),
                wipe(reader),
                reader.bool("preserve", false),
                reader.filledText("name"),
                reader.bool("grub_device", false),
                reader.filledText("multipath"),
                reader.filledText("nvme_controller"),
                reader.filledText("device_id"));
    }

    /** Version 1 passes over an empty name of a disk; version 2 looks for a disk that has it. */
    private static @Nullable String identity(MapReader reader, String key, int version) {
        String text = reader.text(key);
        if (text != null && text.isEmpty() && version > 1) {
            reader.problem(key, "'" + key + "' is empty, and no disk has an empty one", "remove it");
        }
        return text == null || text.isEmpty() ? null : text;
    }

    static Partition partition(Origin origin, MapReader reader, int version) {
        String device = reader.requiredText("device");
        Long size = requiredSize(reader);
        boolean preserve = reader.bool("preserve", false);
        boolean resize = reader.bool("resize", false);
        String partitionType = reader.matching(
                "partition_type",
                text -> text.matches("0x[0-9a-fA-F]{1,2}") || UUID.matcher(text).matches(),
                "a number such as 0x83 or a GUID");
        onlyVersion2(reader, "resize", version);
        onlyVersion2(reader, "partition_type", version);
        if (resize && !preserve) {
            reader.problem("resize", "'resize' needs a partition that exists", "add 'preserve: true'");
        }
        PartitionFlag flag = reader.filledChoice("flag", flags());
        reader.accept("path", "multipath");
        return new Partition(
                origin,
                device,
                size,
                reader.integer("number", 1, 128),
                Sizes.read(reader, "offset"),
                resize,
                partitionType,
                reader.filledText("partition_name"),
                List.copyOf(reader.textOrTexts("attrs")),
                reader.matching("uuid", UUID.asMatchPredicate(), UUID_SHAPE),
                flag,
                wipe(reader, version),
                preserve,
                reader.filledText("name"),
                reader.bool("grub_device", false));
    }

    private static long requiredSize(MapReader reader) {
        if (!reader.has("size")) {
            reader.missing("size");
        }
        Long size = Sizes.read(reader, "size");
        return size == null ? 0 : size;
    }

    private static void onlyVersion2(MapReader reader, String key, int version) {
        if (version == 1 && reader.has(key)) {
            reader.problem(key, "'" + key + "' needs storage version 2", "write 'version: 2' in the storage section");
        }
    }

    static Dasd dasd(Origin origin, MapReader reader) {
        if (!reader.has("device_id")) {
            reader.missing("device_id");
        }
        String deviceId = reader.matching("device_id", DASD_ID.asMatchPredicate(), "a bus id such as 0.0.1520");
        reader.accept("name", "preserve", "wipe");
        String label = reader.text("label");
        if (label != null && label.length() > 6) {
            reader.problem("label", "label '" + label + "' has " + label.length() + " characters", "use at most 6");
        }
        String blockSize = reader.choice("blocksize", same("512", "1024", "2048", "4096"));
        return new Dasd(
                origin,
                deviceId == null ? "" : deviceId,
                blockSize == null ? 4096 : Integer.parseInt(blockSize),
                reader.choice("mode", same("quick", "full", "expand")),
                label,
                reader.choice("disk_layout", same("cdl", "ldl", "not-formatted")));
    }

    static NvmeController nvmeController(Origin origin, MapReader reader) {
        if (!reader.has("transport")) {
            reader.missing("transport");
        }
        String transport = reader.choice("transport", same("pcie", "tcp"));
        String address = reader.text("tcp_addr");
        Integer port = reader.integer("tcp_port", 1, 65535);
        if ("tcp".equals(transport) && address == null) {
            reader.problem("transport", "transport tcp needs an address", "add 'tcp_addr:'");
        }
        return new NvmeController(origin, transport == null ? "pcie" : transport, address, port);
    }

    static Device device(Origin origin, MapReader reader) {
        return new Device(origin, reader.requiredText("path"), partitionTable(reader));
    }

    static @Nullable PartitionTable partitionTable(MapReader reader) {
        Map<String, PartitionTable> words = words(PartitionTable.values(), PartitionTable::text);
        words.put("dos", PartitionTable.MSDOS);
        return reader.filledChoice("ptable", words);
    }

    static @Nullable Wipe wipe(MapReader reader) {
        return reader.filledChoice("wipe", words(Wipe.values(), Wipe::text));
    }

    /** Version 2 takes an empty text for a way to wipe a partition, and knows none of that name. */
    private static @Nullable Wipe wipe(MapReader reader, int version) {
        return version == 1 ? wipe(reader) : reader.choice("wipe", words(Wipe.values(), Wipe::text));
    }

    private static Map<String, PartitionFlag> flags() {
        return words(PartitionFlag.values(), PartitionFlag::text);
    }

    static <T> Map<String, T> words(T[] values, Function<T, String> text) {
        Map<String, T> words = new LinkedHashMap<>();
        for (T value : values) {
            words.put(text.apply(value), value);
        }
        return words;
    }

    static Map<String, String> same(String... texts) {
        return words(texts, Function.identity());
    }
}
