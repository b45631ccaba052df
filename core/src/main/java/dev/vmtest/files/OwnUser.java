package dev.vmtest.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Know who runs this JVM. */
public final class OwnUser {

    private static final Path SELF = Path.of("/proc/self");

    private OwnUser() {}

    /** Return the number of the user: {@code /proc/self} belongs to the effective one (proc(5)). */
    public static int number() throws IOException {
        return (Integer) Files.getAttribute(SELF.toRealPath(), "unix:uid");
    }

    /** Return whether a file or a directory is this user's; a link is judged itself. */
    public static boolean owns(Path file) throws IOException {
        return Integer.valueOf(number()).equals(Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS));
    }
}
