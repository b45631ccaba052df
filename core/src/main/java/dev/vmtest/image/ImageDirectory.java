package dev.vmtest.image;

import dev.vmtest.digest.Sha256;
import dev.vmtest.text.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Know where things lie in IMAGE_DIR. No other class joins these paths.
 *
 * <p>{@code streams/v1/index.json} and the products files beside it; {@code OS/RELEASE/ARCH/VERSION/SUBARCH/FTYPE} for
 * what was built; what was mirrored where its stream has it; {@code .vmtest-data/} for the mirror's own records;
 * {@code snapshots/}; {@code .locks/}; {@code .build-*} while a build runs.
 *
 * @param root IMAGE_DIR, absolute
 */
public record ImageDirectory(Path root) {

    /** Where images lie for all users of a host. */
    public static final Path SYSTEM = Path.of("/srv/images");

    static final String BUILDING_PREFIX = ".build-";
    private static final int FINGERPRINT_DIGITS = 16;
    private static final String STREAMS = "streams/v1";
    private static final String MIRROR_DATA = ".vmtest-data";

    public ImageDirectory {
        root = root.toAbsolutePath().normalize();
    }

    /**
     * Choose the directory: the configured one; else {@link #SYSTEM} if it can be written or made; else the user's cache
     * directory.
     *
     * @param configured what a variable or option names, or null
     * @param environment the variables {@code XDG_CACHE_HOME} and {@code HOME}
     */
    public static ImageDirectory choose(@Nullable Path configured, Map<String, String> environment) {
        return choose(configured, SYSTEM, environment);
    }

    static ImageDirectory choose(@Nullable Path configured, Path system, Map<String, String> environment) {
        if (configured != null) {
            return new ImageDirectory(configured);
        }
        if (canWrite(system)) {
            return new ImageDirectory(system);
        }
        String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
        // The XDG base directory specification: a relative path is to be ignored.
        Path cache = xdg.startsWith("/")
                ? Path.of(xdg)
                : Path.of(environment.getOrDefault("HOME", "/tmp")).resolve(".cache");
        return new ImageDirectory(cache.resolve("vmtest").resolve("images"));
    }

    private static boolean canWrite(Path directory) {
        Path existing = directory;
        while (!Files.exists(existing)) {
            Path parent = existing.getParent();
            if (parent == null) {
                return false;
            }
            existing = parent;
        }
        return Files.isDirectory(existing) && Files.isWritable(existing);
    }

    /** Return where snapshots of machines that booted an image lie; they go with the image. */
    public Path snapshots(InstallImage image) {
        return snapshots().resolve(image.fingerprint().substring(0, FINGERPRINT_DIGITS));
    }

    /** Return where lies what an installer can be told to install of an image; it goes with the image's snapshots. */
    public Path sources(InstallImage image) {
        return snapshots(image).resolve("sources");
    }

    /** Return where the snapshots of all images lie. */
    public Path snapshots() {
        return root.resolve("snapshots");
    }

    /** Say whether there is an index of images. */
    public boolean isTree() {
        return Files.isRegularFile(index());
    }

    public Path index() {
        return root.resolve(STREAMS).resolve("index.json");
    }

    /** Return the products file of what is built here, relative to the root. */
    public static String builtProducts() {
        return STREAMS + "/built.json";
    }

    /** Return the directory of one built version, relative to the root. */
    static Path version(ImageIdentity identity, String version) {
        return Path.of("debian", identity.release(), identity.arch(), version, identity.subarch());
    }

    /**
     * Return the file that an untrusted relative path of a products file names.
     *
     * @throws ImageException if it leaves the directory
     */
    Path resolve(String relative) throws ImageException {
        Path path = root.resolve(relative).normalize();
        if (!path.startsWith(root) || path.equals(root)) {
            throw new ImageException(
                    "a products file of " + root + " names the file " + relative + " outside of it",
                    "remove that entry");
        }
        return path;
    }

