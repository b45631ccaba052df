package dev.vmtest.installconfig;

import dev.vmtest.config.Location;
import dev.vmtest.config.MapReader;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.ScalarValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Say by a row of {@code kernel: {mapping: …}} which package a running kernel stands for.
 *
 * <p>Curtin splits the release of the kernel that runs the install at its first two {@code -}: {@code
 * 6.1.0-49-cloud-amd64} has the version {@code 6.1.0} and the flavor {@code cloud-amd64}. The row of the target's
 * codename and of that version names the package {@code linux-FLAVORSUFFIX} (curtin's {@code commands/curthooks.py}).
 *
 * @param codename the target's, such as {@code bookworm}
 * @param version what the kernel's release has before its first {@code -}
 * @param suffix what follows the flavor in the package's name; may be empty
 */
public record KernelMapping(Location location, String codename, String version, String suffix) {

    private static final String KEY = "mapping";

    static List<KernelMapping> readAll(MapReader kernel) {
        MapValue map = kernel.map(KEY);
        List<KernelMapping> rows = new ArrayList<>();
        if (map == null) {
            return rows;
        }
        map.entries().forEach((codename, entry) -> {
            if (!(entry.value() instanceof MapValue versions)) {
                refuse(kernel, entry.value().location(), codename, "have a mapping of versions to suffixes");
                return;
            }
            versions.entries().forEach((version, row) -> {
                if (row.value() instanceof ScalarValue scalar
                        && scalar.value() instanceof String suffix
                        && suffix.matches("[a-z0-9+.-]*")) {
                    rows.add(new KernelMapping(row.keyLocation(), codename, version, suffix));
                } else {
                    String must = "be the end of a package's name, such as '' or '-lts-xenial'";
                    refuse(kernel, row.value().location(), codename + "." + version, must);
                }
            });
        });
        return List.copyOf(rows);
    }

    private static void refuse(MapReader kernel, Location location, String path, String must) {
        kernel.problems().add(location, "kernel: '" + KEY + "." + path + "' must " + must);
    }

    /** Return the package that the row names for a kernel of a codename's system, or nothing where it is for others. */
    public Optional<String> packageFor(String system, String release) {
        String[] parts = release.split("-", 3);
        boolean fits = codename.equals(system) && parts.length == 3 && version.equals(parts[0]);
        return fits ? Optional.of("linux-" + parts[2] + suffix) : Optional.empty();
    }
}
