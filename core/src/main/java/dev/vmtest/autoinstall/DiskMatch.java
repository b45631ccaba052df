package dev.vmtest.autoinstall;

import dev.vmtest.config.ListValue;
import dev.vmtest.config.MapReader;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.Problems;
import dev.vmtest.config.Value;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Hold which disk a match asks for. The machine is ours to choose, so this says what its disk must be like.
 *
 * @param serial a serial that matches, or null for any
 * @param driver the driver that makes such a disk, or null for any
 * @param size {@code largest}, {@code smallest}, or null
 */
record DiskMatch(
        @Nullable String serial,
        @Nullable String driver,
        @Nullable String size) {

    private static final DiskMatch ANY = new DiskMatch(null, null, null);

    /** The most that virtio shows of a serial. */
    private static final int LONGEST_VIRTIO_SERIAL = 20;

    /** What udev calls the models of QEMU's disks, by driver. */
    private static final Map<String, String> MODELS = Map.of("scsi-hd", "QEMU_HARDDISK", "nvme", "QEMU NVMe Ctrl");

    /** Where disks of a driver appear. */
    private static final Map<String, String> PATHS =
            Map.of("virtio-blk", "/dev/vda", "scsi-hd", "/dev/sda", "nvme", "/dev/nvme0n1");

    /**
     * Read a match: a mapping, or a list of them of which the first that fits counts.
     *
     * @param value null stands for any disk
     */
    static DiskMatch read(@Nullable Value value, Draft draft, Problems problems) {
        if (value instanceof ListValue list && !list.items().isEmpty()) {
            // Our disk fits the first, so that the others are never tried.
            list.items().stream()
                    .skip(1)
                    .forEach(other -> draft.notJudged(
                            other.location(),
                            "match: what comes after the first is tried only where that fits nothing"));
            return read(list.items().get(0), draft, problems);
        }
        if (value == null) {
            return ANY;
        }
        if (!(value instanceof MapValue map)) {
            problems.add(
                    value.location(),
                    "match: must be a mapping, not " + value.describe(),
                    "write 'match: {size: largest}'");
            return ANY;
        }
        return new Reading(new MapReader(map, "match", problems), draft).read();
    }

    /** Read one mapping. */
    private record Reading(MapReader reader, Draft draft) {

        DiskMatch read() {
            String size = reader.choice("size", "largest", "smallest");
            if (reader.bool("install-media", false)) {
                reader.problem(
                        "install-media",
                        "the install environment of a run is on no disk that could be installed to",
                        "match another disk");
            }
            Boolean ssd = reader.bool("ssd");
            String driver = ssd == null ? null : ssd ? "nvme" : "scsi-hd";
            driver = pathDriver(driver);
            driver = modelDriver(driver);
            for (String key : new String[] {"vendor", "id_path", "devpath"}) {
                if (reader.text(key) != null) {
                    said(key);
                }
            }
            String serial = serial();
            if (serial != null && serial.length() > LONGEST_VIRTIO_SERIAL && driver == null) {
                driver = "scsi-hd";
            }
            reader.refuseUnknown();
            return new DiskMatch(serial, driver, size);
        }

        private @Nullable String pathDriver(@Nullable String driver) {
            String pattern = reader.text("path");
            if (pattern == null) {
                return driver;
            }
            for (String candidate : new String[] {"virtio-blk", "scsi-hd", "nvme"}) {
                boolean free = driver == null || driver.equals(candidate);
                if (free && Globs.matches(pattern, PATHS.getOrDefault(candidate, ""))) {
                    return candidate;
                }
            }
            said("path");
            return driver;
        }

        private @Nullable String modelDriver(@Nullable String driver) {
            String pattern = reader.text("model");
            if (pattern == null) {
                return driver;
            }
            for (String candidate : new String[] {"scsi-hd", "nvme"}) {
                boolean free = driver == null || driver.equals(candidate);
                if (free && Globs.matches(pattern, MODELS.getOrDefault(candidate, ""))) {
                    return candidate;
                }
            }
            said("model");
            return driver;
        }

        private @Nullable String serial() {
            String pattern = reader.text("serial");
            if (pattern == null) {
                return null;
            }
            String example = Globs.example(pattern, pattern.equals("*") ? "any" : "");
            if (example.matches("[A-Za-z0-9_.:-]{1,36}") && Globs.matches(pattern, example)) {
                return example;
            }
            said("serial");
            return null;
        }

        private void said(String key) {
            draft.notJudged(
                    reader.source().locationOf(key),
                    "match: no disk of this machine can be made to match '" + key + "', so one is taken without it");
        }
    }
}
