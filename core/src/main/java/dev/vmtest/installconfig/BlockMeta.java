package dev.vmtest.installconfig;

import dev.vmtest.config.Location;
import dev.vmtest.config.MapReader;
import dev.vmtest.config.Problems;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Say how {@code block-meta simple} divides its disk (curtin's {@code commands/block_meta.py} and {@code helpers/common}).
 *
 * @param location where the key is, or where the configuration begins
 * @param devices what curtin takes for the disk, and clears; empty leaves it the first disk
 * @param form null leaves the form to the firmware
 * @param formLocation where it stands, or {@code location}
 * @param boot what is mounted at {@code /boot}, or null where that is in the root
 */
public record BlockMeta(
        Location location,
        List<String> devices,
        @Nullable Form form,
        Location formLocation,
        @Nullable BootPartition boot) {

    private static final String KEY = "block-meta";
    private static final String BOOT = "boot-partition";
    private static final String FORMAT = "format";

    /** Name a way to divide the disk. Curtin has one for POWER machines, too. */
    public enum Form {
        MBR("mbr"),
        GPT("gpt"),
        UEFI("uefi");

        private final String word;

        Form(String word) {
            this.word = word;
        }

        static Form of(boolean uefi) {
            return uefi ? UEFI : MBR;
        }
    }

    /** Describe a partition that is mounted at {@code /boot}. */
    public record BootPartition(Location location, String fileSystem, String label) {}

    public BlockMeta {
        devices = List.copyOf(devices);
    }

    static BlockMeta read(MapReader root) {
        boolean isThere = root.has(KEY);
        MapReader reader = root.section(KEY);
        Location place = isThere ? root.at(KEY) : root.source().location();
        Map<String, Form> forms = Arrays.stream(Form.values())
                .collect(Collectors.toMap(
                        form -> form.word, Function.identity(), (one, two) -> one, LinkedHashMap::new));
        List<String> devices = reader.texts("devices");
        Form form = reader.choice(FORMAT, forms);
        BootPartition boot = readBoot(reader);
        reader.refuseUnknown();
        if (boot != null && form == Form.UEFI) {
            refuseBootOnUefi(boot, reader.problems());
        }
        return new BlockMeta(place, devices, form, reader.has(FORMAT) ? reader.at(FORMAT) : place, boot);
    }

    private static @Nullable BootPartition readBoot(MapReader section) {
        MapReader reader = section.section(BOOT, KEY + ": " + BOOT);
        boolean enabled = reader.bool("enabled", false);
        // What 'mkfs.TYPE -q -L LABEL' makes, which is how curtin calls it.
        String type = reader.choice("fstype", "ext2", "ext3", "ext4", "xfs", "btrfs");
        String label = reader.text("label");
        reader.refuseUnknown();
        if (!enabled && (type != null || label != null)) {
            reader.problems()
                    .addUnlessLeftToInstaller(
                            section.at(BOOT),
                            KEY + ": there is no partition for " + BOOT + " without 'enabled: true'",
                            "enable it, or remove it");
        }
        return enabled
                ? new BootPartition(
                        section.at(BOOT),
                        Objects.requireNonNullElse(type, "ext4"),
                        Objects.requireNonNullElse(label, "boot"))
                : null;
    }

    /** Add a problem where a storage section says how disks are divided, so that nobody reads this. */
    void refuseBeside(boolean isAutomatic, Problems problems) {
        if (!isAutomatic && (form != null || boot != null || !devices.isEmpty())) {
            problems.addUnlessLeftToInstaller(
                    location,
                    "'" + KEY + "' is read only where disks are divided without a storage section",
                    "remove it, or the storage section");
        }
    }

    /** Add a problem where the machine's firmware lets curtin refuse the partition for {@code /boot}. */
    void checkFirmware(boolean uefi, Problems problems) {
        if (boot != null && form == null && uefi) {
            refuseBootOnUefi(boot, problems);
        }
    }

    private static void refuseBootOnUefi(BootPartition boot, Problems problems) {
        problems.add(
                boot.location(),
                KEY + ": curtin refuses a " + BOOT + " beside an EFI system partition",
                "remove it, or write a storage section");
    }
}
