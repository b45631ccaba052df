package dev.vmtest.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Find room for what a build makes on its way. */
public final class ScratchSpace {

    private static final int MEGABYTE = 1_000_000;
    private static final long MEMORY_FOR_OTHERS = 3_000_000_000L;

    private ScratchSpace() {}

    /** Not by way of the file store, which is found only where the mount point can be seen: not in a chroot. */
    private static long usableSpace(Path directory) {
        return directory.toFile().getUsableSpace();
    }

    /** Refuse if a directory's file system has less free than is needed. */
    public static void requireFree(Path directory, long bytes, String what) throws ImageException, IOException {
        long free = usableSpace(directory);
        if (free < bytes) {
            throw new ImageException(
                    "the file system of " + directory + " has " + free / MEGABYTE + " MB free, " + what + " needs "
                            + bytes / MEGABYTE + " MB",
                    "make room there, or set IMAGE_DIR or TMPDIR to another file system");
        }
    }

    /**
     * Choose where a root file system is made. Root's own namespaces see everything; a plain user's user namespace is
     * another user to the host, so every directory above must let others pass.
     */
    public static Path choose(Path preferred, boolean asRoot, Map<String, String> environment, long bytes)
            throws ImageException, IOException {
        List<Path> candidates = new ArrayList<>();
        // dpkg writes thousands of small files and waits for each; in memory that costs nothing.
        if (availableMemory() >= bytes + MEMORY_FOR_OTHERS) {
            candidates.add(Path.of("/dev/shm"));
        }
        candidates.add(preferred);
        String configured = environment.getOrDefault("TMPDIR", "");
        if (!configured.isEmpty()) {
            candidates.add(Path.of(configured).toAbsolutePath());
        }
        candidates.add(Path.of("/var/tmp"));
        candidates.add(Path.of("/tmp"));
        for (Path candidate : candidates) {
            if (Files.isDirectory(candidate)
                    && Files.isWritable(candidate)
                    && (asRoot || othersMayPass(candidate))
                    && usableSpace(candidate) >= bytes) {
                return candidate.toRealPath();
            }
        }
        throw new ImageException(
                "none of " + candidates + " has " + bytes / MEGABYTE + " MB free and lets other users pass",
                "set TMPDIR to such a directory");
    }

    private static long availableMemory() throws IOException {
        Path statistics = Path.of("/proc/meminfo");
        if (!Files.isReadable(statistics)) {
            return 0;
        }
        Pattern available = Pattern.compile("MemAvailable:\\s+(\\d+) kB");
        return Files.readAllLines(statistics).stream()
                .map(available::matcher)
                .filter(Matcher::matches)
                .mapToLong(matcher -> Long.parseLong(matcher.group(1)) * 1024)
                .findFirst()
                .orElse(0);
    }

    private static boolean othersMayPass(Path directory) throws IOException {
        for (Path path = directory.toRealPath(); path != null; path = path.getParent()) {
            if (!Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                return false;
            }
        }
        return true;
    }
}
