package dev.vmtest.image.build;

import dev.vmtest.digest.Sha256;
import dev.vmtest.files.NewFile;
import dev.vmtest.image.ImageDirectory;
import dev.vmtest.image.ImageException;
import dev.vmtest.image.ImageVariant;
import dev.vmtest.image.InstallImage;
import dev.vmtest.image.ScratchSpace;
import dev.vmtest.process.Command;
import dev.vmtest.process.ProcessException;
import dev.vmtest.process.Processes;
import dev.vmtest.process.Running;
import dev.vmtest.process.ShellWords;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Make a root file system with mmdebstrap(1). */
final class Mmdebstrap {

    /** The directory below staging that receives the image's files. */
    static final String FILES = "files";

    private static final String SOURCE = "vmtest-build";
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(30);
    /** Enough for an unpacked root with all downloaded packages, and the image of a target. */
    private static final long ROOT_BYTES = 2_100_000_000L;

    private final Processes processes;
    private final Map<String, String> environment;
    private final Duration limit;

    Mmdebstrap(Processes processes, Map<String, String> environment, Duration limit) {
        this.processes = processes;
        this.environment = environment;
        this.limit = limit;
    }

    /** Say how mmdebstrap isolates what it runs, and whether it does so as root. */
    enum Mode {
        UNSHARE_AS_ROOT("unshare", true),
        UNSHARE("unshare", false),
        ROOT("root", true);

        private final String option;
        private final boolean asRoot;

        Mode(String option, boolean asRoot) {
            this.option = option;
            this.asRoot = asRoot;
        }
    }

    /**
     * Make the root and return it as a tar archive in the staging directory; kernel, initrd and manifest lie in
     * {@link #FILES} then.
     *
     * @param aptOptions lines of an apt.conf
     * @param preferredScratch where the root is unpacked if that can be
     * @param epoch what {@code SOURCE_DATE_EPOCH} says to mmdebstrap and to what it runs, in seconds
     */
    Path makeRoot(
            ImageRecipe recipe,
            List<String> aptOptions,
            Path staging,
            Path preferredScratch,
            long epoch,
            BuildListener listener)
            throws ImageException, IOException {
        Mode mode = mode();
        Path scratch = ScratchSpace.choose(preferredScratch, mode.asRoot, environment, ROOT_BYTES);
        recipe.writeFiles(staging.resolve(SOURCE));
        Files.createDirectories(staging.resolve(FILES));
        Files.createDirectories(staging.resolve(SOURCE).resolve("out"));
        Path archive = staging.resolve("root.tar");
        Path log = staging.resolve("build.log");
        Files.createFile(log);
        List<String> command = new ArrayList<>(List.of(
                "sh",
                "-c",
                ImageRecipe.resource("assemble"),
                "assemble",
                scratch.toString(),
                ImageDirectory.scratchPrefix(recipe.identity())));
        command.addAll(arguments(recipe, aptOptions, staging, archive, mode));
        listener.step("making the root of " + recipe.release().codename() + " with mmdebstrap --mode=" + mode.option);
        try (Running running = processes.start(
                Command.of(command)
                        .withEnvironment("SOURCE_DATE_EPOCH", Long.toString(epoch))
                        // Kernels make no initramfs when they are installed (initramfs-tools,
                        // /etc/kernel/postinst.d): customize makes one when all is there.
                        .withEnvironment("INITRD", "No"),
                log)) {
            int status = new LogFollower(log, line -> tell(line, listener)).followUntil(running, limit);
            if (status != 0) {
                throw explain("mmdebstrap ended with exit status " + status + ":\n" + LogFollower.tail(log), null);
            }
        } catch (ProcessException failed) {
            throw explain(failed.problem(), failed);
        }
        return archive;
    }

    private static void tell(String line, BuildListener listener) {
        if (line.startsWith("I: ")) {
            listener.detail(line.substring("I: ".length()));
        }
    }

