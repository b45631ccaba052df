package dev.vmtest.cli;

import dev.vmtest.guestfs.GuestImage;
import dev.vmtest.guestfs.GuestfsException;
import dev.vmtest.image.ImageException;
import dev.vmtest.session.ImageAccess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Run a command with an image's file systems mounted. */
@Command(
        name = "image-exec",
        description = {
            "Runs COMMAND with the file systems of IMAGE mounted at $$MOUNTPOINT, without root, and exits with its"
                    + " status.",
            "",
            "A squashfs or a disk with one file system is mounted itself; of a disk with an operating system, what"
                    + " that mounts. Libguestfs does the work in a small virtual machine.",
            "",
            "  vmtest image-exec disks/main_disk.img -- sh -c 'cp $$MOUNTPOINT/boot/* .'",
            "  vmtest image-exec --release bookworm -- sh -c 'ls $$MOUNTPOINT'",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ImageExecCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Parameters(index = "0", arity = "0..1", paramLabel = "IMAGE", description = "Image file; not with --release.")
    private @Nullable String image;

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "COMMAND", description = "Command; after --.")
    private List<String> command = List.of();

    @Option(
            names = {"-R", "--release"},
            paramLabel = "R",
            converter = ReleaseNames.Single.class,
            completionCandidates = ReleaseNames.Candidates.class,
            description = "Look into the root of the newest install image of this release, which stays as it is; IMAGE"
                    + " is left out then.")
    private @Nullable String release;

    @Option(names = "--add", paramLabel = "IMAGE", description = "Another disk of the same system; may be repeated.")
    private List<Path> more = List.of();

    @Option(
            names = {"-m", "--mount"},
            paramLabel = "DEVICE[:DIRECTORY]",
            description = "Mount this instead: /dev/sda2, /dev/sdb1:/srv, /dev/vg0/root. May be repeated, the root"
                    + " first.")
    private List<String> mounts = List.of();

    @Option(
            names = {"--read-only", "--ro"},
            description = "Change nothing in the image.")
    private boolean readOnly;

    @Option(names = "--format", paramLabel = "FORMAT", description = "Format of the images: ${COMPLETION-CANDIDATES}.")
    private GuestImage.@Nullable Format format;

    @Option(names = "--list", description = "Print the devices and their file systems instead.")
    private boolean list;

    ImageExecCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws GuestfsException, ImageException {
        List<String> words = new ArrayList<>(command);
        String file = image;
        if (release != null && file != null) {
            words.add(0, file);
        }
        requireSense(words);
        try (ImageAccess access = ImageAccess.open(invocation.surroundings())) {
            Path first = release == null ? Path.of(Terminal.required(file)) : access.root(release);
            List<GuestImage> images = Stream.concat(Stream.of(first), more.stream())
                    .map(path -> GuestImage.of(path, format))
                    .toList();
            if (list) {
                access.fileSystems(images).forEach(invocation.out()::println);
                return ExitStatus.SUCCESS;
            }
            return access.withMount(images, mounts, readOnly || release != null, words);
        }
    }

    private void requireSense(List<String> words) {
        if (image == null && release == null) {
            throw new UsageException("IMAGE is missing: name an image file, or an install image by --release");
        }
        if (words.isEmpty() != list) {
            throw new UsageException(
                    list
                            ? "--list runs no command; leave out '" + String.join(" ", words) + "'"
                            : "say a command after --, such as: -- ls -l $MOUNTPOINT");
        }
    }
}
