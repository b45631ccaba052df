package dev.vmtest.machine.snapshot;

import dev.vmtest.files.NewFile;
import dev.vmtest.machine.Snapshot;
import dev.vmtest.process.FileTree;
import dev.vmtest.text.PlainTrouble;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Know the files of one snapshot: the state, and what it looked like when it was whole.
 *
 * <p>The checksum is CRC-32: it is to find what a disk or a full file system has damaged, and the JVM
 * computes it as fast as it reads, also before its compilers are warm. The state is not compressed:
 * unpacking takes longer than reading it from the page cache.
 */
public final class SnapshotFile {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String DESCRIPTION = "snapshot.json";
    /** Is there while the last machine that was resumed from it had a silent agent. */
    private static final String SILENT = "silent";

    private static final int BUFFER = 1 << 20;

    private SnapshotFile() {}

    /** Write down what the state looks like. */
    static void describe(Path directory, String key) throws IOException {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("key", key);
        description.put("size", Files.size(Snapshot.stateIn(directory)));
        description.put("crc32", checksum(Snapshot.stateIn(directory)));
        NewFile.write(directory.resolve(DESCRIPTION), JSON.writeValueAsString(description));
    }

    /**
     * Read all of the state and return what is wrong with it.
     *
     * @throws IOException if it cannot be read, which says nothing about it
     */
    static Optional<String> damage(Path directory, String key) throws IOException {
        try {
            JsonNode description = JSON.readTree(Files.readString(directory.resolve(DESCRIPTION)));
            if (!description.path("key").asString("").equals(key)) {
                return Optional.of("it is valid for something else");
            }
            long size = Files.size(Snapshot.stateIn(directory));
            if (size != description.path("size").asLong(-1)) {
                return Optional.of("its state has " + size + " bytes, not "
                        + description.path("size").asLong(-1));
            }
            return checksum(Snapshot.stateIn(directory))
                            == description.path("crc32").asLong(-1)
                    ? Optional.empty()
                    : Optional.of("its state is not what was written");
        } catch (NoSuchFileException missing) {
            return Optional.of("a file of it is missing");
        } catch (JacksonException garbage) {
            return Optional.of("its description cannot be read: " + PlainTrouble.of(garbage));
        }
    }

    /** Note that the agent of a machine was silent; return whether that of the one before was so, too. */
    static boolean noteSilence(Path directory) throws IOException {
        try {
            NewFile.create(directory.resolve(SILENT), NewFile.Readers.OWNER).close();
            return false;
        } catch (FileAlreadyExistsException again) {
            return true;
        }
    }

    /** Note that the agent of a machine has answered. */
    static void noteAnswer(Path directory) throws IOException {
        Files.deleteIfExists(directory.resolve(SILENT));
    }

    /** Remove the snapshot; whoever reads it at this moment has it to the end. */
    static void delete(Path directory) throws IOException {
        // First of all what makes it a snapshot.
        Files.deleteIfExists(directory.resolve(DESCRIPTION));
        FileTree.delete(directory);
    }

    private static long checksum(Path file) throws IOException {
        CRC32 checksum = new CRC32();
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
        try (FileChannel channel = FileChannel.open(file)) {
            while (channel.read(buffer) >= 0) {
                checksum.update(buffer.flip());
                buffer.clear();
            }
        }
        return checksum.getValue();
    }
}
