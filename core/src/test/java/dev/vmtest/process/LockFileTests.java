package dev.vmtest.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plants links where locks are to be. */
final class LockFileTests {

    @TempDir
    Path directory;

    @Test
    void noLockIsMadeThroughALinkThatLeadsNowhere() throws IOException {
        Path nowhere = directory.resolve("nowhere");
        Path lock = Files.createSymbolicLink(directory.resolve(".lock"), nowhere);

        assertThatIOException()
                .isThrownBy(() -> LockFile.of(lock).tryExclusive())
                .withMessageContaining("symbolic link");
        assertThatIOException()
                .isThrownBy(() -> LockFile.of(lock).shared(Duration.ZERO, () -> {}))
                .withMessageContaining("symbolic link");

        assertThat(nowhere).doesNotExist();
    }

    @Test
    void theFileOfSomebodyElseIsNotLockedThroughALink() throws IOException {
        Path victim = Files.writeString(directory.resolve("victim"), "precious");
        Path lock = Files.createSymbolicLink(directory.resolve(".lock"), victim);

        assertThatIOException()
                .isThrownBy(() -> LockFile.of(lock).exclusive(() -> {}))
                .withMessageContaining("symbolic link");
        assertThatIOException()
                .isThrownBy(() -> LockFile.of(lock).shared(Duration.ZERO, () -> {}))
                .withMessageContaining("symbolic link");
        // Nobody holds it after a refusal.
        Files.delete(lock);
        try (LockFile.Held held = LockFile.of(lock).tryExclusive().orElseThrow()) {
            assertThat(held).isNotNull();
        }
    }
}
