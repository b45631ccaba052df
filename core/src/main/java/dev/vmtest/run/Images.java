package dev.vmtest.run;

import dev.vmtest.image.ImageException;
import dev.vmtest.image.InstallImage;

/** Find the install image of a release; an interface so that the phases can be tested without a built image. */
@FunctionalInterface
public interface Images {

    /**
     * Return the newest image of a release.
     *
     * @throws ImageException saying which command makes one, if there is none
     */
    InstallImage find(String release) throws ImageException;
}
