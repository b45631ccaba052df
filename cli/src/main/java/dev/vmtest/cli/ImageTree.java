package dev.vmtest.cli;

import dev.vmtest.image.ImageDirectory;
import dev.vmtest.image.ImageStore;
import dev.vmtest.image.InstallImage;
import dev.vmtest.settings.Settings;
import dev.vmtest.settings.SettingsTable;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Open the images that the environment names. */
final class ImageTree {

    private final Settings settings;
    private final ImageStore store;

    ImageTree(Map<String, String> environment) {
        this.settings = Settings.read(environment);
        this.store = new ImageStore(
                ImageDirectory.choose(settings.find(SettingsTable.IMAGE_DIR).orElse(null), environment),
                Clock.systemUTC());
    }

    ImageStore store() {
        return store;
    }

    /** Return the images of some releases; of all, if none is named. */
    static List<InstallImage> only(List<String> releases, List<InstallImage> images) {
        return images.stream()
                .filter(image -> releases.isEmpty() || releases.contains(image.release()))
                .toList();
    }

    /** Say that there is no image of some releases, or none at all, and what to do about it. */
    String nothing(List<String> releases) {
        return "there is no image " + (releases.isEmpty() ? "" : "of " + String.join(" or ", releases) + " ") + "in "
                + store.directory().root()
                + "; 'vmtest images build' makes those of Debian, 'vmtest images sync' fetches"
                + " others";
    }

    /** Return how long to wait for others who use the images; negative is for ever. */
    Duration lockTimeout() {
        return Duration.ofSeconds(settings.get(SettingsTable.IMAGE_LOCK_TIMEOUT));
    }

    /** Return how many versions of an image stay ({@code IMAGES_TO_KEEP}). */
    int keep() {
        return settings.get(SettingsTable.IMAGES_TO_KEEP);
    }
}
