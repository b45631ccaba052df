package dev.vmtest.guestfs;

import dev.vmtest.files.NewFile;
import dev.vmtest.process.Command;
import dev.vmtest.process.ProcessException;
import dev.vmtest.process.Processes;
import dev.vmtest.process.Running;
import dev.vmtest.process.TemporaryDirectory;
import dev.vmtest.text.MistakeException;
import dev.vmtest.text.PlainTrouble;
import dev.vmtest.text.TextResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Open images with libguestfs. Its appliance is a virtual machine of its own, which ends with each call. */
public final class Guestfs {

    private static final String PROGRAM = read("with-mount.sh");
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final Processes processes;
    private final Path temporaryParent;
    private final boolean emulate;

    /**
     * Make it for this host.
     *
     * @param temporaryParent where scratch directories are made
     * @param emulate whether the appliance must not use KVM
     */
    public Guestfs(Processes processes, Path temporaryParent, boolean emulate) {
        this.processes = processes;
        this.temporaryParent = temporaryParent;
        this.emulate = emulate;
    }

    /**
     * Run a command on the terminal while the file systems of images are mounted at {@code $MOUNTPOINT}.
     *
     * @param images the disks of one system, the first first
     * @param mounts what is mounted, as guestmount's {@code --mount} has it: device and, after a colon, where; empty
     *     for what the system itself mounts
     * @param readOnly whether nothing may be written to the images
     * @param command the program and its arguments
     * @return the exit status of the command
     * @throws MistakeException if a mount is not understood
     * @throws GuestfsException if the images cannot be mounted
     */
    public int withMount(List<GuestImage> images, List<String> mounts, boolean readOnly, List<String> command)
            throws GuestfsException {
        requireDevices(mounts);
        try (TemporaryDirectory scratch = TemporaryDirectory.create(temporaryParent, "vmtest-image-")) {
            Command mount = libguestfs(mountArguments(images, mounts, readOnly, scratch.path()));
            NewFile.write(scratch.path().resolve("mount"), "exec " + asEnvironment(mount) + "\n");
            List<String> words = new ArrayList<>(List.of(
                    "sh", "-c", PROGRAM, "vmtest-image-exec", scratch.path().toString()));
            words.addAll(command);
            int status;
            try (Running running = processes.startInteractive(Command.of(words))) {
                status = running.exit().join();
            }
            if (Files.exists(scratch.path().resolve("missing"))) {
                throw missing(
                        Files.readString(scratch.path().resolve("missing")).strip(),
                        "guestmount libguestfs-tools",
                        null);
            }
            if (Files.exists(scratch.path().resolve("failed"))) {
                throw new GuestfsException(
                        explain(images, Files.readString(scratch.path().resolve("mount.log"))));
            }
            return status;
        } catch (IOException trouble) {
            throw new GuestfsException("cannot prepare the mount of an image: " + PlainTrouble.of(trouble), trouble);
        } catch (ProcessException trouble) {
            throw new GuestfsException(String.valueOf(trouble.getMessage()), trouble);
        }
    }

    /**
     * Return the file systems of images, each as {@code device: type}.
     *
     * @throws GuestfsException if the images cannot be opened
     */
    public List<String> fileSystems(List<GuestImage> images) throws GuestfsException {
        List<String> words = new ArrayList<>(List.of("guestfish", "--ro"));
        addImages(words, images);
        words.addAll(List.of("run", ":", "list-filesystems"));
        return run(libguestfs(words)).lines().toList();
    }

    /**
     * Change an installed system.
     *
     * @param images its disks
     * @param changes arguments of virt-customize
     * @throws GuestfsException if it cannot be changed
     */
    void customize(List<GuestImage> images, List<String> changes) throws GuestfsException {
        List<String> words = new ArrayList<>(List.of("virt-customize", "--quiet", "--no-network"));
        addImages(words, images);
        words.addAll(changes);
        run(libguestfs(words));
    }

