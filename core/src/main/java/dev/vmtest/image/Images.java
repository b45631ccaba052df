package dev.vmtest.image;

import dev.vmtest.release.SourceKind;
import java.nio.file.Path;
import java.util.Map;

/** Find images; an interface so that the phases can be tested without a built image. */
@FunctionalInterface
public interface Images {

    /**
     * Return the newest image that boots the install environment of a release base.
     *
     * @param release the name of the base
     * @throws ImageException saying which command makes one, if there is none
     */
    InstallImage find(String release) throws ImageException;

    /**
     * Return the newest image that boots the install environment of a release base and whose systems have what a test needs. An
     * image that was mirrored has what it came with.
     *
     * @param release the name of the base
     * @throws ImageException saying which command makes one, if there is none
     */
    default InstallImage find(String release, ImageNeeds needs) throws ImageException {
        return find(release);
    }

    /**
     * Return the newest image of a release that has a file to install.
     *
     * @param release the code name of what is installed
     * @throws ImageException saying which command makes one, if there is none
     */
    default InstallImage findTarget(String release, String fileType) throws ImageException {
        return find(release);
    }

    /**
     * Return the files of a source that is made of an image's target, by their names; made now unless they are there.
     *
     * @throws ImageException if none can be made
     */
    default Map<String, Path> source(InstallImage image, SourceKind kind) throws ImageException {
        throw new ImageException("of " + image.description() + " no source is made", "");
    }
}
