package dev.vmtest.image;

import dev.vmtest.digest.Sha256;
import dev.vmtest.files.PlannedChange;
import dev.vmtest.process.FileTree;
import dev.vmtest.process.LockFile;
import dev.vmtest.release.KnownRelease;
import dev.vmtest.release.ReleaseBase;
import dev.vmtest.text.PlainTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Answer which images lie in a simplestreams tree, and keep the ones that are built there in order. */
public final class ImageStore {

    private final ImageDirectory directory;
    private final InstantSource clock;
    private final Products products;
    private final Leftovers leftovers;

    /** Open a tree, which may not exist yet. */
    public ImageStore(ImageDirectory directory, InstantSource clock) {
        this.directory = directory;
        this.clock = clock;
        this.products = new Products(directory);
        this.leftovers = new Leftovers(directory);
    }

    /** Return where the tree lies. */
    public ImageDirectory directory() {
        return directory;
    }

    /**
     * Return all images that the tree describes, newest version first within a release, whether or not their files are
     * whole.
     *
     * @throws ImageException if an index cannot be read
     */
    public List<InstallImage> images() throws ImageException {
        return products.read();
    }

    /**
     * Return the newest image that can boot the install environment of a release base; see {@link ImageChoice#newest}.
     *
     * @throws ImageException if there is none that is whole, with the command that mends it
     */
    public InstallImage newest(ReleaseBase base, String arch, ImageVariant variant) throws ImageException {
        return new ImageChoice(directory, images()).newest(base, arch, variant);
    }

    /**
     * Return the newest image of a release that has a file to install.
     *
     * @throws ImageException if there is none that is whole, with the command that mends it
     */
    public InstallImage newestWith(KnownRelease release, String arch, String fileType) throws ImageException {
        return new ImageChoice(directory, images()).newestWith(release, arch, fileType);
    }

    /**
     * Return the newest image of a release that was built here and can boot an install environment.
     *
     * @throws ImageException if there is none that is whole, with the command that mends it
     */
    public InstallImage newest(String release, String arch, ImageVariant variant) throws ImageException {
        return new ImageChoice(directory, images()).newestBuilt(release, arch, variant);
    }

    /**
     * Read every file of an image and return what is wrong with it: a missing file, a size, a hash. An empty list means
     * that the image is whole.
     */
    public List<String> verify(InstallImage image) {
        List<String> problems = new ArrayList<>();
        for (ImageFile file : image.files()) {
            try {
                long size = Files.size(file.path());
                if (size != file.size()) {
                    problems.add("the image file " + file.path() + " has " + size + " bytes, not " + file.size());
                } else if (!Sha256.of(file.path()).equals(file.sha256())) {
                    problems.add("the image file " + file.path() + " does not have the SHA-256 of the products file");
                }
            } catch (IOException unreadable) {
                problems.add("the image file " + file.path() + " cannot be read: "
                        + PlainTrouble.of(unreadable, file.path()));
            }
        }
        return problems;
    }

    /** Return the newest whole image that was built from exactly these inputs. */
    public Optional<InstallImage> builtFrom(String inputs) throws ImageException {
        return products.readBuilt().stream()
                .filter(image -> image.inputs().equals(inputs)
                        && ImageChoice.boots(image)
                        && ImageChoice.damage(image).isEmpty())
                .max(Comparator.comparing(InstallImage::version, ImageVersions.ORDER));
    }

