package dev.vmtest.plan;

import dev.vmtest.testcase.TestCase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Know the code of this vmtest: a hash over its classes and resources, whatever archive or directory they come from.
 * Who builds the same sources has the same hash; a commit that changes a page only has no other one.
 */
final class OwnCode {

    /** What says which commit was built, and by what the archive was made. */
    private static final List<String> NO_CODE = List.of("version.txt", "META-INF/MANIFEST.MF", "META-INF/maven/");

    private static @Nullable String known;

    private OwnCode() {}

    /**
     * Return the hash; it is made once.
     *
     * @throws UncheckedIOException if the code cannot be read
     */
    static synchronized String hash() {
        String hash = known;
        if (hash == null) {
            hash = hash(place(TestCase.class));
            known = hash;
        }
        return hash;
    }

    /** Return the archive or directory of a class. */
    static Path place(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException("no file is named like that", impossible);
        }
    }

    static String hash(Path place) {
        try {
            if (Files.isDirectory(place)) {
                return hashTree(place);
            }
            try (FileSystem archive = FileSystems.newFileSystem(place)) {
                return hashTree(archive.getPath("/"));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the code of vmtest cannot be read", unreadable);
        }
    }

    private static String hashTree(Path root) throws IOException {
        Digest digest = new Digest();
        try (Stream<Path> files = Files.walk(root)) {
            List<Path> sorted = files.filter(Files::isRegularFile)
                    .filter(file -> isCode(root.relativize(file).toString()))
                    .sorted((one, other) -> root.relativize(one)
                            .toString()
                            .compareTo(root.relativize(other).toString()))
                    .toList();
            for (Path file : sorted) {
                digest.add(root.relativize(file).toString()).add(Files.readAllBytes(file));
            }
        }
        return digest.hex();
    }

    private static boolean isCode(String name) {
        return NO_CODE.stream().noneMatch(other -> name.endsWith(other) || name.startsWith(other));
    }
}
