package dev.vmtest.image.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vmtest.image.ImageTreeLock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Mirror while another sync or a run uses the tree. */
@Timeout(120)
class ConcurrentSyncTests {

    @AutoClose
    private final SyncedImages synced;

    ConcurrentSyncTests(@TempDir Path temporary) throws IOException {
        synced = new SyncedImages(temporary);
    }

    @Test
    void twoSyncsTakeTurns() throws Exception {
        synced.server.publish();
        CountDownLatch reached = new CountDownLatch(1);
        synced.server.faults.put(SyncedImages.KERNEL, (exchange, file) -> {
            reached.countDown();
            try {
                synced.server.released.await();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
            return false;
        });
        CompletableFuture<SyncResult> first =
                CompletableFuture.supplyAsync(() -> synced.quietly(synced.request(1, "jammy")));
        assertThat(reached.await(30, TimeUnit.SECONDS)).isTrue();
        SyncRequest wanted = synced.request(1, "jammy");
        SyncRequest impatient =
                new SyncRequest(wanted.stream(), SyncRequest.Selection.EVERYTHING, 1, 1, false, false, Duration.ZERO);
        assertThatThrownBy(() -> synced.sync().sync(impatient, synced.listener))
                .hasMessageContaining("another sync")
                .hasMessageContaining("CURTIN_VMTEST_IMAGE_LOCK_TIMEOUT");
        CompletableFuture<SyncResult> second =
                CompletableFuture.supplyAsync(() -> synced.quietly(synced.request(1, "jammy")));
        synced.server.released.countDown();
        assertThat(first.get(60, TimeUnit.SECONDS).fetched()).hasSize(3);
        assertThat(second.get(60, TimeUnit.SECONDS).problems()).isEmpty();
        assertThat(synced.server.requests.stream().filter(SyncedImages.KERNEL::equals))
                .hasSize(1);
    }

    @Test
    void aRunNeverSeesAHalfSyncedTree() throws Exception {
        synced.mirror(1, "jammy");
        synced.server.image("jammy", "amd64", "ga-22.04", "20260102").publish();
        CompletableFuture<SyncResult> waiting;
        try (ImageTreeLock run = ImageTreeLock.shared(synced.tree, Duration.ZERO, () -> {})) {
            SyncRequest wanted = synced.request(1, "jammy");
            SyncRequest impatient = new SyncRequest(
                    wanted.stream(),
                    new SyncRequest.Selection(List.of("jammy"), List.of(), List.of()),
                    1,
                    1,
                    false,
                    false,
                    Duration.ofMillis(100));
            assertThatThrownBy(() -> synced.sync().sync(impatient, synced.listener))
                    .hasMessageContaining("in use by a run");
            assertThat(synced.images()).hasSize(3).contains(SyncedImages.KERNEL);
            waiting = CompletableFuture.supplyAsync(() -> synced.quietly(wanted));
            assertThat(synced.images()).hasSize(3).contains(SyncedImages.KERNEL);
            assertThat(run).isNotNull();
        }
        assertThat(waiting.get(60, TimeUnit.SECONDS).removed()).contains(SyncedImages.KERNEL);
        assertThat(synced.lines()).hasSize(3).allMatch(line -> line.contains("20260102"));
    }
}
