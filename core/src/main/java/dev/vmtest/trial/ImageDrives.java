package dev.vmtest.trial;

import dev.vmtest.image.EphemeralBoot;
import dev.vmtest.image.InstallImage;
import dev.vmtest.installer.ImageSystem;
import dev.vmtest.machine.Boot;
import java.util.ArrayList;
import java.util.List;

/** Say which drives an install environment has beside the disks of its test. */
public final class ImageDrives {

    private ImageDrives() {}

    /** Return the image's root and, where it has one, the system that is installed. */
    public static List<Boot.Drive> of(InstallImage image) {
        List<Boot.Drive> drives = new ArrayList<>();
        drives.add(new Boot.Drive(image.squashfs(), EphemeralBoot.ROOT_SERIAL, Boot.Drive.Kind.READ_ONLY));
        drives.addAll(withoutRoot(image));
        return drives;
    }

    /** Return the system that these drives bring to install. */
    static ImageSystem system(InstallImage image) {
        return image.target().isPresent() ? ImageSystem.TARGET_IMAGE : ImageSystem.OWN_ROOT;
    }

    /** Return the system that is installed, where the image has one, for an environment that fetches its root. */
    static List<Boot.Drive> withoutRoot(InstallImage image) {
        return image
                .target()
                .map(file -> new Boot.Drive(file, ImageSystem.TARGET_IMAGE_SERIAL, Boot.Drive.Kind.READ_ONLY))
                .stream()
                .toList();
    }
}
