package dev.vmtest.cli;

import dev.vmtest.files.NewFile;
import dev.vmtest.text.PlainTrouble;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Write files from resources into a directory: all of them or none, and none that is there already. */
final class NewFiles {

    private final Path directory;
    private final Map<String, String> resources;

    /**
     * Describe the files.
     *
     * @param directory where they go; made if it is missing
     * @param resources the resource beside this class for each name below the directory
     */
    NewFiles(Path directory, Map<String, String> resources) {
        this.directory = directory;
        this.resources = resources;
    }

    /**
     * Write them.
     *
     * @return the files, in the order of their names
     * @throws UsageException with everything that is in the way; nothing is written then
     */
    List<Path> write() {
        List<Path> files = resources.keySet().stream()
                .sorted()
                .map(name -> directory.resolve(name).normalize())
                .toList();
        List<String> taken = files.stream()
                .filter(file -> Files.exists(file, LinkOption.NOFOLLOW_LINKS))
                .map(NewFiles::taken)
                .toList();
        if (!taken.isEmpty()) {
            throw new UsageException(taken);
        }
        List<Path> made = new ArrayList<>();
        Path current = directory;
        try {
            for (String name : resources.keySet().stream().sorted().toList()) {
                current = directory.resolve(name).normalize();
                makeDirectories(current.toAbsolutePath().getParent(), made);
                write(current, Objects.requireNonNull(resources.get(name)), made);
            }
            return files;
        } catch (FileAlreadyExistsException raced) {
            remove(made);
            throw new UsageException(taken(Path.of(raced.getFile())));
        } catch (IOException refused) {
            remove(made);
            throw new UsageException(current + " cannot be written: " + PlainTrouble.of(refused, current)
                    + "; name a directory that you may write to");
        }
    }

    private static String taken(Path file) {
        return file + " is there already and stays as it is; name another directory for the first test";
    }

    private static void makeDirectories(@Nullable Path wanted, List<Path> made) throws IOException {
        List<Path> missing = new ArrayList<>();
        for (Path path = wanted; path != null && Files.notExists(path); path = path.getParent()) {
            missing.add(0, path);
        }
        for (Path path : missing) {
            Files.createDirectory(path);
            made.add(path);
        }
    }

    private static void write(Path file, String resource, List<Path> made) throws IOException {
        try (InputStream content = Objects.requireNonNull(NewFiles.class.getResourceAsStream(resource));
                FileChannel channel = NewFile.create(file, NewFile.Readers.BY_UMASK)) {
            made.add(file);
            ByteBuffer rest = ByteBuffer.wrap(content.readAllBytes());
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
        }
    }

    /** What cannot be removed again is no worse than what is said anyway. */
    private static void remove(List<Path> made) {
        for (int index = made.size() - 1; index >= 0; index--) {
            try {
                Files.deleteIfExists(made.get(index));
            } catch (IOException left) {
                return;
            }
        }
    }
}