    private String run(Command command) throws GuestfsException {
        try {
            return processes.run(command, LIMIT).requireSuccess().stdout();
        } catch (ProcessException trouble) {
            if (trouble.reason() == ProcessException.Reason.MISSING) {
                throw missing(command.program(), "libguestfs-tools", trouble);
            }
            throw new GuestfsException(trouble.problem() + remedy(trouble.problem()), trouble);
        }
    }

    private static GuestfsException missing(String program, String packages, @Nullable Exception cause) {
        String message = program + " is not installed; install it with 'apt-get install " + packages + "'";
        return cause == null ? new GuestfsException(message) : new GuestfsException(message, cause);
    }

    /** A device without /dev/ is no file to guestmount, which would say so only after its machine has booted. */
    private static void requireDevices(List<String> mounts) {
        for (String mount : mounts) {
            String[] parts = mount.split(":", 3);
            if (!parts[0].matches("/dev/.+")) {
                String bare = parts[0].replaceAll("^/+", "");
                throw new MistakeException("--mount " + mount + ": '" + parts[0] + "' is no device; "
                        + (bare.matches("(?!dev/)[A-Za-z][A-Za-z0-9_.+/-]*")
                                ? "write /dev/" + bare + mount.substring(parts[0].length())
                                : "write it like /dev/sda1 or /dev/vg0/root:/srv")
                        + "; --list shows what there is");
            }
            if (parts.length > 1 && !parts[1].startsWith("/")) {
                throw new MistakeException("--mount " + mount + ": the directory '" + parts[1]
                        + "' does not begin with /; write " + parts[0] + ":/" + parts[1]);
            }
        }
    }

    static List<String> mountArguments(List<GuestImage> images, List<String> mounts, boolean readOnly, Path scratch) {
        boolean isSquashfs = images.get(0).content() == GuestImage.Content.SQUASHFS;
        List<String> words =
                new ArrayList<>(List.of("guestmount", "--no-fork", "--fd=3", readOnly || isSquashfs ? "--ro" : "--rw"));
        addImages(words, images);
        if (mounts.isEmpty()) {
            words.addAll(
                    images.get(0).content() == GuestImage.Content.DISK ? List.of("-i") : List.of("-m", "/dev/sda"));
        }
        mounts.forEach(mount -> words.addAll(List.of("-m", mount)));
        words.add(scratch.resolve("mountpoint").toString());
        return words;
    }

    private static void addImages(List<String> words, List<GuestImage> images) {
        for (GuestImage image : images) {
            words.add("--format=" + image.format().text());
            words.addAll(List.of("-a", image.file().toAbsolutePath().toString()));
        }
    }

    /** Take no daemon between libguestfs and QEMU, and no KVM that a guest dies on. */
    private Command libguestfs(List<String> words) {
        return Command.of(words)
                .withEnvironment(Map.of(
                        "LIBGUESTFS_BACKEND", "direct", "LIBGUESTFS_BACKEND_SETTINGS", emulate ? "force_tcg" : ""));
    }

    /** A shell's exec takes no assignments before the program, so env has them. */
    private static String asEnvironment(Command command) {
        List<String> words = new ArrayList<>(List.of("env"));
        command.environment().forEach((name, value) -> words.add(name + "=" + value));
        words.addAll(command.arguments());
        return Command.of(words).toShell();
    }

    private static String explain(List<GuestImage> images, String said) {
        String text = said.strip();
        String files = String.join(
                ", ", images.stream().map(image -> image.file().toString()).toList());
        return files + " cannot be mounted: " + (text.isEmpty() ? "guestmount said nothing" : text) + remedy(text);
    }

    private static String remedy(String said) {
        if (said.contains("no operating system")) {
            return "\nvmtest: name what to mount with --mount DEVICE[:DIRECTORY]; --list shows what there is";
        }
        if (said.contains("supermin")) {
            return "\nvmtest: libguestfs needs a kernel of this host for its appliance: install one with"
                    + " 'apt-get install linux-image-cloud-amd64', and see that you may read /boot/vmlinuz-*";
        }
        return "";
    }

    private static String read(String resource) {
        return TextResource.beside(Guestfs.class, resource);
    }
}