    private Mode mode() throws ImageException {
        try {
            boolean root = processes
                    .run(Command.of("id", "-u"), PROBE_TIMEOUT)
                    .requireSuccess()
                    .stdout()
                    .strip()
                    .equals("0");
            // A mount namespace of its own is taken where it can be had, by root as well: whatever kills the build,
            // no mount stays on the host.
            boolean unshare = processes
                    .run(Command.of("mmdebstrap", "--unshare-helper", "true"), PROBE_TIMEOUT)
                    .succeeded();
            if (unshare) {
                return root ? Mode.UNSHARE_AS_ROOT : Mode.UNSHARE;
            }
            if (root) {
                return Mode.ROOT;
            }
        } catch (ProcessException failed) {
            throw explain(failed.problem(), failed);
        }
        throw new ImageException(
                "mmdebstrap cannot make a user namespace for you",
                "install the package uidmap, see that you have a line in /etc/subuid and /etc/subgid (usermod"
                        + " --add-subuids 100000-165535 --add-subgids 100000-165535 USER) and that the sysctl"
                        + " kernel.unprivileged_userns_clone is 1; or build as root");
    }

    private static List<String> arguments(
            ImageRecipe recipe, List<String> aptOptions, Path staging, Path archive, Mode mode) throws IOException {
        String source = staging.resolve(SOURCE).toString();
        List<String> arguments = new ArrayList<>(List.of(
                "mmdebstrap",
                "--mode=" + mode.option,
                "--variant=apt",
                "--format=tar",
                "--architectures=" + recipe.arch(),
                "--include=" + String.join(",", recipe.packages()),
                "--aptopt=Acquire::Languages \"none\"",
                // customize has left only the lists of the image's own repository.
                "--skip=cleanup/apt/lists"));
        aptOptions.forEach(option -> arguments.add("--aptopt=" + option));
        arguments.add("--dpkgopt=force-unsafe-io");
        if (recipe.isMergedAhead()) {
            arguments.add("--setup-hook=sh " + ShellWords.quote(source + "/" + ImageRecipe.MERGED_USR) + " \"$1\"");
        }
        arguments.add("--extract-hook=sh " + ShellWords.quote(source + "/" + ImageRecipe.PREPARE) + " "
                + ShellWords.quote(source) + " \"$1\"");
        List<AptSource> sources = withKeysInFiles(recipe.sources(), staging);
        keyrings(sources, staging).forEach((outside, inImage) -> {
            arguments.add("--customize-hook=mkdir -p \"$1\"" + ShellWords.quote(parent(inImage)));
            arguments.add("--customize-hook=upload " + ShellWords.quote(outside) + " " + ShellWords.quote(inImage));
        });
        if (recipe.sources().stream().anyMatch(AptSource::hasEmbeddedKey)) {
            // mmdebstrap has written down where the keys lie on this host.
            Path list = staging.resolve("sources.list");
            NewFile.write(list, sourcesInImage(sources, staging));
            arguments.add("--customize-hook=upload " + ShellWords.quote(list.toString()) + " /etc/apt/sources.list");
        }
        recipe.ownFiles().forEach((file, inImage) -> {
            arguments.add("--customize-hook=mkdir -p \"$1\"" + ShellWords.quote(parent(inImage)));
            arguments.add("--customize-hook=upload " + ShellWords.quote(source + "/" + file) + " "
                    + ShellWords.quote(inImage));
        });
        String inside = "/" + SOURCE;
        arguments.add("--customize-hook=copy-in " + ShellWords.quote(source) + " /");
        recipe.before()
                .forEach(script ->
                        arguments.add("--customize-hook=chroot \"$1\" sh " + inside + "/" + script + " " + inside));
        arguments.add("--customize-hook=chroot \"$1\" sh " + inside + "/customize " + inside + " "
                + recipe.customizedAs() + " " + inside + "/out " + String.join(" ", recipe.squashfsOptions()));
        arguments.add("--customize-hook=copy-out "
                + delivered(recipe.variant()).stream()
                        .map(file -> inside + "/out/" + file + " ")
                        .collect(Collectors.joining())
                + ShellWords.quote(staging.resolve(FILES).toString()));
        arguments.add("--customize-hook=rm -r \"$1" + inside + "\"");
        arguments.add(recipe.release().codename());
        arguments.add(archive.toString());
        sources.forEach(each -> arguments.add(each.line()));
        return arguments;
    }

