package dev.vmtest.testcase;

import dev.vmtest.config.Placed;
import dev.vmtest.image.ImageException;
import dev.vmtest.image.Images;
import dev.vmtest.image.InstallImage;
import dev.vmtest.installconfig.InstallSource;
import dev.vmtest.publish.PublishServer;
import dev.vmtest.release.ReleaseBase;
import dev.vmtest.release.SourceKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Choose what is installed: the install environment's own root where the target is of its release,
 * otherwise a file of the target's image, which the run's web server hands out.
 */
public final class TargetSource {

    /** The file of an image that holds a root as a file system. */
    static final String SQUASHFS = "squashfs";

    /** Where the install environment has its own read-only root, as overlayroot does. */
    private static final String LIVE_ROOT = "cp://" + InstallSource.IMAGE_ROOT;

    /** Where a source that is made here lies on the server. */
    private static final String SOURCE = "source/";

    /** The schemes by which curtin takes the files of an image (curtin documentation, "install source"). */
    private static final Map<String, String> SCHEMES = new LinkedHashMap<>();

    static {
        SCHEMES.put(SQUASHFS, "fsimage");
        SCHEMES.put("root-tgz", "tgz");
        SCHEMES.put("root-image.xz", "dd-xz");
    }

    private TargetSource() {}

    /** Say whether a file of an image can be installed. */
    static boolean isKnown(String fileType) {
        return SCHEMES.containsKey(fileType);
    }

    /** Return the types of files that can be installed, for messages. */
    static String known() {
        return String.join(", ", SCHEMES.keySet());
    }

    /** Say whether a test installs a copy of its install environment. */
    static boolean isLiveRoot(ReleaseBase base, TestDefinition.InstallTarget target) {
        return target.release().equals(base.environment().codename())
                && target.fileType().equals(SQUASHFS);
    }

    /**
     * Return the install source, and publish what it names.
     *
     * @throws ImageException if there is no image of the target's release, or it lacks the file
     */
    public static String of(TestCase test, Images images, PublishServer server) throws ImageException, IOException {
        Placed<SourceKind> kind = test.config().vmtest().source();
        if (kind != null) {
            return made(kind.value(), images.find(test.release(), test.imageNeeds()), images, server);
        }
        TestDefinition.InstallTarget target = test.target();
        if (isLiveRoot(test.base(), target)) {
            return LIVE_ROOT;
        }
        String type = target.fileType();
        InstallImage image = images.findTarget(target.release(), type);
        if (!image.has(type)) {
            throw new ImageException(
                    "the image " + image.description() + " has no " + type + " to install",
                    "take an image that has one, or another of: " + known());
        }
        String path = "target/" + type;
        server.publish(path, image.file(type).path());
        return SCHEMES.get(type) + ":" + server.urlFromGuest(path);
    }

    /** A source that is made here may have more files than the one that an installer is told. */
    private static String made(SourceKind kind, InstallImage image, Images images, PublishServer server)
            throws ImageException, IOException {
        for (Map.Entry<String, Path> file : images.source(image, kind).entrySet()) {
            server.publish(SOURCE + file.getKey(), file.getValue());
        }
        return kind + ":" + server.urlFromGuest(SOURCE + kind.fileName());
    }
}
