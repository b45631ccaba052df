package dev.vmtest.cli;

import dev.vmtest.image.ImageDirectory;
import dev.vmtest.image.ImageStore;
import dev.vmtest.settings.Settings;
import dev.vmtest.settings.SettingsTable;
import java.time.Clock;
import java.time.Duration;
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

    /** Return how long to wait for others who use the images; negative is for ever. */
    Duration lockTimeout() {
        return Duration.ofSeconds(settings.get(SettingsTable.IMAGE_LOCK_TIMEOUT));
    }

    /** Return how many versions of an image stay ({@code IMAGES_TO_KEEP}). */
    int keep() {
        return settings.get(SettingsTable.IMAGES_TO_KEEP);
    }
}
