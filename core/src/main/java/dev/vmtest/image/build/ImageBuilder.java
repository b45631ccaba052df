package dev.vmtest.image.build;

import dev.vmtest.files.PlannedChange;
import dev.vmtest.image.ImageDirectory;
import dev.vmtest.image.ImageException;
import dev.vmtest.image.ImageStore;
import dev.vmtest.image.ImageVariant;
import dev.vmtest.image.InstallImage;
import dev.vmtest.image.PlannedBuild;
import dev.vmtest.image.ScratchSpace;
import dev.vmtest.process.Command;
import dev.vmtest.process.Completed;
import dev.vmtest.process.FileTree;
import dev.vmtest.process.LockFile;
import dev.vmtest.process.ProcessException;
import dev.vmtest.process.Processes;
import dev.vmtest.process.TemporaryDirectory;
import dev.vmtest.release.DebianRelease;
import dev.vmtest.text.PlainTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Build install images from Debian packages, without root where user namespaces allow it.
 *
 * <pre>{@code
 * ImageBuilder builder = new ImageBuilder(processes, store, InstantSource.system(), System.getenv());
 * InstallImage image = builder.build(DebianRelease.BOOKWORM, ImageVariant.GENERIC, false, 1, listener);
 * }</pre>
 */
public final class ImageBuilder {

    /** The one architecture that is built; images of others come from a mirror. */
    public static final String ARCH = "amd64";

    private static final Duration LONGEST_BUILD = Duration.ofMinutes(45);
    private static final Duration LONGEST_COMMAND = Duration.ofMinutes(5);
    /** A root with its packages takes 1 GB while it is made; the archive, its image and the target's take 0.6 GB each. */
    private static final long NEEDED_BYTES = 3_500_000_000L;

    private final Processes processes;
    private final ImageStore store;
    private final InstantSource clock;
    private final Map<String, String> environment;

    /**
     * Make a builder.
     *
     * @param environment for {@code TMPDIR}, {@code HOME} and {@code USER}
     */
    public ImageBuilder(Processes processes, ImageStore store, InstantSource clock, Map<String, String> environment) {
        this.processes = processes;
        this.store = store;
        this.clock = clock;
        this.environment = Map.copyOf(environment);
    }

    /**
     * Return an image of the release, built now unless there is one with the same inputs already. If another process
     * builds the same, wait for it and take its image. A build that fails or is killed leaves nothing.
     *
     * @param force build even if there is one, for newer packages
     * @param keep how many versions of this image stay afterwards (IMAGES_TO_KEEP)
     * @throws ImageException with the last lines of the tool that failed, or what the host lacks
     */
    @SuppressWarnings("try") // the lock is held, not used
    public InstallImage build(
            DebianRelease release, ImageVariant variant, boolean force, int keep, BuildListener listener)
            throws ImageException {
        requireBuildable(release, variant, keep);
        HostApt apt = HostApt.read(processes);
        ImageRecipe recipe = new ImageRecipe(release, ARCH, variant, apt.sourcesOf(release));
        if (!force) {
            Optional<InstallImage> existing = store.builtFrom(recipe.inputs());
            if (existing.isPresent()) {
                return existing.get();
            }
        }
        Path root = store.directory().root();
        prepareRoot(root);
        String newestBefore = newest(recipe);
        try (LockFile.Held lock = LockFile.of(store.directory().buildLock(recipe.identity()))
                .exclusive(() -> listener.step("waiting for another build of the same"))) {
            Optional<InstallImage> meanwhile = store.builtFrom(recipe.inputs());
            // With force, only a build that began while we waited is as new as ours would be.
            if (meanwhile.isPresent() && (!force || !meanwhile.get().version().equals(newestBefore))) {
                return meanwhile.get();
            }
            removeAbandoned(recipe, listener);
            try (TemporaryDirectory staging =
                    TemporaryDirectory.create(root, ImageDirectory.buildingPrefix(recipe.identity()))) {
                Path files = assemble(recipe, apt, staging.path(), listener);
                listener.step("taking the image into " + root);
                return store.add(recipe.identity(), files, keep);
            }
        } catch (IOException failed) {
            throw new ImageException(
                    "an image of " + release.codename() + " cannot be built in " + root + ": "
                            + PlainTrouble.of(failed),
                    "make room there and check its permissions",
                    failed);
        }
    }

