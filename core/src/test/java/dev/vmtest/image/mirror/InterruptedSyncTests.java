package dev.vmtest.image.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vmtest.digest.Sha256;
import dev.vmtest.files.OwnUser;
import dev.vmtest.image.ImageException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Mirror from servers that cut off, hang or lead elsewhere, and onto a full disk. */
@Timeout(120)
class InterruptedSyncTests {

    @AutoClose
    private final SyncedImages synced;

    InterruptedSyncTests(@TempDir Path temporary) throws IOException {
        synced = new SyncedImages(temporary);
    }

    @Test
    void goesOnWhereADownloadWasCut() throws Exception {
        synced.server.faults.put(
                SyncedImages.KERNEL,
                (exchange, file) -> exchange.getRequestHeaders().containsKey("Range")
                        ? false
                        : StreamServer.cut(
                                exchange, file, 40_000, () -> synced.awaitArrival(SyncedImages.KERNEL, 40_000)));
        assertThat(synced.mirror(1, "jammy").problems()).isEmpty();
        assertThat(synced.server.requests).contains(SyncedImages.KERNEL + " bytes=40000-");
        assertThat(synced.tree.root().resolve(SyncedImages.KERNEL))
                .hasBinaryContent(synced.server.file(SyncedImages.KERNEL));
    }

    @Test
    void asksABusyServerAgainWhenItSays() throws Exception {
        Queue<String> waits =
                new ConcurrentLinkedQueue<>(List.of("7", "Thu, 01 Jan 2026 00:00:30 GMT", "whenever", "99999999"));
        synced.server.faults.put(SyncedImages.KERNEL, (exchange, file) -> {
            String wait = waits.poll();
            if (wait == null) {
                return false;
            }
            exchange.getResponseHeaders().set("Retry-After", wait);
            exchange.sendResponseHeaders(waits.size() % 2 == 0 ? 503 : 429, -1);
            return true;
        });

        assertThat(synced.mirror(1, "jammy").problems()).isEmpty();

        assertThat(synced.pauses).extracting(Duration::toSeconds).containsExactly(7L, 30L, 4L, 120L);
        assertThat(synced.notes).anyMatch(note -> note.endsWith("HTTP status 429; it is asked again in 7 s"));
    }

    @Test
    void asksForDocumentsAgainTooAndGivesUpInTheEnd() throws Exception {
        synced.server.publish();
        synced.server.faults.put("streams/v1/index.sjson", (exchange, file) -> {
            exchange.sendResponseHeaders(502, -1);
            return true;
        });

        assertThatThrownBy(() -> synced.sync().sync(synced.request(1, "jammy"), synced.listener))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("streams/v1/index.sjson answers with HTTP status 502")
                .hasMessageContaining("it was asked 6 times; sync again later");

        assertThat(synced.pauses).extracting(Duration::toSeconds).containsExactly(1L, 2L, 4L, 8L, 16L);
    }

    @Test
    void goesOnWhereAnEarlierSyncWasCut() throws Exception {
        synced.server.publish();
        synced.server.faults.put(
                SyncedImages.KERNEL,
                (exchange, file) ->
                        synced.server.requests.size() > 100 ? false : synced.server.hang(exchange, file, 40_000));
        SyncResult first = synced.sync(Duration.ofSeconds(3)).sync(synced.request(1, "jammy"), synced.listener);
        assertThat(first.problems())
                .hasSize(1)
                .first()
                .asString()
                .contains(SyncedImages.KERNEL, "40000 of 100000", "hangs");
        assertThat(synced.partials()).hasSize(3);
        assertThat(synced.images()).isEmpty();
        assertThat(synced.lines()).isEmpty();
        synced.server.faults.clear();
        synced.server.requests.clear();
        assertThat(synced.mirror(1, "jammy").problems()).isEmpty();
        assertThat(synced.server.requests)
                .contains(SyncedImages.KERNEL + " bytes=40000-")
                .noneMatch(one -> one.contains("squashfs"));
        assertThat(synced.tree.root().resolve(SyncedImages.KERNEL))
                .hasBinaryContent(synced.server.file(SyncedImages.KERNEL));
    }

