package dev.vmtest.session;

import dev.vmtest.image.ImageDirectory;
import dev.vmtest.image.ImageException;
import dev.vmtest.image.ImageNeeds;
import dev.vmtest.image.ImageStore;
import dev.vmtest.image.ImageTreeLock;
import dev.vmtest.image.ImageVariant;
import dev.vmtest.image.Images;
import dev.vmtest.image.InstallImage;
import dev.vmtest.image.build.BuildListener;
import dev.vmtest.image.build.SourceBuilder;
import dev.vmtest.release.Architecture;
import dev.vmtest.release.ReleaseTable;
import dev.vmtest.release.SourceKind;
import dev.vmtest.settings.Settings;
import dev.vmtest.settings.SettingsTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Find the images of this host, and keep them as they are while a session uses them. */
final class HostImages implements Images, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HostImages.class);

    private final ImageStore store;
    private final ImageVariant variant;
    private final Duration patience;
    private final @Nullable SourceMaking sources;
    private final String arch = Architecture.host().debianName();
    private final Map<String, InstallImage> chosen = new HashMap<>();
    private @Nullable ImageTreeLock lock;

    /**
     * Hold what makes sources of images.
     *
     * @param cache where they lie if nobody may write beside the images
     */
    record SourceMaking(SourceBuilder builder, Path cache) {}

    HostImages(Settings settings, Map<String, String> environment, InstantSource clock) {
        this(settings, environment, clock, null);
    }

    HostImages(
            Settings settings, Map<String, String> environment, InstantSource clock, @Nullable SourceMaking sources) {
        this.sources = sources;
        this.variant = ImageVariant.of(settings.get(SettingsTable.IMAGE_VARIANT));
        this.patience = Duration.ofSeconds(settings.get(SettingsTable.IMAGE_LOCK_TIMEOUT));
        this.store = new ImageStore(
                ImageDirectory.choose(settings.find(SettingsTable.IMAGE_DIR).orElse(null), environment), clock);
    }

    @Override
    public InstallImage find(String release) throws ImageException {
        return find(release, variant);
    }

    @Override
    public InstallImage find(String release, ImageNeeds needs) throws ImageException {
        return find(release, variant.with(needs));
    }

    private synchronized InstallImage find(String release, ImageVariant wanted) throws ImageException {
        String base = release + " " + wanted;
        InstallImage image = chosen.get(base);
        if (image == null) {
            image = store.newest(ReleaseTable.base(release).orElseThrow(), arch, wanted);
            remember(base, image);
        }
        return image;
    }

    @Override
    public synchronized InstallImage findTarget(String release, String fileType) throws ImageException {
        String target = release + " file " + fileType;
        InstallImage image = chosen.get(target);
        if (image == null) {
            image = store.newestWith(ReleaseTable.find(release).orElseThrow(), arch, fileType);
            remember(target, image);
        }
        return image;
    }

    @Override
    public Map<String, Path> source(InstallImage image, SourceKind kind) throws ImageException {
        SourceMaking here = sources;
        return here == null
                ? Images.super.source(image, kind)
                : here.builder().obtain(image, kind, place(here.cache()).sources(image), new BuildListener() {
                    @Override
                    public void step(String name) {
                        LOG.warn("{}", name);
                    }

                    @Override
                    public void detail(String line) {
                        LOG.debug("{}", line);
                    }
                });
    }

    /** All tests of a run use the same image, though a newer one may be built beside it while they run. */
    private void remember(String name, InstallImage image) {
        if (lock != null) {
            chosen.put(name, image);
        }
    }

    /** Return an image of whatever release, if there is one that will do. */
    Optional<InstallImage> any(Predicate<InstallImage> accepted) throws ImageException {
        return store.images().stream().filter(accepted).findFirst();
    }

    /** From here to the end of the session no file of an image vanishes or changes. */
    synchronized void hold() throws ImageException {
        if (lock == null) {
            lock = ImageTreeLock.shared(
                    store.directory(),
                    patience,
                    () -> LOG.warn(
                            "waiting until the images of {} are synced",
                            store.directory().root()));
        }
    }

    /** Return where the snapshots of an image lie: beside the images, or where this user may write. */
    Path snapshots(InstallImage image, Path cache) {
        return place(cache).snapshots(image);
    }

    private ImageDirectory place(Path cache) {
        ImageDirectory shared = store.directory();
        if (isWritable(shared)) {
            return shared;
        }
        // Whoever prunes the images cannot know of this directory.
        ImageDirectory own = new ImageDirectory(cache);
        try {
            store.pruneSnapshots(own);
        } catch (ImageException left) {
            LOG.warn("{}", left.getMessage());
        }
        return own;
    }

    /** Return where the snapshots of all images lie; nothing is removed from there. */
    Path snapshots(Path cache) {
        ImageDirectory shared = store.directory();
        return (isWritable(shared) ? shared : new ImageDirectory(cache)).snapshots();
    }

    private static boolean isWritable(ImageDirectory images) {
        return Files.isWritable(images.root());
    }

    @Override
    public synchronized void close() {
        ImageTreeLock held = lock;
        lock = null;
        chosen.clear();
        if (held != null) {
            try {
                held.close();
            } catch (ImageException trouble) {
                LOG.warn("the images stay locked until this process ends: {}", trouble.getMessage());
            }
        }
    }
}
