package dev.vmtest.launch;

import dev.vmtest.config.Suggestion;
import dev.vmtest.launch.ManualMachine.Disk;
import dev.vmtest.machine.qemu.Platform;
import dev.vmtest.release.Architecture;
import dev.vmtest.storage.Sizes;
import dev.vmtest.text.MistakeException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Read the disks of {@code xkvm} and {@code launch}. */
public final class DiskArguments {

    /** The longest serial that a virtio or NVMe disk shows; what is made up of a file's name is cut to it. */
    private static final int LONGEST_SERIAL = 20;

    /** Devices of disks, for a name that none has. */
    private static final List<String> DRIVERS =
            List.of("virtio-blk", "scsi-hd", "scsi-cd", "nvme", "ide-hd", "ide-cd", "usb-storage");

    /** What is read here, and the options of QEMU's -drive (qemu(1)). */
    private static final Set<String> KEYS = Set.of(
            "file",
            "driver",
            "if",
            "format",
            "fmt",
            "wwn",
            "serial",
            "bus",
            "unit",
            "id",
            "media",
            "index",
            "snapshot",
            "cache",
            "aio",
            "readonly",
            "read-only",
            "auto-read-only",
            "copy-on-read",
            "discard",
            "detect-zeroes",
            "werror",
            "rerror",
            "force-share",
            "node-name",
            "iops",
            "iops_rd",
            "iops_wr",
            "bps",
            "bps_rd",
            "bps_wr",
            "group",
            "logical_block_size",
            "physical_block_size",
            "bootindex",
            "size",
            "offset");

    private static final long DEFAULT_SIZE = 5L << 30;
    private static final int SMALLEST_BLOCK = 512;
    private static final int LARGEST_BLOCK = 32768;

    private final Architecture architecture;
    private final String defaultDriver;
    private final boolean hasFileLocking;
    private final DeviceOptions options;
    private final ImageFormats formats;

    /** Tell the format of an image. */
    @FunctionalInterface
    public interface ImageFormats {

        /** Return QEMU's name of the format. */
        String of(Path image) throws LaunchException;
    }

    /**
     * Read disks.
     *
     * @param architecture the guest's
     * @param defaultDriver the device of a disk that names none (DEF_DISK_DRIVER)
     * @param hasFileLocking whether QEMU knows {@code file.locking} (_QEMU_SUPPORTS_FILE_LOCKING); otherwise it is dropped
     */
    public DiskArguments(
            Architecture architecture,
            String defaultDriver,
            boolean hasFileLocking,
            DeviceOptions options,
            ImageFormats formats) {
        this.architecture = architecture;
        this.defaultDriver = defaultDriver;
        this.hasFileLocking = hasFileLocking;
        this.options = options;
        this.formats = formats;
    }

    /**
     * Hold a disk of {@code launch}.
     *
     * @param size how large its image is made if it is not there
     */
    public record SizedDisk(Disk disk, long size) {}

    /**
     * Read a disk of {@code launch}: {@code path[:size][:driver][:bsize][:devopts]}. One over iSCSI is none: see {@link
     * IscsiDisk#parse}.
     *
     * @throws MistakeException if it is not understood
     */
    public SizedDisk launch(String text) throws LaunchException {
        List<String> fields = Fields.ofPath(text);
        String driver = field(fields, 2, "virtio-blk");
        long bytes = size(text, fields);
        int block = blockSize(text, field(fields, 3, "512"));
        Map<String, String> tokens = new LinkedHashMap<>();
        tokens.put("driver", driver);
        tokens.put("cache", "unsafe");
        tokens.put("logical_block_size", Integer.toString(block));
        tokens.put("physical_block_size", Integer.toString(block));
        tokens.put("min_io_size", Integer.toString(block));
        if (fields.size() > 4) {
            String more = String.join(":", fields.subList(4, fields.size()));
            if (!more.isEmpty()) {
                tokens.putAll(tokens(text, Fields.ofList(more)));
            }
        }
        return new SizedDisk(disk(text, Path.of(fields.get(0)), tokens), bytes);
    }

    /** Return the size that the second field says, in bytes. */
    static long size(String text, List<String> fields) {
        String size = field(fields, 1, "");
        return size.isEmpty()
                ? DEFAULT_SIZE
                : Sizes.parse(size)
                        .orElseThrow(() -> new MistakeException(
                                "the disk '" + text + "': '" + size + "' is no size; write it like 10G or 512M"));
    }

    /** Return a field, or something else if it is absent or empty. */
    static String field(List<String> fields, int index, String otherwise) {
        return fields.size() > index && !fields.get(index).isEmpty() ? fields.get(index) : otherwise;
    }

