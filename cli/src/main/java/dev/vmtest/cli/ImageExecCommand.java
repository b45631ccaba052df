package dev.vmtest.cli;

import dev.vmtest.guestfs.GuestImage;
import dev.vmtest.guestfs.GuestfsException;
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
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ImageExecCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Parameters(index = "0", paramLabel = "IMAGE", description = "Image file.")
    private @Nullable Path image;

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "COMMAND", description = "Command; after --.")
    private List<String> command = List.of();

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
    public Integer call() throws GuestfsException {
        if (command.isEmpty() != list) {
            throw new IllegalArgumentException(
                    list ? "--list runs no command" : "say a command after --, such as: -- ls -l $MOUNTPOINT");
        }
        List<GuestImage> images = new ArrayList<>();
        Stream.concat(Stream.of(Terminal.required(image)), more.stream())
                .forEach(file -> images.add(GuestImage.of(file, format)));
        try (ImageAccess access = ImageAccess.open(invocation.surroundings())) {
            if (list) {
                access.fileSystems(images).forEach(invocation.out()::println);
                return ExitStatus.SUCCESS;
            }
            return access.withMount(images, mounts, readOnly, command);
        }
    }
}
