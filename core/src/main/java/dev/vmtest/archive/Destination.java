package dev.vmtest.archive;

import dev.vmtest.text.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Write entries below one directory, and nowhere else.
 *
 * <p>Two rules keep that true. No path is followed through a symbolic link: each of its directories is a real one. And
 * a link is only made if {@code ..} appears at the beginning of its target alone and not too often: so following it, and
 * any links behind it, never climbs above the directory.
 */
final class Destination {

    /** Say why one entry is left out; the rest of the archive goes on. */
    static final class RefusedException extends Exception {
        RefusedException(String reason) {
            super(reason);
        }
    }

    private static final int CHUNK = 64 * 1024;

    private final Path root;
    private final TarLimits limits;

    Destination(Path root, TarLimits limits) throws IOException {
        this.root = Files.createDirectories(root).toRealPath();
        this.limits = limits;
    }

    /** Return the names of a path, without empty ones and dots; refuse what leaves the directory. */
    private List<String> names(String path) throws RefusedException {
        if (path.startsWith("/")) {
            throw new RefusedException("absolute path");
        }
        if (path.getBytes(StandardCharsets.UTF_8).length > limits.pathBytes()) {
            throw new RefusedException("path of more than " + limits.pathBytes() + " bytes");
        }
        List<String> names = new ArrayList<>();
        for (String name : path.split("/", -1)) {
            if (name.equals("..")) {
                throw new RefusedException("path with '..'");
            }
            if (!name.isEmpty() && !name.equals(".")) {
                names.add(name);
            }
        }
        if (names.size() > limits.depth()) {
            throw new RefusedException("path of more than " + limits.depth() + " names");
        }
        return names;
    }

    /** Return the place of a path whose directories are all real; make those that are missing. */
    private Path place(List<String> names) throws IOException, RefusedException {
        Path place = root;
        for (int i = 0; i < names.size() - 1; i++) {
            place = child(place, names.get(i));
            makeDirectory(place);
        }
        return names.isEmpty() ? root : child(place, names.get(names.size() - 1));
    }

    private static Path child(Path parent, String name) throws RefusedException {
        try {
            return parent.resolve(name);
        } catch (InvalidPathException impossible) {
            throw new RefusedException("a name that this host cannot have");
        }
    }

    private static void makeDirectory(Path directory) throws IOException, RefusedException {
        if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (Files.isSymbolicLink(directory)) {
            throw new RefusedException("path through a symbolic link");
        }
        if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            throw new RefusedException("path through something that is not a directory");
        }
        guarded(() -> Files.createDirectory(directory));
        Files.setPosixFilePermissions(directory, permissions(0755, true));
    }

    void directory(String path, int mode) throws IOException, RefusedException {
        List<String> names = names(path);
        if (names.isEmpty()) {
            return;
        }
        Path place = place(names);
        makeDirectory(place);
        Files.setPosixFilePermissions(place, permissions(mode, true));
    }

    /** Write a file; zeros become holes. A file or link of the same name is replaced, as tar does. */
    void file(String path, int mode, InputStream content) throws IOException, RefusedException {
        Path place = replaceable(path);
        guarded(() -> Files.createFile(place));
        try {
            try (FileChannel channel = FileChannel.open(place, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
                copy(content, channel);
            }
            Files.setPosixFilePermissions(place, permissions(mode, false));
        } catch (IOException | RuntimeException broken) {
            // A file that is cut off would look like a fact.
            Files.deleteIfExists(place);
            throw broken;
        }
    }

    private static void copy(InputStream content, FileChannel channel) throws IOException {
        byte[] chunk = new byte[CHUNK];
        long size = 0;
        for (int count = content.readNBytes(chunk, 0, CHUNK); count > 0; count = content.readNBytes(chunk, 0, CHUNK)) {
            if (!isZero(chunk, count)) {
                ByteBuffer bytes = ByteBuffer.wrap(chunk, 0, count);
                long at = size;
                while (bytes.hasRemaining()) {
                    at += channel.write(bytes, at);
                }
            }
            size += count;
        }
        if (channel.size() < size) {
            channel.write(ByteBuffer.allocate(1), size - 1);
        }
    }

    private static boolean isZero(byte[] bytes, int count) {
        for (int i = 0; i < count; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    void symbolicLink(String path, String target) throws IOException, RefusedException {
        List<String> names = names(path);
        if (target.startsWith("/")) {
            throw new RefusedException("symbolic link to an absolute path: " + Printable.word(target));
        }
        if (target.isEmpty() || target.getBytes(StandardCharsets.UTF_8).length > limits.pathBytes()) {
            throw new RefusedException("symbolic link without a sensible target");
        }
        int climbs = 0;
        boolean descended = false;
        for (String name : target.split("/", -1)) {
            if (name.equals("..")) {
                climbs++;
                if (descended || climbs > names.size() - 1) {
                    throw new RefusedException("symbolic link that may lead outside: " + Printable.word(target));
                }
            } else if (!name.isEmpty() && !name.equals(".")) {
                descended = true;
            }
        }
        Path place = replaceable(path);
        try {
            guarded(() -> Files.createSymbolicLink(place, Path.of(target)));
        } catch (InvalidPathException impossible) {
            throw new RefusedException("symbolic link to a name that this host cannot have");
        }
    }

    void hardLink(String path, String target) throws IOException, RefusedException {
        List<String> names = names(target);
        Path existing = root;
        for (String name : names) {
            if (!Files.isDirectory(existing, LinkOption.NOFOLLOW_LINKS)) {
                throw new RefusedException("hard link through something that is not a directory");
            }
            existing = child(existing, name);
        }
        if (!Files.isRegularFile(existing, LinkOption.NOFOLLOW_LINKS)) {
            throw new RefusedException(
                    "hard link to something that is not a file in the archive: " + Printable.word(target));
        }
        Path source = existing;
        if (names(path).equals(names)) {
            throw new RefusedException("hard link to itself");
        }
        Path place = replaceable(path);
        guarded(() -> Files.createLink(place, source));
    }

    /** Return a place where nothing is, by removing a file or link that was there. */
    private Path replaceable(String path) throws IOException, RefusedException {
        List<String> names = names(path);
        if (names.isEmpty()) {
            throw new RefusedException("no name");
        }
        Path place = place(names);
        if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
            throw new RefusedException("a directory of that name is there");
        }
        guarded(() -> Files.deleteIfExists(place));
        return place;
    }

    @FunctionalInterface
    private interface Change {
        Object run() throws IOException;
    }

    /** Turn the errors that a name of the archive can cause into a refusal; a full disk stays an error. */
    private static void guarded(Change change) throws IOException, RefusedException {
        try {
            var unused = change.run();
        } catch (FileSystemException wrong) {
            String reason = wrong.getReason() == null ? "" : wrong.getReason();
            if (reason.contains("name too long") || reason.contains("Invalid argument")) {
                throw new RefusedException("the host says: " + reason);
            }
            throw wrong;
        }
    }

    /** Let the owner read and write, nobody else write, and drop the set-id and sticky bits. */
    private static Set<PosixFilePermission> permissions(int mode, boolean directory) {
        int wanted = (mode & 0755) | (directory ? 0700 : 0600);
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] inOrder = PosixFilePermission.values();
        for (int i = 0; i < inOrder.length; i++) {
            // OWNER_READ is the first constant and the highest bit, 0400; OTHERS_EXECUTE the last, 0001.
            if ((wanted & (0400 >> i)) != 0) {
                permissions.add(inOrder[i]);
            }
        }
        return permissions;
    }
}