    @Test
    void throwsAWrongBeginningAway() throws Exception {
        synced.server.publish();
        byte[] kernel = synced.server.file(SyncedImages.KERNEL);
        Files.createDirectories(synced.tree.partialDownloads());
        Files.write(synced.tree.partialDownloads().resolve(Sha256.of(kernel) + "-" + kernel.length), new byte[5000]);
        assertThat(synced.mirror(1, "jammy").problems()).isEmpty();
        assertThat(synced.tree.root().resolve(SyncedImages.KERNEL)).hasBinaryContent(kernel);
        assertThat(synced.notes).anyMatch(note -> note.contains("fetched again"));
    }

    @Test
    void saysThatTheDiskIsFull() throws Exception {
        synced.server.publish();
        byte[] kernel = synced.server.file(SyncedImages.KERNEL);
        Files.createDirectories(synced.tree.partialDownloads());
        Path partial = synced.tree.partialDownloads().resolve(Sha256.of(kernel) + "-" + kernel.length);
        makeFull(partial);
        SyncResult result = synced.sync().sync(synced.request(1, "jammy"), synced.listener);
        assertThat(result.problems())
                .hasSize(1)
                .first()
                .asString()
                .contains("cannot be written", "No space left", "make room");
        assertThat(synced.lines()).isEmpty();
        Files.delete(partial);
        assertThat(synced.mirror(1, "jammy").problems()).isEmpty();
        assertThat(synced.lines()).hasSize(3);
    }

    /** Make a device like /dev/full (full(4)); a link to it would not be followed. */
    private static void makeFull(Path file) throws Exception {
        Assumptions.assumeTrue(OwnUser.number() == 0, "only root can make a device");
        assertThat(new ProcessBuilder("mknod", file.toString(), "c", "1", "7")
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    void nothingIsFetchedThroughALink() throws Exception {
        synced.server.publish();
        byte[] kernel = synced.server.file(SyncedImages.KERNEL);
        Files.createDirectories(synced.tree.partialDownloads());
        Path victim = Files.writeString(synced.tree.partialDownloads().resolve("victim"), "precious");
        Files.createSymbolicLink(
                synced.tree.partialDownloads().resolve(Sha256.of(kernel) + "-" + kernel.length), victim);

        assertThat(synced.sync()
                        .sync(synced.request(1, "jammy"), synced.listener)
                        .problems())
                .isNotEmpty();

        assertThat(victim).hasContent("precious");
    }

    @Test
    void givesUpOnAServerThatHangs() throws Exception {
        synced.server.publish();
        for (String path : List.of(StreamServer.INDEX, StreamServer.PRODUCTS)) {
            synced.server.faults.clear();
            synced.server.faults.put(path, (exchange, file) -> synced.server.hang(exchange, file, 10));
            assertThatThrownBy(
                            () -> synced.sync(Duration.ofSeconds(1)).sync(synced.request(1, "jammy"), synced.listener))
                    .hasMessageContaining(".sjson cannot be fetched")
                    .hasMessageContaining("hangs");
        }
    }

    @Test
    void followsARedirectButNotForEver() throws Exception {
        synced.server.files.put("moved", StreamServer.content(SyncedImages.KERNEL, 100_000));
        synced.server.faults.put(SyncedImages.KERNEL, (exchange, file) -> {
            exchange.getResponseHeaders().set("Location", "/moved");
            exchange.sendResponseHeaders(302, -1);
            return true;
        });
        assertThat(synced.mirror(1, "jammy").problems()).isEmpty();
        synced.server.faults.put(StreamServer.INDEX, (exchange, file) -> {
            exchange.getResponseHeaders().set("Location", "/" + StreamServer.INDEX);
            exchange.sendResponseHeaders(302, -1);
            return true;
        });
        assertThatThrownBy(() -> synced.sync().sync(synced.request(1, "jammy"), synced.listener))
                .hasMessageContaining("redirects too often");
        assertThat(synced.lines()).hasSize(3);
    }

    @Test
    void namesAServerThatIsNotThere() throws Exception {
        URI nobody = URI.create("http://127.0.0.1:1/streams/v1/index.sjson");
        assertThatThrownBy(() -> synced.sync().sync(synced.request(nobody, 1), synced.listener))
                .hasMessageContaining(nobody + " cannot be fetched")
                .hasMessageContaining("IMAGE_SRC_URL");
    }
}
