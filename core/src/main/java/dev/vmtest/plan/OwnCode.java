package dev.vmtest.plan;

import dev.vmtest.digest.Sha256;
import dev.vmtest.result.TestResult;
import dev.vmtest.testcase.TestCase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
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
            hash = Sha256.ofAll(places().stream().map(OwnCode::hash).toList());
            known = hash;
        }
        return hash;
    }

    /** Return the archives or directories of this code: what collects facts and says results lies apart from the rest. */
    static List<Path> places() {
        return Stream.of(TestCase.class, TestResult.class)
                .map(OwnCode::place)
                .distinct()
                .toList();
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
        return hash(place, name -> true);
    }

    /**
     * Return the hash over files of an archive or directory.
     *
     * @param counts says by its name below it which file counts
     * @throws UncheckedIOException if it cannot be read
     */
    static String hash(Path place, Predicate<String> counts) {
        try {
            if (Files.isDirectory(place)) {
                return hashTree(place, counts);
            }
            try (FileSystem archive = FileSystems.newFileSystem(place)) {
                return hashTree(archive.getPath("/"), counts);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the code in " + place + " cannot be read", unreadable);
        }
    }

    private static String hashTree(Path root, Predicate<String> counts) throws IOException {
        Sha256 digest = new Sha256();
        try (Stream<Path> files = Files.walk(root)) {
            List<Path> sorted = files.filter(Files::isRegularFile)
                    .filter(file -> isCode(root.relativize(file).toString()))
                    .filter(file -> counts.test(root.relativize(file).toString()))
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
