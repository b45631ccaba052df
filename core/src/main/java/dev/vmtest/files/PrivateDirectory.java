package dev.vmtest.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Make directories that only their owner enters: mode 0700. */
public final class PrivateDirectory {

    private static final String MODE = "rwx------";

    private PrivateDirectory() {}

    /** Make a directory, or shut one that is there already. */
    public static Path create(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(MODE));
        }
        return Files.createDirectory(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(MODE)));
    }
}