    /** A device takes a power of two: what lies between is rounded up, as the Python harness rounds to what it takes. */
    private static int blockSize(String text, String written) {
        if (!written.matches("[1-9][0-9]{0,8}")) {
            throw new MistakeException("the disk '" + text + "': '" + written + "' is no block size in bytes");
        }
        int asked = Math.max(SMALLEST_BLOCK, Math.min(LARGEST_BLOCK, Integer.parseInt(written)));
        int highest = Integer.highestOneBit(asked);
        return highest == asked ? asked : highest * 2;
    }

    /**
     * Read a disk of {@code xkvm}: {@code file=F,driver=D,…}; a first field without a key is the file.
     *
     * @throws MistakeException if it is not understood
     */
    public Disk xkvm(String text) throws LaunchException {
        List<String> fields = Fields.ofList(text);
        Map<String, String> tokens = new LinkedHashMap<>();
        String first = fields.get(0);
        boolean isFile = !first.contains("=") || first.startsWith("/");
        tokens.putAll(tokens(text, isFile ? fields.subList(1, fields.size()) : fields));
        String file = isFile ? first : tokens.remove("file");
        if (file == null || file.isEmpty()) {
            throw new MistakeException("the disk '" + text + "' has no file; write file=PATH");
        }
        return disk(text, Path.of(file), tokens);
    }

    private static Map<String, String> tokens(String text, List<String> fields) {
        Map<String, String> tokens = new LinkedHashMap<>();
        for (String field : fields) {
            int equals = field.indexOf('=');
            if (equals <= 0) {
                throw new MistakeException(
                        "the disk '" + text + "': '" + field + "' is no KEY=VALUE; a comma in a value is doubled");
            }
            tokens.put(field.substring(0, equals), field.substring(equals + 1));
        }
        return tokens;
    }

    private Disk disk(String text, Path file, Map<String, String> tokens) throws LaunchException {
        String named = tokens.remove("driver");
        String driver = driver(text, named, tokens.remove("if"));
        if (!options.knows(Platform.of(architecture).device(driver))) {
            throw new MistakeException("the disk '" + text + "': QEMU has no device '" + driver + "'; "
                    + Suggestion.oneOf(driver, DRIVERS));
        }
        String format = tokens.remove("format");
        String abbreviated = tokens.remove("fmt");
        String wwn = tokens.remove("wwn");
        String serial = tokens.remove("serial");
        Map<String, String> device = new LinkedHashMap<>();
        Map<String, String> drive = new LinkedHashMap<>();
        boolean isScsi = driver.startsWith("scsi-");
        if (wwn != null && isScsi) {
            device.put("wwn", wwn);
        }
        device.put(
                "serial", serial != null ? serial : wwn != null ? cut(wwn) : cut(String.valueOf(file.getFileName())));
        String unit = tokens.remove("unit");
        if (unit != null) {
            device.put(isScsi ? "scsi-id" : "unit", unit);
        }
        for (Map.Entry<String, String> token : tokens.entrySet()) {
            String key = token.getKey();
            if (key.equals("id")
                    || key.equals("bus")
                    || options.has(Platform.of(architecture).device(driver), key)) {
                device.put(key, token.getValue());
            } else if (!key.equals("file.locking") || hasFileLocking) {
                requireKey(text, key);
                drive.put(key, token.getValue());
            }
        }
        String known = format != null ? format : abbreviated != null ? abbreviated : formats.of(file);
        return new Disk(file, known, driver, device, drive);
    }

    /** What no list has is left to QEMU, which knows more: only a slip of the fingers is refused. */
    private static void requireKey(String text, String key) {
        String meant = KEYS.contains(key) || key.contains(".") ? "" : Suggestion.didYouMean(key, KEYS);
        if (!meant.isEmpty()) {
            throw new MistakeException(
                    "the disk '" + text + "': neither its device nor its drive has an option '" + key + "'; " + meant);
        }
    }

    private String driver(String text, @Nullable String named, @Nullable String bus) {
        String driver = named;
        if (driver == null && bus != null) {
            driver = switch (bus) {
                case "virtio" -> "virtio-blk";
                case "scsi" -> "scsi-hd";
                case "none" -> null;
                default ->
                    throw new MistakeException(
                            "the disk '" + text + "': if=" + bus + " is none of virtio, scsi, none; name a driver");
            };
        }
        String found = driver == null ? defaultDriver : driver;
        return found.equals("virtio-blk-pci") || found.equals("virtio-blk-ccw") ? "virtio-blk" : found;
    }

    private static String cut(String text) {
        return text.substring(0, Math.min(LONGEST_SERIAL, text.length()));
    }
}
