package dev.vmtest.image.build;

import dev.vmtest.digest.Sha256;
import dev.vmtest.files.NewFile;
import dev.vmtest.files.OwnUser;
import dev.vmtest.image.ImageException;
import dev.vmtest.image.InstallImage;
import dev.vmtest.image.ScratchSpace;
import dev.vmtest.process.Command;
import dev.vmtest.process.Completed;
import dev.vmtest.process.FileTree;
import dev.vmtest.process.LockFile;
import dev.vmtest.process.ProcessException;
import dev.vmtest.process.Processes;
import dev.vmtest.process.TemporaryDirectory;
import dev.vmtest.release.DiskImageLayout;
import dev.vmtest.release.SourceKind;
import dev.vmtest.text.PlainTrouble;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Make what an installer can be told to install out of an image's target: an archive, a file system, two layers, a whole
 * disk. Each is made once, without root where user namespaces allow it, and its hashes are held before each use.
 */
public final class SourceBuilder {

    private static final String MAKE = "sources/make";
    private static final String HOOKS = "sources/curtin-hooks";
    private static final String ASSEMBLE = "assemble";

    /** Where the program finds the target image. */
    private static final String IMAGE = "/dev/fd/3";

    /** The file beside what was made, in the form of sha256sum(1). */
    private static final String HASHES = "SHA256SUMS";

    private static final int KEY_DIGITS = 16;
    private static final Duration LONGEST = Duration.ofMinutes(20);
    /** A root, its file system and a disk with that, and what is made of it. */
    private static final long NEEDED_BYTES = 3_500_000_000L;

    private final Processes processes;
    private final Map<String, String> environment;

    /**
     * Make a builder.
     *
     * @param environment for {@code TMPDIR}
     */
    public SourceBuilder(Processes processes, Map<String, String> environment) {
        this.processes = processes;
        this.environment = Map.copyOf(environment);
    }

    /**
     * Return the files of a source by their names, made now unless they are there and whole.
     *
     * @param directory where the sources of this image lie
     * @throws ImageException if the image has no target of its own, or with what the tool said that failed
     */
    @SuppressWarnings("try") // the lock is held, not used
    public Map<String, Path> obtain(InstallImage image, SourceKind kind, Path directory, BuildListener listener)
            throws ImageException {
        Path target = image.target()
                .orElseThrow(() -> new ImageException(
                        "the image " + image.description() + " has no target image, of which a source of kind " + kind
                                + " could be made",
                        "take an image that is built here: vmtest images build --release " + image.release()));
        Path place = directory.resolve(kind + "-" + key(kind));
        try {
            Files.createDirectories(directory);
            try (LockFile.Held lock = LockFile.of(directory.resolve("." + kind + ".lock"))
                    .exclusive(() -> listener.step("waiting for another run that makes the same source"))) {
                if (!isWhole(place)) {
                    removeEarlier(kind, directory);
                    listener.step("making a source of kind " + kind + " of " + image.description());
                    make(target, kind, directory, place);
                }
                return files(place);
            }
        } catch (IOException failed) {
            throw new ImageException(
                    "a source of kind " + kind + " cannot be made in " + directory + ": " + PlainTrouble.of(failed),
                    "make room there and check its permissions",
                    failed);
        }
    }

    /** Return what a source depends on beside the image. */
    static String key(SourceKind kind) {
        return Sha256.of(kind + "\n" + settings() + "\n" + ImageRecipe.resource(MAKE) + ImageRecipe.resource(HOOKS))
                .substring(0, KEY_DIGITS);
    }

    private static List<String> settings() {
        return DiskImageLayout.settings().entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .toList();
    }

    private void make(Path target, SourceKind kind, Path directory, Path place) throws ImageException, IOException {
        boolean asRoot = OwnUser.number() == 0;
        Path scratch = ScratchSpace.choose(directory, asRoot, environment, NEEDED_BYTES);
        try (TemporaryDirectory work = TemporaryDirectory.create(scratch, ".vmtest-source-")) {
            // In a user namespace, root is another user to the host.
            Files.setPosixFilePermissions(work.path(), PosixFilePermissions.fromString("rwx--x--x"));
            Path output = Files.createDirectory(work.path().resolve("output"));
            Files.setPosixFilePermissions(output, PosixFilePermissions.fromString("rwxrwxrwx"));
            Path program = resource(work.path(), "make", MAKE);
            Path hooks = resource(work.path(), "curtin-hooks", HOOKS);
            List<String> arguments = new ArrayList<>(List.of(
                    "sh",
                    "-c",
                    // What runs in the background of a shell has no standard input.
                    "exec 3<&0 && exec sh -c \"$@\"",
                    ASSEMBLE,
                    ImageRecipe.resource(ASSEMBLE),
                    ASSEMBLE,
                    work.path().toString(),
                    "root."));
            arguments.addAll(List.of("mmdebstrap", "--unshare-helper", "sh", program.toString()));
            // A namespace's root may not be let into the image's directory; what is open is open.
            arguments.addAll(List.of(kind.text(), IMAGE, output.toString(), "hooks=" + hooks));
            arguments.addAll(settings());
            Completed unused = processes
                    .run(Command.of(arguments).withInput(target), LONGEST)
                    .requireSuccess();
            keep(output, directory, place);
        } catch (ProcessException failed) {
            throw Mmdebstrap.explain(failed.problem(), failed);
        }
    }

    private static Path resource(Path directory, String name, String resource) throws IOException {
        return NewFile.write(
                directory.resolve(name),
                ImageRecipe.resource(resource).getBytes(StandardCharsets.UTF_8),
                NewFile.Readers.BY_UMASK);
    }

    /** What was made appears whole or not at all. */
    private static void keep(Path output, Path directory, Path place) throws IOException {
        try (TemporaryDirectory unfinished = TemporaryDirectory.create(directory, ".making-")) {
            Path made = Files.createDirectory(unfinished.path().resolve("source"));
            StringBuilder hashes = new StringBuilder();
            for (Path file : FileTree.children(output)) {
                Path kept = made.resolve(file.getFileName());
                Files.move(file, kept);
                hashes.append(Sha256.of(kept))
                        .append("  ")
                        .append(kept.getFileName())
                        .append('\n');
            }
            NewFile.write(made.resolve(HASHES), hashes.toString());
            Files.move(made, place);
        }
    }

    /** Remove what another version of the program made of the same image: it takes as much room, and nobody asks for it. */
    private static void removeEarlier(SourceKind kind, Path directory) throws IOException {
        Pattern earlier = Pattern.compile(Pattern.quote(kind.text()) + "-[0-9a-f]{" + KEY_DIGITS + "}");
        for (Path entry : FileTree.children(directory)) {
            if (earlier.matcher(entry.getFileName().toString()).matches()) {
                FileTree.delete(entry);
            }
        }
    }

    /** Say whether every file that was made is there with the hash that it had. */
    static boolean isWhole(Path place) throws IOException {
        Path hashes = place.resolve(HASHES);
        if (!Files.isRegularFile(hashes)) {
            return false;
        }
        List<String> lines = Files.readAllLines(hashes);
        for (String line : lines) {
            String[] words = line.split(" {2}", 2);
            Path file = place.resolve(words[words.length - 1]);
            if (!Files.isRegularFile(file) || !Sha256.of(file).equals(words[0])) {
                return false;
            }
        }
        return !lines.isEmpty();
    }

    private static Map<String, Path> files(Path place) throws IOException {
        return FileTree.children(place).stream()
                .filter(file -> !file.getFileName().toString().equals(HASHES))
                .collect(Collectors.toMap(file -> file.getFileName().toString(), file -> file));
    }
}
