package dev.vmtest.image;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * List what goes when old images are removed.
 *
 * @param images the images, each with its files and its entry in the index
 * @param builds directories of builds that no index knows
 * @param snapshots directories with what was saved of machines that booted an image which is gone
 */
public record PrunedImages(List<InstallImage> images, List<Path> builds, List<Path> snapshots) {

    static final PrunedImages NONE = new PrunedImages(List.of(), List.of(), List.of());

    public PrunedImages {
        images = List.copyOf(images);
        builds = List.copyOf(builds);
        snapshots = List.copyOf(snapshots);
    }

    /** Return a name for each: an image's description, the path of anything else. */
    public List<String> names() {
        return Stream.concat(
                        images.stream().map(InstallImage::description),
                        Stream.concat(builds.stream(), snapshots.stream()).map(Path::toString))
                .toList();
    }
}
