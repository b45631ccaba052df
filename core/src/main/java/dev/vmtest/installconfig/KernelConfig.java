package dev.vmtest.installconfig;

import dev.vmtest.config.Location;
import dev.vmtest.config.MapReader;
import dev.vmtest.config.ScalarValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Describe which kernel the target gets.
 *
 * @param packageName the package to install, or null for the release's own
 * @param fallbackPackage what to install when nothing else fits, or null
 * @param mapping which package a running kernel stands for where none is named
 * @param install whether to install a kernel at all
 * @param remove packages to remove
 * @param removeExisting whether every other kernel is removed ({@code remove: existing})
 */
public record KernelConfig(
        Location location,
        @Nullable String packageName,
        @Nullable String fallbackPackage,
        List<KernelMapping> mapping,
        boolean install,
        List<String> remove,
        boolean removeExisting) {

    /** Read the {@code kernel} key. */
    static KernelConfig read(MapReader root) {
        MapReader reader = root.sectionWithUnderscores("kernel");
        boolean existing = reader.value("remove") instanceof ScalarValue scalar
                && scalar.text().equals("existing");
        KernelConfig kernel = new KernelConfig(
                reader.source().location(),
                reader.text("package"),
                reader.text("fallback_package"),
                KernelMapping.readAll(reader),
                reader.bool("install", true),
                existing ? List.of() : List.copyOf(reader.texts("remove")),
                existing);
        refuseUnread(reader, "flavor", "write 'package'");
        refuseUnread(reader, "remove_existing", "write 'remove: existing'");
        reader.refuseUnknown();
        return kernel;
    }

    private static void refuseUnread(MapReader reader, String key, String remedy) {
        reader.accept(key);
        if (reader.has(key)) {
            reader.problems()
                    .addUnlessLeftToInstaller(reader.at(key), "kernel: no installer reads '" + key + "'", remedy);
        }
    }
}
