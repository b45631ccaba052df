package dev.vmtest.session;

import dev.vmtest.files.OwnUser;
import dev.vmtest.text.MistakeException;
import dev.vmtest.text.PlainTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Make the directory of a run, and take it back if the run cannot begin.
 *
 * <p>A directory that belongs to somebody else is refused: its owner could put links where files are to be made.
 *
 * @param path the directory, absolute
 * @param mode the permissions that it gets
 * @param isNamed whether somebody chose it; otherwise nothing may have its name when it is made
 */
record Topdir(Path path, Set<PosixFilePermission> mode, boolean isNamed) {

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private static final String REMEDY = "; name another directory with --topdir or CURTIN_VMTEST_TOPDIR";

    Topdir {
        path = path.toAbsolutePath().normalize();
    }

    /**
     * Make sure that it can be made, without making it.
     *
     * @return the nearest directory that exists: the topdir itself or one above it
     * @throws MistakeException if something is there that the user must decide about
     * @throws InfrastructureException if it cannot be written
     */
    Path check() {
        Path existing = look();
        requireWritable(existing);
        return existing;
    }

    /**
     * Make sure that it can be made as far as this is known without writing anything.
     *
     * @return as {@link #check} does
     * @throws MistakeException if something is there that the user must decide about
     */
    Path look() {
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw new MistakeException("the topdir " + path + " is a file; name a directory that is new or empty");
        }
        Path existing = nearest(path);
        if (!Files.isDirectory(existing)) {
            throw new MistakeException(
                    "the topdir " + path + " cannot be made because " + existing + " is a file" + REMEDY);
        }
        if (existing.equals(path)) {
            requireOwn();
            requireEmpty();
        }
        return existing;
    }

    /**
     * Make sure that it is the directory of an earlier run.
     *
     * @throws MistakeException if it is not there
     */
    void requireEarlierRun() {
        if (!Files.isDirectory(path)) {
            throw new MistakeException("there is no topdir " + path
                    + " to reuse; name the directory of an earlier run with --topdir or CURTIN_VMTEST_TOPDIR");
        }
    }

    private void requireOwn() {
        try {
            if (Files.isSymbolicLink(path) || !OwnUser.owns(path)) {
                throw new MistakeException("the topdir " + path + " is "
                        + (Files.isSymbolicLink(path) ? "a symbolic link" : "another user's directory")
                        + "; name a directory that is new or your own, such as " + path.resolve("run"));
            }
        } catch (IOException unreadable) {
            throw new InfrastructureException(
                    "the topdir " + path + " cannot be read: " + PlainTrouble.of(unreadable, path) + REMEDY);
        }
    }

    /** Permissions do not tell: root may write to /proc, and a read-only file system to nobody. */
    private void requireWritable(Path directory) {
        try {
            Files.delete(Files.createTempDirectory(directory, ".vmtest-"));
        } catch (IOException refused) {
            throw new InfrastructureException(
                    "the topdir " + path + " cannot be made: nothing can be written to " + directory + REMEDY, refused);
        }
    }

    private static Path nearest(Path path) {
        Path parent = path.getParent();
        return Files.exists(path) || parent == null ? path : nearest(parent);
    }

    private void requireEmpty() {
        try {
            if (!isEmpty()) {
                throw new MistakeException("the topdir " + path
                        + " is not empty; name a directory that is new or empty, or remove what is in it");
            }
        } catch (IOException unreadable) {
            throw new InfrastructureException(
                    "the topdir " + path + " cannot be read: " + PlainTrouble.of(unreadable, path) + REMEDY);
        }
    }

    private boolean isEmpty() throws IOException {
        try (Stream<Path> entries = Files.list(path)) {
            return entries.findAny().isEmpty();
        }
    }

    /**
     * Make it with the directories above it.
     *
     * @return the directories that were made, the deepest first
     * @throws InfrastructureException if it cannot be made; nothing is left then
     */
    List<Path> create() {
        List<Path> missing = new ArrayList<>();
        for (Path each = path; each != null && !Files.exists(each); each = each.getParent()) {
            missing.add(each);
        }
        try {
            Path parent = path.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            if (!isNamed || Files.notExists(path, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectory(path, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            }
            requireOwn();
            if (isEmpty()) {
                // Asked for here, because the umask would take some of it; an earlier run's directory stays as it is.
                Files.setPosixFilePermissions(path, mode);
            }
        } catch (IOException | MistakeException refused) {
            remove(missing);
            throw new InfrastructureException("the topdir " + path + " cannot be made: " + refused + REMEDY, refused);
        }
        return missing;
    }

    /** Remove directories that were made, as far as they are empty. */
    static void remove(List<Path> made) {
        for (Path directory : made) {
            try {
                Files.deleteIfExists(directory);
            } catch (IOException notEmpty) {
                return;
            }
        }
    }
}
