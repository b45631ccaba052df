package dev.vmtest.session;

import dev.vmtest.image.ImageDirectory;
import dev.vmtest.image.ImageException;
import dev.vmtest.image.ImageSync;
import dev.vmtest.image.SyncListener;
import dev.vmtest.image.SyncRequest;
import dev.vmtest.image.SyncResult;
import dev.vmtest.process.Processes;
import dev.vmtest.settings.Settings;
import dev.vmtest.settings.SettingsTable;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Mirror image streams as the environment says. */
public final class ImageStreams {

    private static final int JOBS = 4;

    private final Settings settings;
    private final ImageDirectory directory;

    public ImageStreams(Map<String, String> environment) {
        this.settings = Settings.read(environment);
        this.directory =
                ImageDirectory.choose(settings.find(SettingsTable.IMAGE_DIR).orElse(null), environment);
    }

    /** Return where images lie. */
    public ImageDirectory directory() {
        return directory;
    }

    /** Return how long to wait for others who use the images; negative is for ever. */
    public Duration lockTimeout() {
        return Duration.ofSeconds(settings.get(SettingsTable.IMAGE_LOCK_TIMEOUT));
    }

    /** Return the index of the MAAS stream of a name. */
    public static URI maasIndex(String stream) {
        return URI.create("http://images.maas.io/ephemeral-v3/" + stream + "/streams/v1/index.sjson");
    }

    /** Return a request for images of this host's architecture, with nothing but what the environment says. */
    public SyncRequest request(List<String> releases) {
        return new SyncRequest(
                settings.find(SettingsTable.IMAGE_SRC_URL)
                        .orElseGet(() -> maasIndex(settings.get(SettingsTable.MAAS_IMAGE_STREAM))),
                settings.get(SettingsTable.IMAGE_SRC_KEYRING),
                releases,
                List.of(TestDefaults.hostArchitecture()),
                List.of(),
                settings.get(SettingsTable.IMAGES_TO_KEEP),
                JOBS,
                false,
                false,
                lockTimeout());
    }

    /**
     * Mirror what is asked for.
     *
     * @throws ImageException if nothing of it can be had
     */
    public SyncResult sync(SyncRequest request, Processes processes, SyncListener listener) throws ImageException {
        return new ImageSync(
                        processes,
                        directory,
                        new EnvironmentProxies(settings),
                        Clock.systemUTC(),
                        settings.get(SettingsTable.TMPDIR))
                .sync(request, listener);
    }
}