    /** Return what the program customize leaves in its directory {@code out}. */
    private static List<String> delivered(ImageVariant variant) {
        return switch (variant) {
            case GENERIC, NETWORKD, NETWORK_MANAGER, ZFS ->
                List.of("boot-kernel", "boot-initrd", "manifest", "agent", InstallImage.TARGET);
            case PLAIN -> List.of("boot-kernel", "boot-initrd", "manifest");
        };
    }

    /** Put embedded keys into files of the staging directory, where apt finds them during the build. */
    private static List<AptSource> withKeysInFiles(List<AptSource> sources, Path staging) throws IOException {
        List<AptSource> result = new ArrayList<>();
        for (AptSource source : sources) {
            String key = source.signedBy();
            if (key != null && source.hasEmbeddedKey()) {
                Path file = staging.resolve("vmtest-" + Sha256.of(key).substring(0, 8) + ".asc");
                NewFile.write(file, (key + "\n").getBytes(StandardCharsets.UTF_8), NewFile.Readers.BY_UMASK);
                result.add(source.withSignedBy(file.toString()));
            } else {
                result.add(source);
            }
        }
        return result;
    }

    private static String sourcesInImage(List<AptSource> sources, Path staging) {
        StringBuilder list = new StringBuilder();
        for (AptSource source : sources) {
            String signedBy = source.signedBy();
            AptSource inImage = signedBy == null
                    ? source
                    : source.withSignedBy(Arrays.stream(signedBy.split(",", -1))
                            .map(key -> inImage(key, staging))
                            .collect(Collectors.joining(",")));
            list.append(inImage.line()).append('\n');
        }
        return list.toString();
    }

    /** Return where the keyrings that no package of the image brings lie on this host, and where in the image. */
    private static Map<String, String> keyrings(List<AptSource> sources, Path staging) {
        return sources.stream()
                .map(AptSource::signedBy)
                .filter(signedBy -> signedBy != null && !signedBy.startsWith("/usr/share/keyrings/debian-archive-"))
                .flatMap(signedBy -> Arrays.stream(signedBy.split(",", -1)))
                .distinct()
                .collect(Collectors.toMap(key -> key, key -> inImage(key, staging), (a, b) -> a, LinkedHashMap::new));
    }

    /** The image knows nothing of the staging directory: what lies there gets apt's own place for keys. */
    private static String inImage(String key, Path staging) {
        Path path = Path.of(key);
        return path.startsWith(staging) ? "/etc/apt/keyrings/" + path.getFileName() : key;
    }

    private static String parent(String file) {
        return file.substring(0, Math.max(1, file.lastIndexOf('/')));
    }

    /** Turn what a tool said into a problem and what to do about it. */
    static ImageException explain(String said, @Nullable Throwable cause) {
        String lower = said.toLowerCase(Locale.ROOT);
        String remedy;
        if (lower.contains("is not installed")) {
            remedy = "install the packages mmdebstrap, squashfs-tools and uidmap, or run 'vmtest doctor'";
        } else if (lower.contains("no space left on device")) {
            remedy = "make room in IMAGE_DIR and TMPDIR; a build needs 3.5 GB";
        } else if (lower.contains("could not resolve")
                || lower.contains("unable to connect")
                || lower.contains("failed to fetch")
                || lower.contains("connection")
                || lower.contains("does not have a release file")
                || lower.contains("no longer has a release file")) {
            remedy = "see whether this host reaches its mirror and has this release there: apt-get update;"
                    + " the mirror and proxy are those of the host's apt";
        } else if (lower.contains("newuidmap") || lower.contains("subuid") || lower.contains("unshare")) {
            remedy = "install the package uidmap and give your user ranges in /etc/subuid and /etc/subgid,"
                    + " or build as root";
        } else {
            remedy = "see the lines above for the package or step that failed";
        }
        return new ImageException(said, remedy, cause);
    }
}
