package dev.vmtest.image;

import dev.vmtest.files.PlannedChange;
import java.util.List;

/**
 * Say what a build would do.
 *
 * @param image the image that it would return; one that is not there yet has no files
 * @param isThere whether the image is there already, so that nothing is built
 * @param changes what would be made, replaced or removed
 */
public record PlannedBuild(InstallImage image, boolean isThere, List<PlannedChange> changes) {

    public PlannedBuild {
        changes = List.copyOf(changes);
    }
}
