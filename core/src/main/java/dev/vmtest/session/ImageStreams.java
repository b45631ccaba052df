package dev.vmtest.session;

import dev.vmtest.image.ImageDirectory;
import dev.vmtest.image.ImageException;
import dev.vmtest.image.mirror.ImageSync;
import dev.vmtest.image.mirror.SyncListener;
import dev.vmtest.image.mirror.SyncRequest;
import dev.vmtest.image.mirror.SyncResult;
import dev.vmtest.process.Processes;
import dev.vmtest.release.Architecture;
import dev.vmtest.release.ReleaseTable;
import dev.vmtest.settings.Settings;
import dev.vmtest.settings.SettingsTable;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

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

    /**
     * Fetch newer images of what tests run on, where the environment says so (CURTIN_VMTEST_IMAGE_SYNC). A stream that is
     * out of reach does not keep a run from using the images that are there.
     *
     * @param bases names of release bases
     * @param listener hears how far it is
     * @param trouble told what could not be fetched
     */
    public void syncForRun(List<String> bases, Processes processes, SyncListener listener, Consumer<String> trouble) {
        if (!settings.get(SettingsTable.IMAGE_SYNC)) {
            return;
        }
        List<String> releases = bases.stream()
                .flatMap(name -> ReleaseTable.base(name).stream())
                .flatMap(base ->
                        Stream.of(base.environment().codename(), base.target().codename()))
                .distinct()
                .toList();
        try {
            sync(request(releases), processes, listener).problems().forEach(trouble);
        } catch (ImageException unreachable) {
            trouble.accept("the images were not synced (CURTIN_VMTEST_IMAGE_SYNC), those that are there are used: "
                    + unreachable.getMessage());
        }
    }

    /** Return the index of the MAAS stream of a name. */
    public static URI maasIndex(String stream) {
        return URI.create("http://images.maas.io/ephemeral-v3/" + stream + "/streams/v1/index.sjson");
    }

    /** Return a request for images of this host's architecture, with nothing but what the environment says. */
    public SyncRequest request(List<String> releases) {
        return new SyncRequest(
                new SyncRequest.Stream(
                        settings.find(SettingsTable.IMAGE_SRC_URL)
                                .orElseGet(() -> maasIndex(settings.get(SettingsTable.MAAS_IMAGE_STREAM))),
                        settings.get(SettingsTable.IMAGE_SRC_KEYRING)),
                new SyncRequest.Selection(releases, List.of(Architecture.host().debianName()), List.of()),
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
