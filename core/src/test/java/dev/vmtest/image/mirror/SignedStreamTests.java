package dev.vmtest.image.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vmtest.image.ImageException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Mirror streams that are signed well, badly or not at all. */
@Timeout(120)
class SignedStreamTests {

    @AutoClose
    private final SyncedImages synced;

    SignedStreamTests(@TempDir Path temporary) throws IOException {
        synced = new SyncedImages(temporary);
    }

    @Test
    void refusesWhatIsNotSignedWell() throws Exception {
        synced.server.publish();
        byte[] good = synced.server.file(StreamServer.PRODUCTS);
        Map<String, byte[]> documents = new TreeMap<>();
        documents.put(
                "altered",
                new String(good, StandardCharsets.UTF_8)
                        .replace("ga-22.04", "ga-22.05")
                        .getBytes(StandardCharsets.UTF_8));
        documents.put("not signed", synced.server.file("streams/v1/x.json"));
        documents.put("empty", new byte[0]);
        documents.put("garbage", StreamServer.content("garbage", 10_000));
        documents.forEach((name, document) -> {
            synced.server.files.put(StreamServer.PRODUCTS, document);
            assertThatThrownBy(() -> synced.sync().sync(synced.request(1, "jammy"), synced.listener))
                    .as(name)
                    .isInstanceOf(ImageException.class)
                    .hasMessageContaining(StreamServer.CONTENT_ID.replace(":", "%3A") + ".sjson has no good signature")
                    .hasMessageContaining("home.gpg");
        });
        synced.server.files.put(StreamServer.PRODUCTS, good);
        Path stranger = synced.server.makeKey("stranger");
        SyncRequest wanted = synced.request(1, "jammy");
        assertThatThrownBy(() -> synced.sync()
                        .sync(
                                new SyncRequest(
                                        new SyncRequest.Stream(wanted.stream().source(), stranger),
                                        SyncRequest.Selection.EVERYTHING,
                                        1,
                                        1,
                                        false,
                                        false,
                                        Duration.ZERO),
                                synced.listener))
                .hasMessageContaining("no good signature of a key in " + stranger);
        assertThat(synced.images()).isEmpty();
        assertThat(synced.mirror(1, "jammy").problems()).isEmpty();
    }

    @Test
    void takesOnlyWhatIsSigned() throws Exception {
        synced.server.publish();
        byte[] signed = synced.server.file(StreamServer.PRODUCTS);
        String before = "{\"format\": \"products:1.0\", \"content_id\": \"evil\"}\n";
        synced.server.files.put(
                StreamServer.PRODUCTS,
                (before + new String(signed, StandardCharsets.UTF_8) + before).getBytes(StandardCharsets.UTF_8));
        synced.sync().sync(synced.request(1, "jammy"), synced.listener);
        assertThat(synced.lines("content_id=evil")).isEmpty();
        assertThat(synced.lines()).hasSize(3);
    }

    @Test
    void namesAKeyringThatIsMissing() {
        Path missing = synced.temporary.resolve("missing.gpg");
        assertThatThrownBy(() -> synced.sync()
                        .sync(
                                new SyncRequest(
                                        new SyncRequest.Stream(synced.server.url(), missing),
                                        SyncRequest.Selection.EVERYTHING,
                                        1,
                                        1,
                                        false,
                                        false,
                                        Duration.ZERO),
                                synced.listener))
                .hasMessageContaining("the keyring " + missing)
                .hasMessageContaining("IMAGE_SRC_KEYRING");
        assertThat(synced.server.requests).isEmpty();
    }

    @Test
    void warnsOfAStreamThatIsNotSigned() throws Exception {
        synced.server.publish();
        URI plain = synced.server.url().resolve("/streams/v1/index.json");
        assertThat(synced.sync()
                        .sync(synced.request(plain, 1, "jammy"), synced.listener)
                        .problems())
                .isEmpty();
        assertThat(synced.notes).anyMatch(note -> note.contains("not signed"));
        assertThat(synced.lines()).hasSize(3);
    }
}
