package dev.vmtest.image.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vmtest.image.ImageStore;
import dev.vmtest.image.InstallImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Mirror a stream that these tests serve and sign. */
@Timeout(120)
class ImageSyncTests {

    @AutoClose
    private final SyncedImages synced;

    ImageSyncTests(@TempDir Path temporary) throws IOException {
        synced = new SyncedImages(temporary);
    }

    @Test
    void mirrorsVerifiesAndDescribes() throws Exception {
        SyncResult result = synced.mirror(1, "jammy");
        assertThat(result.problems()).isEmpty();
        assertThat(result.images()).containsExactly("jammy amd64/ga-22.04 20260101");
        assertThat(result.bytes()).isEqualTo(300_000);
        assertThat(synced.images())
                .containsExactly(
                        SyncedImages.BASE + "ga-22.04/boot-initrd",
                        SyncedImages.KERNEL,
                        SyncedImages.BASE + "squashfs");
        assertThat(synced.lines())
                .containsExactly(
                        "jammy   amd64/ga-22.04/generic 20260101   boot-initrd",
                        "jammy   amd64/ga-22.04/generic 20260101   boot-kernel",
                        "jammy   amd64/ga-22.04/generic 20260101   squashfs");
        assertThat(synced.tree.root().resolve("streams/v1/vmtest.json")).exists();
        assertThat(synced.tree.root().resolve(StreamServer.PRODUCTS))
                .hasBinaryContent(synced.server.file(StreamServer.PRODUCTS));
        InstallImage image =
                new ImageStore(synced.tree, Clock.systemUTC()).images().get(0);
        assertThat(new ImageStore(synced.tree, Clock.systemUTC()).verify(image)).isEmpty();
        int before = synced.server.requests.size();
        assertThat(synced.mirror(1, "jammy").fetched()).isEmpty();
        assertThat(synced.server.requests).hasSize(before + 2);
    }

    @Test
    void keepsTheNewestVersionsAndSharedFiles() throws Exception {
        synced.server.image("jammy", "amd64", "hwe-22.04", "20260101");
        synced.mirror(1);
        synced.server.image("jammy", "amd64", "ga-22.04", "20260102");
        SyncResult result = synced.mirror(1);
        // The root file system of the old version belongs to the other kernel's product too.
        assertThat(result.removed()).containsExactly(SyncedImages.BASE + "ga-22.04/boot-initrd", SyncedImages.KERNEL);
        assertThat(synced.images()).contains(SyncedImages.BASE + "squashfs");
        synced.server.image("jammy", "amd64", "hwe-22.04", "20260103");
        assertThat(synced.mirror(2).removed()).isEmpty();
        assertThat(synced.lines("item_name=squashfs"))
                .containsExactly(
                        "jammy   amd64/ga-22.04/generic 20260101   squashfs",
                        "jammy   amd64/ga-22.04/generic 20260102   squashfs",
                        "jammy   amd64/hwe-22.04/generic 20260101   squashfs",
                        "jammy   amd64/hwe-22.04/generic 20260103   squashfs");
        synced.mirror(1);
        assertThat(synced.images()).noneMatch(file -> file.startsWith(SyncedImages.BASE));
        assertThat(synced.tree.root().resolve("ubuntu/jammy/amd64/20260101")).doesNotExist();
    }

    @Test
    void leavesOtherReleasesAndBuiltImagesAlone() throws Exception {
        synced.server.image("focal", "amd64", "ga-20.04", "20260101").image("jammy", "arm64", "ga-22.04", "20260101");
        synced.mirror(1, "focal");
        synced.mirror(1, "jammy");
        assertThat(synced.lines("item_name=squashfs")).hasSize(2).noneMatch(line -> line.contains("arm64"));
        synced.server.withdraw("jammy", "ga-22.04", "20260101");
        synced.server.image("jammy", "amd64", "ga-22.04", "20251231");
        assertThat(synced.mirror(1, "jammy").removed()).isNotEmpty();
        assertThat(synced.lines("item_name=squashfs")).hasSize(2).anyMatch(line -> line.contains("20251231"));
        SyncRequest clean = new SyncRequest(
                new SyncRequest.Stream(synced.server.url(), synced.server.keyring()),
                new SyncRequest.Selection(List.of("jammy"), List.of("amd64"), List.of()),
                1,
                1,
                false,
                true,
                Duration.ZERO);
        synced.sync().sync(clean, synced.listener);
        assertThat(synced.images()).noneMatch(file -> file.contains("focal"));
    }

