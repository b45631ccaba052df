package dev.vmtest.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Make files. A link that waits at a file's name is never followed: {@link #create} fails, the methods that replace
 * remove the link itself, and {@link #append} and those that open refuse it (open(2), {@code O_EXCL} and
 * {@code O_NOFOLLOW}).
 */
public final class NewFile {

    private static final Set<OpenOption> NEW =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

    private NewFile() {}

    /** Say who may read a file. */
    public enum Readers {
        /** Nobody but its owner: mode 0600. */
        OWNER,

        /** Whomever the umask and the directory leave: it holds nothing secret. */
        BY_UMASK;

        private FileAttribute<?>[] attributes() {
            return switch (this) {
                case OWNER ->
                    new FileAttribute<?>[] {
                        PosixFilePermissions.asFileAttribute(
                                Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE))
                    };
                case BY_UMASK -> new FileAttribute<?>[0];
            };
        }
    }

    /**
     * Make a file.
     *
     * @throws FileAlreadyExistsException if anything has its name
     */
    public static FileChannel create(Path file, Readers readers) throws IOException {
        return FileChannel.open(file, NEW, readers.attributes());
    }

    /** Make a file in the place of one that has its name; another link to that one keeps it as it was. */
    public static FileChannel replace(Path file, Readers readers) throws IOException {
        Files.deleteIfExists(file);
        return create(file, readers);
    }

    /** Write a file that only its owner reads, in the place of one that has its name. */
    public static Path write(Path file, byte[] content) throws IOException {
        return write(file, content, Readers.OWNER);
    }

    /** Write a text as UTF-8 to a file that only its owner reads, in the place of one that has its name. */
    public static Path write(Path file, String content) throws IOException {
        return write(file, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Write a file in the place of one that has its name. */
    public static Path write(Path file, byte[] content, Readers readers) throws IOException {
        try (FileChannel channel = replace(file, readers)) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }
        return file;
    }

    /** Write to a file that only its owner reads, in the place of one that has its name. */
    public static OutputStream stream(Path file) throws IOException {
        return Channels.newOutputStream(replace(file, Readers.OWNER));
    }

    /**
     * Write to the end of a file; one that is made is for its owner only.
     *
     * @throws IOException if a link is there, or a file that somebody else owns or has a second name for: who put it
     *     there decides where the text goes
     */
    public static OutputStream append(Path file) throws IOException {
        try {
            return Channels.newOutputStream(create(file, Readers.OWNER));
        } catch (FileAlreadyExistsException taken) {
            requireOwn(file);
            return Channels.newOutputStream(FileChannel.open(
                    file, Set.of(StandardOpenOption.WRITE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS)));
        }
    }

    /**
     * Open a file to write anywhere in it; one that is made is for its owner only, and what is in it stays.
     *
     * @throws IOException under the conditions of {@link #append}
     */
    public static FileChannel open(Path file) throws IOException {
        try {
            return create(file, Readers.OWNER);
        } catch (FileAlreadyExistsException taken) {
            requireOwn(file);
            return FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        }
    }

    /**
     * Open a file that others may own and nobody writes to, for its lock; one that is made is left to the umask.
     *
     * @param options how it is opened if it is there
     * @throws IOException if a link is there
     */
    public static FileChannel openForLock(Path file, Set<StandardOpenOption> options) throws IOException {
        requireNoLink(file);
        Set<OpenOption> withoutLinks = new HashSet<>(options);
        withoutLinks.add(LinkOption.NOFOLLOW_LINKS);
        return FileChannel.open(file, withoutLinks);
    }

    private static void requireNoLink(Path file) throws IOException {
        if (Files.isSymbolicLink(file)) {
            throw new IOException(file + " is a symbolic link; name the file itself, or remove the link");
        }
    }

    private static void requireOwn(Path file) throws IOException {
        requireNoLink(file);
        Map<String, Object> attributes =
                Files.readAttributes(file, "unix:uid,nlink,isRegularFile", LinkOption.NOFOLLOW_LINKS);
        if (!Boolean.TRUE.equals(attributes.get("isRegularFile"))) {
            // A terminal, a pipe or /dev/null, which keeps nothing.
            return;
        }
        if (!Integer.valueOf(1).equals(attributes.get("nlink"))) {
            throw new IOException(file + " has a second name (a hard link); remove it, or name another file");
        }
        if (!Integer.valueOf(OwnUser.number()).equals(attributes.get("uid"))) {
            throw new IOException(file + " belongs to another user; name another file");
        }
    }
}
