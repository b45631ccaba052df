package dev.vmtest.installconfig;

import dev.vmtest.config.Problems;
import dev.vmtest.storage.Format;
import dev.vmtest.storage.Mount;
import dev.vmtest.storage.StorageConfig;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Refuse files that can't be kept, because nothing preserves the file system that they lie on. */
final class KeptFileRules {

    private KeptFileRules() {}

    static void check(@Nullable StorageConfig storage, List<KeptFile> files, Problems problems) {
        for (KeptFile file : files) {
            Optional<Format> format = storage == null ? Optional.empty() : formatBelow(storage, file.path());
            if (format.isEmpty() || !format.get().preserve()) {
                problems.add(
                        file.location(),
                        "vmtest: " + file.path() + " can't be kept: the file system that it lies on is "
                                + format.map(found -> "made anew by '" + found.id() + "'")
                                        .orElse("not of this layout"),
                        "add 'preserve: true' to a format that is mounted above it, or take the file out of"
                                + " 'kept_files'");
            }
        }
    }

    /** Return what is mounted nearest above a path. */
    private static Optional<Format> formatBelow(StorageConfig storage, String path) {
        return storage.all(Mount.class).stream()
                .filter(mount -> isAbove(mount.path(), path))
                .max(Comparator.comparingInt(
                        mount -> String.valueOf(mount.path()).length()))
                .flatMap(mount -> Optional.ofNullable(mount.device()))
                .flatMap(storage::find)
                .filter(Format.class::isInstance)
                .map(Format.class::cast);
    }

    private static boolean isAbove(@Nullable String directory, String path) {
        return directory != null
                && (directory.equals("/") || path.startsWith(directory.endsWith("/") ? directory : directory + "/"));
    }
}
