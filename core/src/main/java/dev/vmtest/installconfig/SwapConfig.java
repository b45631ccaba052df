package dev.vmtest.installconfig;

import dev.vmtest.config.Location;
import dev.vmtest.config.MapReader;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.ScalarValue;
import dev.vmtest.config.Value;
import dev.vmtest.storage.Sizes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Describe the swap file.
 *
 * @param fileName absolute path in the target, or null for the installer's choice ({@code /swap.img})
 * @param size bytes; 0 asks for no swap file; null lets the installer choose by memory and disk
 * @param maximumSize bytes that a chosen size must not exceed, or null
 * @param force whether to make it also where the file system is known to be unfit
 */
public record SwapConfig(
        Location location,
        @Nullable String fileName,
        @Nullable Long size,
        @Nullable Long maximumSize,
        boolean force) {

    /** Read the {@code swap} key; null where it is absent, or switches the file off by being empty or false. */
    static @Nullable SwapConfig read(MapReader root) {
        Value value = root.value("swap");
        boolean off = value instanceof MapValue map
                ? map.entries().isEmpty()
                : value instanceof ScalarValue scalar
                        && (scalar.text().isEmpty() || Boolean.FALSE.equals(scalar.value()));
        if (value == null || off) {
            return null;
        }
        MapReader reader = root.section("swap");
        SwapConfig swap = new SwapConfig(
                reader.source().location(),
                fileName(reader),
                sizeOrAuto(reader, "size"),
                sizeOrAuto(reader, "maxsize"),
                reader.bool("force", false));
        reader.refuseUnknown();
        return swap;
    }

    /** A relative path begins at the target's root. */
    private static @Nullable String fileName(MapReader reader) {
        String name = reader.matching(
                "filename",
                text -> !text.isEmpty()
                        && !text.endsWith("/")
                        && !List.of(text.split("/", -1)).contains(".."),
                "the path of a file in the target, such as /swap.img");
        return name == null || name.startsWith("/") ? name : "/" + name;
    }

    private static @Nullable Long sizeOrAuto(MapReader reader, String key) {
        return "auto".equals(reader.value(key) instanceof ScalarValue scalar ? scalar.text() : null)
                ? null
                : Sizes.read(reader, key, 0);
    }
}