    /**
     * Take built files into the tree as the newest version.
     *
     * @param files a directory on the same file system that holds one file for each item, named by its ftype
     * @param keep how many versions of this product stay
     */
    @SuppressWarnings("try") // the lock is held, not used
    public InstallImage add(ImageIdentity identity, Path files, int keep) throws ImageException {
        try (LockFile.Held lock = LockFile.of(directory.treeLock()).exclusive(() -> {})) {
            List<InstallImage> images = new ArrayList<>(products.readBuilt());
            String version = freeVersion(identity, images);
            Path place = directory.root().resolve(ImageDirectory.version(identity, version));
            List<ImageFile> items = new ArrayList<>();
            FileTree.delete(place);
            Files.createDirectories(place);
            for (Path file : FileTree.children(files)) {
                String ftype = file.getFileName().toString();
                Path target = place.resolve(ftype);
                String sha256 = Sha256.of(file);
                Files.move(file, target);
                items.add(new ImageFile(ftype, target, Files.size(target), sha256));
            }
            InstallImage added = image(identity, version, items);
            images.add(added);
            List<InstallImage> removed = takeOld(images, keep, release -> true);
            products.writeBuilt(images, clock.instant());
            Leftovers.remove(Leftovers.snapshots(directory, products.read()));
            if (!removed.isEmpty()) {
                removeUnusedFiles();
            }
            return added;
        } catch (IOException failed) {
            throw new ImageException(
                    "the image of " + identity.release() + " cannot be put into " + directory.root() + ": "
                            + PlainTrouble.of(failed),
                    "make room there and check its permissions",
                    failed);
        }
    }

    private static InstallImage image(ImageIdentity identity, String version, List<ImageFile> items) {
        return new InstallImage(
                "debian", identity.release(), identity.arch(), identity.subarch(), version, identity.inputs(), items);
    }

    /** A mirrored stream may have put files where the next version would lie. */
    private String freeVersion(ImageIdentity identity, List<InstallImage> built) throws ImageException {
        Set<Path> used = leftovers.directoriesOf(products.read());
        Set<String> taken = takenBy(identity, built);
        String version = ImageVersions.next(clock.instant(), taken);
        while (used.contains(directory.root().resolve(ImageDirectory.version(identity, version)))) {
            taken.add(version);
            version = ImageVersions.next(clock.instant(), taken);
        }
        return version;
    }

    private static Set<String> takenBy(ImageIdentity identity, List<InstallImage> images) {
        Set<String> taken = new HashSet<>();
        for (InstallImage image : images) {
            if (image.release().equals(identity.release())
                    && image.arch().equals(identity.arch())
                    && image.subarch().equals(identity.subarch())) {
                taken.add(image.version());
            }
        }
        return taken;
    }

    /**
     * Remove all but the newest versions of each built image, with their files, and files of builds and snapshots that no
     * index knows.
     *
     * @param keep how many versions stay, at least 1
     * @param releases accepts the code names of the releases whose images may go
     * @param lockTimeout how long to wait for runs that use the images; a negative one is for ever
     * @return what was removed
     */
    @SuppressWarnings("try") // the locks are held, not used
    public PrunedImages prune(int keep, Predicate<String> releases, Duration lockTimeout, Runnable waiting)
            throws ImageException {
        if (!Files.isDirectory(directory.root())) {
            return PrunedImages.NONE;
        }
        try (ImageTreeLock alone = ImageTreeLock.exclusive(directory, lockTimeout, waiting);
                LockFile.Held lock = LockFile.of(directory.treeLock()).exclusive(() -> {})) {
            List<InstallImage> kept = new ArrayList<>(products.readBuilt());
            List<InstallImage> old = takeOld(kept, keep, releases);
            PrunedImages removed = without(old);
            if (!old.isEmpty()) {
                products.writeBuilt(kept, clock.instant());
            }
            List<InstallImage> left = products.read();
            Leftovers.remove(Leftovers.snapshots(directory, left));
            leftovers.removeBuilds(left);
            return removed;
        } catch (IOException failed) {
            throw new ImageException(
                    "old images in " + directory.root() + " cannot be removed: " + PlainTrouble.of(failed),
                    "check its permissions",
                    failed);
        }
    }

    /** Remove files of old versions unless a run may use them; whoever adds or prunes next does it then. */
    @SuppressWarnings("try") // the lock is held, not used
    private void removeUnusedFiles() throws ImageException, IOException {
        Optional<LockFile.Held> alone = LockFile.of(directory.useLock()).tryExclusive();
        if (alone.isPresent()) {
            try (LockFile.Held held = alone.get()) {
                leftovers.removeBuilds(products.read());
            }
        }
    }

