package dev.vmtest.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.result.Evidence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FullDiskTests {

    @Test
    void itIsSeenBehindWhateverItCaused() {
        IOException full = new FileSystemException("/x/logs/run.jsonl", null, "No space left on device");

        assertThat(FullDisk.isBehind(full)).isTrue();
        assertThat(FullDisk.isBehind(new IllegalStateException("odd", new UncheckedIOException(full))))
                .isTrue();
        assertThat(FullDisk.isBehind(new IOException("qemu-img: error while writing: Disk quota exceeded")))
                .isTrue();
        assertThat(FullDisk.isBehind(new IOException("Permission denied"))).isFalse();
        assertThat(FullDisk.isBehind(new IOException((String) null))).isFalse();
    }

    @Test
    void aDiskWithRoomIsNotFull(@TempDir Path directory) {
        assertThat(FullDisk.isFull(directory)).isFalse();
        assertThat(FullDisk.isFull(directory.resolve("absent"))).isFalse();
    }

    @Test
    void whatLooksLikeTheGuestsFailureIsToldAsTheHosts() {
        Evidence looksLike = new Evidence("the guest gave no sign of life", List.of("a", "b"), "end", "e", "l", 1);

        Evidence told = FullDisk.evidence(Path.of("/srv/top"), looksLike);

        assertThat(told.summary()).startsWith("the disk of /srv/top is full; make room there");
        assertThat(told.context()).isEqualTo(looksLike.context());
        assertThat(told.machineEnd()).isEqualTo("end");
    }
}
