package dev.vmtest.passes;

import dev.vmtest.digest.Sha256;
import dev.vmtest.files.NewFile;
import dev.vmtest.result.UnitPlace;
import dev.vmtest.text.PrintableJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keep passes in a directory, one file each. Files are only added whole, replaced whole or removed, so that any number of
 * runs on any number of machines may use it at once; no lock is needed.
 */
public final class PassStore {

    /** A pass is about 500 bytes. */
    private static final int LARGEST_FILE = 32 << 10;

    /** All files together; the oldest go first. */
    static final long LARGEST = 64L << 20;

    /** So many names are looked at, of which all could be somebody else's. */
    private static final int MOST_NAMES = 200_000;

    /** Machines that share a directory may disagree about the time by so much. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(10);

    private static final Duration BETWEEN_PRUNINGS = Duration.ofHours(1);
    private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}\\.json");
    private static final Pattern UNFINISHED = Pattern.compile("\\.[0-9a-f]{64}\\.json\\.[0-9a-f-]{36}\\.unfinished");
    private static final String PRUNED = ".pruned";

    private static final JsonMapper JSON = PrintableJson.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Path directory;
    private final Duration age;
    private final InstantSource clock;

    /**
     * Use a directory, which is made when something is added.
     *
     * @param age how long a pass counts
     * @param clock the time of day
     */
    public PassStore(Path directory, Duration age, InstantSource clock) {
        this.directory = directory;
        this.age = age;
        this.clock = clock;
    }

    /**
     * Return the pass of a unit. A file that answers something else, or that vmtest did not write so, is none.
     *
     * @param unit the id of the unit
     * @param key the hash of its inputs
     * @param place the QEMU and the processor
     * @throws IOException if a file is there that cannot be read
     */
    public Optional<Pass> find(String unit, String key, UnitPlace place) throws IOException {
        Instant now = clock.instant();
        return read(file(key, place))
                .filter(pass -> pass.isWhole() && pass.answers(unit, key, place))
                .filter(pass -> pass.moment()
                        .filter(at -> at.isAfter(now.minus(age)) && at.isBefore(now.plus(CLOCKS_DIFFER)))
                        .isPresent());
    }

    private static Optional<Pass> read(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try (InputStream stream = Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            byte[] json = stream.readNBytes(LARGEST_FILE + 1);
            return json.length > LARGEST_FILE
                    ? Optional.empty()
                    : Optional.ofNullable(JSON.readValue(json, Pass.class));
        } catch (NoSuchFileException pruned) {
            return Optional.empty();
        } catch (JacksonException | IllegalArgumentException foreign) {
            return Optional.empty();
        }
    }

    /**
     * Keep a pass, in the place of an older one.
     *
     * @throws IOException if it cannot be written; the older one is then as it was
     */
    public void add(Pass pass) throws IOException {
        Files.createDirectories(directory);
        Path file = file(pass.proof().key(), pass.place());
        // Several machines may write one file at once, and their process numbers may be the same.
        Path unfinished = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".unfinished");
        try {
            var unused = NewFile.write(unfinished, JSON.writeValueAsBytes(pass), NewFile.Readers.BY_UMASK);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /** Forget a pass: the same has failed since. */
    public void remove(String key, UnitPlace place) throws IOException {
        Files.deleteIfExists(file(key, place));
    }

    /** Hold one file of the store while it is decided which go. */
    private record Found(Path file, Instant changed, long size) {}

    /**
     * Remove what is too old to count, and the oldest of what is too much. Of many runs one does it, once in an hour;
     * files with other names are left.
     *
     * @return how many passes were removed
     */
    public int prune() throws IOException {
        Path stamp = directory.resolve(PRUNED);
        if (!Files.isDirectory(directory) || isRecent(stamp)) {
            return 0;
        }
        var unused = NewFile.write(stamp, new byte[0], NewFile.Readers.BY_UMASK);
        List<Found> found = found();
        found.sort(Comparator.comparing(Found::changed));
        long left = found.stream().mapToLong(Found::size).sum();
        Instant oldest = clock.instant().minus(age);
        int removed = 0;
        for (Found each : found) {
            if (each.changed().isBefore(oldest) || left > LARGEST) {
                Files.deleteIfExists(each.file());
                left -= each.size();
                removed++;
            }
        }
        return removed;
    }

    private boolean isRecent(Path stamp) {
        try {
            Instant last =
                    Files.getLastModifiedTime(stamp, LinkOption.NOFOLLOW_LINKS).toInstant();
            return last.isAfter(clock.instant().minus(BETWEEN_PRUNINGS));
        } catch (IOException never) {
            return false;
        }
    }

    /** Return the passes; what a killed run has left unfinished is removed on the way. */
    private List<Found> found() throws IOException {
        List<Found> found = new ArrayList<>();
        Instant abandoned = clock.instant().minus(BETWEEN_PRUNINGS);
        int names = 0;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                if (++names > MOST_NAMES) {
                    break;
                }
                String name = String.valueOf(entry.getFileName());
                if (NAME.matcher(name).matches()) {
                    look(entry).ifPresent(found::add);
                } else if (UNFINISHED.matcher(name).matches()
                        && look(entry)
                                .filter(file -> file.changed().isBefore(abandoned))
                                .isPresent()) {
                    Files.deleteIfExists(entry);
                }
            }
        } catch (DirectoryIteratorException trouble) {
            throw trouble.getCause();
        }
        return found;
    }

    private static Optional<Found> look(Path file) {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return attributes.isDirectory()
                    ? Optional.empty()
                    : Optional.of(new Found(file, attributes.lastModifiedTime().toInstant(), attributes.size()));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /** The name says what is asked and not what was said: nobody else's word is part of a path. */
    private Path file(String key, UnitPlace place) {
        return directory.resolve(Sha256.ofAll(List.of(key, place.qemu(), place.cpu())) + ".json");
    }
}