    /**
     * Return what {@link #prune} would remove now; nothing is changed.
     *
     * @param keep how many versions stay, at least 1
     * @param releases accepts the code names of the releases whose images may go
     */
    public PrunedImages prunable(int keep, Predicate<String> releases) throws ImageException {
        try {
            return without(takeOld(new ArrayList<>(products.readBuilt()), keep, releases));
        } catch (IOException unreadable) {
            throw cannotRead(unreadable);
        }
    }

    /**
     * Return what {@link #add} would do now; nothing is changed.
     *
     * @param keep how many versions of this product stay
     */
    public PlannedBuild planned(ImageIdentity identity, int keep) throws ImageException {
        try {
            List<InstallImage> built = new ArrayList<>(products.readBuilt());
            InstallImage added = image(identity, freeVersion(identity, built), List.of());
            built.add(added);
            List<InstallImage> old = takeOld(built, keep, release -> true);
            List<PlannedChange> changes = new ArrayList<>();
            changes.add(
                    PlannedChange.writing(directory.root().resolve(ImageDirectory.version(identity, added.version()))));
            changes.add(PlannedChange.writing(directory.root().resolve(ImageDirectory.builtProducts())));
            changes.add(PlannedChange.writing(directory.index()));
            PrunedImages removed = without(old);
            // The files of unknown builds are looked for only where a version goes.
            (old.isEmpty() ? new PrunedImages(old, List.of(), removed.snapshots()) : removed)
                    .names()
                    .forEach(name -> changes.add(PlannedChange.removing(name)));
            return new PlannedBuild(added, false, changes);
        } catch (IOException unreadable) {
            throw cannotRead(unreadable);
        }
    }

    private ImageException cannotRead(IOException unreadable) {
        return new ImageException(
                "the images in " + directory.root() + " cannot be read: " + PlainTrouble.of(unreadable),
                "check its permissions",
                unreadable);
    }

    /** Return what goes with images: nothing but they themselves have their files, which are not named apart. */
    private PrunedImages without(List<InstallImage> old) throws ImageException, IOException {
        List<InstallImage> left = new ArrayList<>(products.read());
        // Each once: a mirror may have the same.
        old.forEach(left::remove);
        Set<Path> own = leftovers.directoriesOf(old);
        List<Path> unknown = leftovers.builds(left).stream()
                .filter(build -> !own.contains(build))
                .toList();
        return new PrunedImages(old, unknown, Leftovers.snapshots(directory, left));
    }

    /** Take all but the newest versions out of a list, which is sorted by this, and return them. */
    private static List<InstallImage> takeOld(List<InstallImage> images, int keep, Predicate<String> releases)
            throws ImageException {
        requireKeep(keep);
        images.sort(
                Comparator.comparing(InstallImage::version, ImageVersions.ORDER).reversed());
        Map<String, Integer> seen = new LinkedHashMap<>();
        List<InstallImage> kept = new ArrayList<>();
        List<InstallImage> removed = new ArrayList<>();
        for (InstallImage image : images) {
            String product = image.release() + "/" + image.arch() + "/" + image.subarch();
            boolean stays = seen.merge(product, 1, Integer::sum) <= keep || !releases.test(image.release());
            (stays ? kept : removed).add(image);
        }
        images.retainAll(kept);
        return removed;
    }

    /**
     * Remove what was saved of machines that booted an image which is gone, in a directory that is not the images' own.
     *
     * @param elsewhere the directory where a user keeps what cannot lie beside the images
     */
    public void pruneSnapshots(ImageDirectory elsewhere) throws ImageException {
        try {
            Leftovers.remove(Leftovers.snapshots(elsewhere, products.read()));
        } catch (IOException failed) {
            throw new ImageException(
                    "old snapshots in " + elsewhere.snapshots() + " cannot be removed: " + PlainTrouble.of(failed),
                    "check its permissions",
                    failed);
        }
    }

    public static void requireKeep(int keep) throws ImageException {
        if (keep < 1) {
            throw new ImageException("IMAGES_TO_KEEP is " + keep, "keep at least 1 image");
        }
    }
}