    @Test
    void aDryRunChangesNothing() throws Exception {
        synced.server.publish();
        SyncRequest wanted = synced.request(1, "jammy");
        SyncRequest dry = new SyncRequest(
                wanted.stream(),
                new SyncRequest.Selection(
                        wanted.selection().releases(), wanted.selection().arches(), List.of()),
                1,
                1,
                true,
                false,
                Duration.ZERO);
        assertThat(synced.sync().sync(dry, synced.listener).fetched())
                .contains(SyncedImages.KERNEL)
                .hasSize(3);
        assertThat(synced.tree.root()).doesNotExist();
        synced.mirror(1, "jammy");
        synced.server.image("jammy", "amd64", "ga-22.04", "20260105").publish();
        SyncResult result = synced.sync().sync(dry, synced.listener);
        assertThat(result.fetched()).hasSize(3);
        assertThat(result.removed()).contains(SyncedImages.KERNEL).hasSize(3);
        assertThat(synced.images()).hasSize(3).contains(SyncedImages.KERNEL);
    }

    @Test
    void anOldVersionStaysWhereTheNewOneCannotBeHad() throws Exception {
        synced.mirror(1, "jammy");
        synced.server.image("jammy", "amd64", "ga-22.04", "20260102").publish();
        synced.server.files.remove("ubuntu/jammy/amd64/20260102/squashfs");
        SyncResult result = synced.sync().sync(synced.request(1, "jammy"), synced.listener);
        assertThat(result.problems()).hasSize(1);
        assertThat(synced.images()).hasSize(3).contains(SyncedImages.KERNEL);
        assertThat(synced.lines()).hasSize(3).allMatch(line -> line.contains("20260101"));
    }

    @Test
    void saysWhatTheStreamHasInstead() throws Exception {
        synced.server.publish();
        assertThatThrownBy(() -> synced.sync().sync(synced.request(1, "zebra"), synced.listener))
                .hasMessageContaining("zebra for amd64")
                .hasMessageContaining("it has: jammy amd64");
    }

    @Test
    void mendsDamagedRecords() throws Exception {
        synced.mirror(1, "jammy");
        for (String file : List.of("streams/v1/vmtest.json", ".vmtest-data/references.json")) {
            Files.writeString(synced.tree.root().resolve(file), "{ no");
            synced.notes.clear();
            assertThat(synced.mirror(1, "jammy").fetched()).as(file).isEmpty();
            assertThat(synced.notes).as(file).anyMatch(note -> note.contains(file));
            assertThat(synced.lines()).hasSize(3);
        }
        Files.writeString(synced.tree.root().resolve(SyncedImages.KERNEL), "short");
        assertThat(synced.mirror(1, "jammy").fetched()).containsExactly(SyncedImages.KERNEL);
    }

    @Test
    void mirrorsADirectory() throws Exception {
        synced.server.publish();
        Path stream = synced.temporary.resolve("stream");
        for (Map.Entry<String, byte[]> file : synced.server.files.entrySet()) {
            Files.createDirectories(stream.resolve(file.getKey()).getParent());
            Files.write(stream.resolve(file.getKey()), file.getValue());
        }
        SyncResult result = synced.sync().sync(synced.request(stream.toUri(), 1, "jammy"), synced.listener);
        assertThat(result.problems()).isEmpty();
        assertThat(synced.images()).hasSize(3);
    }
}
