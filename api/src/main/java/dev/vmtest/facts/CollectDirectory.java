package dev.vmtest.facts;

import dev.vmtest.text.PlainTrouble;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Read files of one collect directory and of no other place. */
final class CollectDirectory {

    /** Twice what our own scripts can write, so that an author's file fits too. */
    private static final int LIMIT = 2 * CollectScripts.FILE_LIMIT;

    private static final int MAXIMUM_LISTED = 10_000;

    private final Path root;

    CollectDirectory(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    Path root() {
        return root;
    }

    boolean has(String path) {
        Path file = locate(path);
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                || Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
    }

    String text(String path) {
        return new String(bytes(path), StandardCharsets.UTF_8);
    }

    byte[] bytes(String path) {
        Path file = locate(path);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new NotCollectedException(path + " was not collected");
        }
        try (InputStream stream = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] content = stream.readNBytes(LIMIT + 1);
            if (content.length > LIMIT) {
                throw new NotCollectedException(path + " is larger than " + LIMIT + " bytes");
            }
            return content;
        } catch (NoSuchFileException exception) {
            throw new NotCollectedException(path + " was not collected");
        } catch (IOException exception) {
            throw new NotCollectedException(path + " cannot be read: " + PlainTrouble.of(exception));
        }
    }

    /** Return the names of the files directly in a directory, sorted; none if it is absent. */
    List<String> files(String path) {
        Path directory = locate(path);
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(entry -> Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS))
                    .map(entry -> entry.getFileName().toString())
                    .limit(MAXIMUM_LISTED)
                    .sorted()
                    .toList();
        } catch (IOException exception) {
            throw new NotCollectedException(path + " cannot be listed: " + PlainTrouble.of(exception));
        }
    }

    /** Resolve a relative path; refuse whatever is not plainly below the root, links included. */
    private Path locate(String path) {
        Path resolved;
        try {
            resolved = root.resolve(path).normalize();
        } catch (InvalidPathException exception) {
            throw new NotCollectedException("'" + path + "' is no file name");
        }
        if (path.startsWith("/") || !resolved.startsWith(root)) {
            throw new NotCollectedException("'" + path + "' is not below the collect directory");
        }
        Path step = root;
        for (Path part : root.relativize(resolved)) {
            step = step.resolve(part);
            if (Files.isSymbolicLink(step)) {
                throw new NotCollectedException(path + " is a symbolic link, which is not followed");
            }
        }
        return resolved;
    }
}
