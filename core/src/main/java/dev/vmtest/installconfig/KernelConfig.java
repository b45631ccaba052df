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
 * @param install whether to install a kernel at all
 * @param remove packages to remove
 * @param removeExisting whether every other kernel is removed ({@code remove: existing})
 */
public record KernelConfig(
        Location location,
        @Nullable String packageName,
        @Nullable String fallbackPackage,
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
                reader.bool("install", true),
                existing ? List.of() : List.copyOf(reader.texts("remove")),
                existing);
        reader.accept("mapping", "flavor", "remove_existing");
        if (reader.has("flavor")) {
            reader.problems()
                    .addUnlessLeftToInstaller(
                            reader.at("flavor"), "kernel: no installer reads 'flavor'", "write 'package'");
        }
        reader.refuseUnknown();
        return kernel;
    }
}
