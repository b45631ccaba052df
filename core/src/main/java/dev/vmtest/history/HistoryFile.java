package dev.vmtest.history;

import dev.vmtest.text.PrintableJson;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keep the history in a file, one JSON document a line. Several runs may write to it at once; when it has grown too
 * large its older half goes. Lines are only added or the file is replaced, so a reader never sees half of one.
 *
 * @param path where it is; the directory is made when something is added
 */
public record HistoryFile(Path path) {

    /** About 20,000 tests. */
    private static final long LARGEST = 8L << 20;

    /** What lines of earlier versions do not have. */
    private static final String TOPDIR = "topdir";

    /** A lock of a file keeps out other processes only. */
    private static final Object THREADS = new Object();

    private static final JsonMapper JSON = PrintableJson.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    /**
     * Return what is kept. A line that no version writes, or only another one, is passed over.
     *
     * @throws IOException if a file is there that cannot be read
     */
    public History read() throws IOException {
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            return History.EMPTY;
        }
        return new History(
                lines().stream().flatMap(line -> entry(line).stream()).toList());
    }

    private static List<HistoryEntry> entry(String line) {
        try {
            JsonNode tree = JSON.readTree(line);
            if (tree instanceof ObjectNode older && !older.has(TOPDIR)) {
                older.put(TOPDIR, "");
            }
            HistoryEntry entry = JSON.treeToValue(tree, HistoryEntry.class);
            return entry == null || entry.format() != HistoryEntry.FORMAT ? List.of() : List.of(entry);
        } catch (JacksonException | IllegalArgumentException foreign) {
            return List.of();
        }
    }

    private List<String> lines() throws IOException {
        if (Files.size(path) > 2 * LARGEST) {
            throw new IOException(path + ": too large for a history (" + Files.size(path) + " bytes); remove it");
        }
        return new String(Files.readAllBytes(path), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    /**
     * Add what was learned.
     *
     * @throws IOException if it cannot be written; what was there stays
     */
    public void add(HistoryEntry entry) throws IOException {
        Path directory = path.toAbsolutePath().getParent();
        if (directory == null) {
            throw new IOException(path + ": no file can be there");
        }
        Files.createDirectories(directory);
        String line = JSON.writeValueAsString(entry) + "\n";
        synchronized (THREADS) {
            addLocked(line);
        }
    }

    private void addLocked(String line) throws IOException {
        try (FileChannel lock = open(path.resolveSibling(path.getFileName() + ".lock"));
                var held = lock.lock()) {
            if (!held.isValid()) {
                throw new IOException(path + ": its lock cannot be held");
            }
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && Files.size(path) > LARGEST) {
                forgetTheOlderHalf();
            }
            try (FileChannel file = open(path)) {
                var bytes = StandardCharsets.UTF_8.encode(line);
                while (bytes.hasRemaining()) {
                    file.write(bytes);
                }
            }
        }
    }

    private void forgetTheOlderHalf() throws IOException {
        List<String> all = lines();
        List<String> newer = new ArrayList<>(all.subList(all.size() / 2, all.size()));
        newer.add("");
        Path replacement = path.resolveSibling(path.getFileName() + ".new");
        Files.deleteIfExists(replacement);
        try (FileChannel file = open(replacement)) {
            var bytes = StandardCharsets.UTF_8.encode(String.join("\n", newer));
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        }
        Files.move(replacement, path, StandardCopyOption.ATOMIC_MOVE);
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(
                file,
                Set.of(
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.APPEND,
                        LinkOption.NOFOLLOW_LINKS),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
}