    public Path buildLock(ImageIdentity identity) {
        return root.resolve(".locks")
                .resolve("build-" + identity.release() + "-" + identity.arch() + "-" + identity.subarch() + ".lock");
    }

    /** Return the lock of those who change the index. */
    public Path treeLock() {
        return lock("tree");
    }

    /** Return the lock that who uses the images holds shared, and who removes some of them exclusive. */
    Path useLock() {
        return lock("use");
    }

    /** Return the lock that says that somebody waits for the images alone. */
    Path intentLock() {
        return lock("intent");
    }

    /** Return the lock of those who mirror a stream. */
    public Path syncLock() {
        return lock("sync");
    }

    private Path lock(String name) {
        return root.resolve(".locks").resolve(name + ".lock");
    }

    /** Return the file that counts, for each mirrored file, what refers to it. */
    public Path references() {
        return root.resolve(MIRROR_DATA).resolve("references.json");
    }

    /** Return the directory of downloads that are not complete. */
    public Path partialDownloads() {
        return root.resolve(MIRROR_DATA).resolve("partial");
    }

    /** Return what an item is fetched to; named by what is in it. */
    public Path partial(StreamItem item) {
        return partialDownloads().resolve(item.fileKey());
    }

    /**
     * Return the products file, relative to the root, of what was mirrored of a content id. Two names are those that
     * curtin's vmtest uses.
     */
    public static String mirroredProducts(String contentId) {
        String name = contentId.endsWith(":centos-bases-download")
                ? "vmtest-centos"
                : contentId.matches("com\\.ubuntu\\.maas:[^:]*:v3:download") ? "vmtest" : "vmtest-" + plain(contentId);
        return STREAMS + "/" + name + ".json";
    }

    /**
     * Return the file that an item of a mirrored stream goes to.
     *
     * @throws ImageException if the path leaves the directory or means a place that holds something else
     */
    public Path itemPlace(String relative) throws ImageException {
        Optional<String> objection = MirrorPath.objection(relative);
        if (objection.isPresent()) {
            throw new ImageException(
                    "a mirror may not write the path '" + Printable.word(relative) + "' of an item: " + objection.get(),
                    "");
        }
        return resolve(relative);
    }

    /**
     * Return the products file, relative to the root, of a content id whose other name, {@link #mirroredProducts}, is
     * that of another content id: {@code a/b} beside {@code a_b}.
     */
    static String mirroredApart(String contentId) {
        return STREAMS + "/vmtest-" + plain(contentId) + "-"
                + Sha256.of(contentId).substring(0, FINGERPRINT_DIGITS) + ".json";
    }

    private static String plain(String contentId) {
        return contentId.replaceAll("[^A-Za-z0-9.:_-]", "_");
    }

    /** Return the file, relative to the root, for a signed index or products file; empty for a name of ours. */
    public static Optional<String> signedOriginal(String relative) {
        return relative.matches(STREAMS + "/[A-Za-z0-9][A-Za-z0-9.:_-]*\\.sjson")
                ? Optional.of(relative)
                : Optional.empty();
    }

    /** Return the first part of the name of the directories that builds of an image work in. */
    public static String buildingPrefix(ImageIdentity identity) {
        return BUILDING_PREFIX + identity.release() + "-" + identity.arch() + "-" + identity.subarch() + "-";
    }

    /** Return the first part of the name of the directories that roots of an image are unpacked in. */
    public static String scratchPrefix(ImageIdentity identity) {
        return ".vmtest-root-" + identity.release() + "-" + identity.arch() + "-" + identity.subarch() + ".";
    }

    /** Return what builds of an image that were killed have left; only the holder of the build lock may ask. */
    public List<Path> abandonedBuilds(ImageIdentity identity) throws IOException {
        String prefix = buildingPrefix(identity);
        try (Stream<Path> entries = Files.list(root)) {
            return entries.filter(entry -> entry.getFileName().toString().startsWith(prefix))
                    .toList();
        }
    }
}
