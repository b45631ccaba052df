package dev.vmtest.disk;

import dev.vmtest.files.NewFile;
import dev.vmtest.process.Command;
import dev.vmtest.process.ProcessException;
import dev.vmtest.process.Processes;
import dev.vmtest.text.PlainTrouble;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Make the image files behind disks: sparse raw files, overlays, copies, and the packed form that is kept.
 *
 * <p>No method replaces a file that is there, and none leaves half of one behind.
 */
public final class DiskImages {

    /** The name of the archive that {@link #pack} writes. */
    public static final String PACKED = "disks.tar";

    private static final Duration TOOL_TIMEOUT = Duration.ofMinutes(30);

    /** Tell how many bytes can still be written below a directory. */
    @FunctionalInterface
    public interface FreeSpace {

        /** Tell it of this host. */
        FreeSpace OF_HOST = DiskImages::usableSpace;

        long bytes(Path directory) throws IOException;
    }

    private final Processes processes;
    private final FreeSpace freeSpace;

    /** Make images with the host's tools. */
    public DiskImages(Processes processes) {
        this(processes, FreeSpace.OF_HOST);
    }

    public DiskImages(Processes processes, FreeSpace freeSpace) {
        this.processes = processes;
        this.freeSpace = freeSpace;
    }

    /** Not by way of the file store, which is found only where the mount point can be seen: not in a chroot. */
    private static long usableSpace(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new NotDirectoryException(directory.toString());
        }
        return directory.toFile().getUsableSpace();
    }

    /**
     * Create a raw image that takes no space until a guest writes to it.
     *
     * @param bytes its size; more than 0
     */
    public void createRaw(Path image, long bytes) throws DiskException {
        if (bytes <= 0) {
            throw new IllegalArgumentException("a disk of " + bytes + " bytes: " + image);
        }
        whole(image, () -> {
            NewFile.create(image, NewFile.Readers.OWNER).close();
            try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
                file.setLength(bytes);
            }
        });
    }

    /**
     * Create a qcow2 image that shows another image and keeps what is written to itself.
     *
     * @param backing the image below, which must not change from now on
     * @param backingFormat its format, {@code raw} or {@code qcow2}; QEMU must not guess it from bytes that a guest
     *     wrote
     */
    public void createOverlay(Path overlay, Path backing, String backingFormat) throws DiskException {
        requireAbsent(overlay);
        Command command = Command.of("qemu-img", "create", "-q", "-f", "qcow2", "-F", backingFormat)
                .with(
                        "-b",
                        backing.toAbsolutePath().toString(),
                        overlay.toAbsolutePath().toString());
        whole(overlay, () -> processes.run(command, TOOL_TIMEOUT).requireSuccess());
    }

    /** Copy an image; what is zero takes no space in the copy. */
    public void copySparse(Path from, Path to) throws DiskException {
        requireAbsent(to);
        Command command = Command.of("cp", "--sparse=always", "--reflink=auto", "--", from.toString(), to.toString());
        whole(to, () -> processes.run(command, TOOL_TIMEOUT).requireSuccess());
    }

    /**
     * Fail unless a file system has room.
     *
     * @param directory an existing directory on it
     * @param bytes what will really be written; the size of sparse images need not fit
     */
    public void requireFree(Path directory, long bytes) throws DiskException {
        long available;
        try {
            available = freeSpace.bytes(directory);
        } catch (IOException unreadable) {
            throw new DiskException(
                    "cannot tell the free space of " + directory + ": " + PlainTrouble.of(unreadable, directory),
                    "",
                    unreadable);
        }
        if (available < bytes) {
            throw new DiskException(
                    "not enough space in " + directory + ": " + size(bytes) + " needed, " + size(available)
                            + " available",
                    "free some, or choose another place with CURTIN_VMTEST_TOPDIR or TMPDIR");
        }
    }

    /**
     * Pack all {@code *.img} files of a directory sparsely into {@value #PACKED} beside them, and remove them.
     *
     * <p>The images stay if anything fails. A directory without images stays as it is.
     *
     * @return the images that were packed
     */
    public List<Path> pack(Path directory) throws DiskException {
        List<Path> images;
        try (Stream<Path> files = Files.list(directory)) {
            images = files.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().endsWith(".img"))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new DiskException(
                    "cannot list " + directory + ": " + PlainTrouble.of(unreadable, directory), "", unreadable);
        }
        if (images.isEmpty()) {
            return images;
        }
        Path packed = directory.resolve(PACKED);
        requireAbsent(packed);
        Path unfinished = directory.resolve(PACKED + ".part");
        List<String> arguments = new ArrayList<>(
                List.of("tar", "--create", "--sparse", "--file=" + unfinished.toAbsolutePath(), "--force-local"));
        arguments.addAll(List.of("--directory=" + directory.toAbsolutePath(), "--"));
        // A leading "./": no file name is taken for an option or a list of names.
        images.forEach(image -> arguments.add("./" + image.getFileName()));
        whole(unfinished, () -> {
            processes.run(Command.of(arguments), TOOL_TIMEOUT).requireSuccess();
            Files.move(unfinished, packed, StandardCopyOption.ATOMIC_MOVE);
            for (Path image : images) {
                Files.delete(image);
            }
        });
        return images;
    }

    @FunctionalInterface
    private interface Creation {
        void run() throws IOException, ProcessException;
    }

    /** Run what makes a file; if it fails, remove the beginning of that file. */
    private static void whole(Path file, Creation creation) throws DiskException {
        try {
            creation.run();
        } catch (FileAlreadyExistsException there) {
            throw alreadyThere(file);
        } catch (IOException refused) {
            throw notMade(file, PlainTrouble.of(refused, file), refused);
        } catch (ProcessException failed) {
            throw notMade(file, String.valueOf(failed.getMessage()), failed);
        }
    }

    private static DiskException notMade(Path file, String why, Exception cause) {
        DiskException problem =
                new DiskException("cannot make " + file + ": " + why, "see whether the file system is full", cause);
        try {
            Files.deleteIfExists(file);
        } catch (IOException stuck) {
            problem.addSuppressed(stuck);
        }
        return problem;
    }

    private static void requireAbsent(Path file) throws DiskException {
        if (Files.exists(file)) {
            throw alreadyThere(file);
        }
    }

    private static DiskException alreadyThere(Path file) {
        return new DiskException(file + " is there already", "remove it or choose another directory");
    }

    private static String size(long bytes) {
        if (bytes < 1 << 20) {
            return bytes + " bytes";
        }
        return bytes < 1 << 30
                ? String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (1 << 20))
                : String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1 << 30));
    }
}