    /**
     * Return what {@link #build} would do now; nothing is changed.
     *
     * @throws ImageException if the image cannot be built of that release, or what is there cannot be read
     */
    public PlannedBuild plan(DebianRelease release, ImageVariant variant, boolean force, int keep)
            throws ImageException {
        requireBuildable(release, variant, keep);
        ImageRecipe recipe =
                new ImageRecipe(release, ARCH, variant, HostApt.read(processes).sourcesOf(release));
        Optional<InstallImage> existing = force ? Optional.empty() : store.builtFrom(recipe.inputs());
        if (existing.isPresent()) {
            return new PlannedBuild(existing.get(), true, List.of());
        }
        PlannedBuild planned = store.planned(recipe.identity(), keep);
        List<PlannedChange> changes = new ArrayList<>();
        Path root = store.directory().root();
        try {
            if (Files.isDirectory(root)) {
                store.directory()
                        .abandonedBuilds(recipe.identity())
                        .forEach(abandoned -> changes.add(PlannedChange.removing(abandoned.toString())));
            }
        } catch (IOException unreadable) {
            throw new ImageException(
                    "the image directory " + root + " cannot be read: " + PlainTrouble.of(unreadable, root),
                    "set IMAGE_DIR to a directory that you can write to",
                    unreadable);
        }
        changes.addAll(planned.changes());
        return new PlannedBuild(planned.image(), false, changes);
    }

    private static void requireBuildable(DebianRelease release, ImageVariant variant, int keep) throws ImageException {
        ImageStore.requireKeep(keep);
        if (!variant.isFor(release)) {
            throw new ImageException(
                    "the variant " + variant.subarch() + " cannot be built of " + release.codename()
                            + ": its initrd would need the package overlayroot, which does not work there",
                    "build it of " + DebianRelease.BOOKWORM.codename() + ", or build the variant "
                            + ImageVariant.GENERIC.subarch());
        }
    }

    /**
     * Remove what killed builds have left. Their own guards may be doing the same at this moment; what neither can
     * remove, such as the files of another user, is no reason not to build.
     */
    private void removeAbandoned(ImageRecipe recipe, BuildListener listener) throws IOException {
        for (Path abandoned : store.directory().abandonedBuilds(recipe.identity())) {
            try {
                FileTree.delete(abandoned);
            } catch (IOException refused) {
                listener.detail("what a killed build has left in " + abandoned + " stays: "
                        + PlainTrouble.of(refused, abandoned));
            }
        }
    }

    private String newest(ImageRecipe recipe) throws ImageException {
        return store.builtFrom(recipe.inputs()).map(InstallImage::version).orElse("");
    }

    private static void prepareRoot(Path root) throws ImageException {
        try {
            Files.createDirectories(root);
        } catch (IOException refused) {
            throw new ImageException(
                    "the image directory " + root + " cannot be made: " + PlainTrouble.of(refused, root),
                    "set IMAGE_DIR to a directory that you can write to",
                    refused);
        }
        if (!Files.isWritable(root)) {
            throw new ImageException(
                    "the image directory " + root + " cannot be written",
                    "set IMAGE_DIR to a directory that you can write to");
        }
    }

    /** Make all files of an image below the staging directory and return the directory that holds just them. */
    private Path assemble(ImageRecipe recipe, HostApt apt, Path staging, BuildListener listener)
            throws ImageException, IOException {
        ScratchSpace.requireFree(store.directory().root(), NEEDED_BYTES, "a build");
        Mmdebstrap mmdebstrap = new Mmdebstrap(processes, environment, LONGEST_BUILD);
        Path archive = mmdebstrap.makeRoot(
                recipe, apt.options(), staging, store.directory().root(), epoch(), listener);
        Path files = staging.resolve(Mmdebstrap.FILES);
        listener.step("packing the squashfs");
        // Everything in the image is readable here: the archive carries owners and modes.
        List<String> arguments = new ArrayList<>(
                List.of("mksquashfs", "-", files.resolve("squashfs").toString(), "-tar", "-quiet", "-no-progress"));
        arguments.addAll(recipe.squashfsOptions());
        run(Command.of(arguments).withInput(archive).withEnvironment("SOURCE_DATE_EPOCH", Long.toString(epoch())));
        Files.delete(archive);
        return files;
    }

    /** Return midnight of today: files made by the build carry it, so that two builds of a day are alike. */
    private long epoch() {
        return clock.instant()
                .atOffset(ZoneOffset.UTC)
                .toLocalDate()
                .atStartOfDay()
                .toEpochSecond(ZoneOffset.UTC);
    }

    private void run(Command command) throws ImageException {
        try {
            Completed unused = processes.run(command, LONGEST_COMMAND).requireSuccess();
        } catch (ProcessException failed) {
            throw Mmdebstrap.explain(failed.problem(), failed);
        }
    }
}
