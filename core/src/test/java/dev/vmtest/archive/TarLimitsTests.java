package dev.vmtest.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vmtest.process.Command;
import dev.vmtest.process.SupervisedProcesses;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Unpack archives that are larger than they may be. */
final class TarLimitsTests {

    private final UnpackedArchive unpacked;

    TarLimitsTests(@TempDir Path top) throws IOException {
        unpacked = new UnpackedArchive(top);
    }

    @Test
    void boundsTheBytes() throws Exception {
        new TarBuilder().file("a", "x".repeat(600)).file("b", "x".repeat(600)).writeTo(unpacked.archive);

        assertTooLarge(new TarLimits(1000, 10, 4096, 100, 10), "more than 1000 bytes of files");
        assertThat(unpacked.destination.resolve("a")).hasSize(600);
        assertThat(unpacked.destination.resolve("b")).doesNotExist();
    }

    @Test
    void countsRefusedDataToo() throws Exception {
        new TarBuilder().file("/a", "x".repeat(600)).file("/b", "x".repeat(600)).writeTo(unpacked.archive);

        assertTooLarge(new TarLimits(1000, 10, 4096, 100, 10), "more than 1000 bytes of files");
    }

    @Test
    void boundsASparseBomb() throws Exception {
        Path source = Files.createDirectories(unpacked.top.resolve("source"));
        try (RandomAccessFile sparse =
                new RandomAccessFile(source.resolve("bomb").toFile(), "rw")) {
            sparse.setLength(7L << 30);
        }
        try (SupervisedProcesses processes = new SupervisedProcesses()) {
            var unused = processes
                    .run(
                            Command.of(
                                    "tar",
                                    "--sparse",
                                    "-C",
                                    source.toString(),
                                    "-cf",
                                    unpacked.archive.toString(),
                                    "bomb"),
                            Duration.ofSeconds(60))
                    .requireSuccess();
        }

        assertTooLarge(TarLimits.DEFAULT, "more than 2147483648 bytes of files");
    }

    @Test
    void boundsTheEntries() throws Exception {
        TarBuilder tar = new TarBuilder();
        for (int i = 0; i < 11; i++) {
            tar.file("f" + i, "");
        }
        tar.writeTo(unpacked.archive);

        assertTooLarge(new TarLimits(1000, 10, 4096, 100, 10), "more than 10 entries");
    }

    @Test
    void boundsTheHeaders() throws Exception {
        // A GNU long name of 2 MiB: read into memory before anybody sees the entry.
        new TarBuilder()
                .entry("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME, "", 0, "n".repeat(2 << 20))
                .file("f", "x")
                .writeTo(unpacked.archive);

        assertTooLarge(TarLimits.DEFAULT, "headers of more than 1048576 bytes");
    }

    private void assertTooLarge(TarLimits limits, String message) {
        assertThatExceptionOfType(TarException.class)
                .isThrownBy(() -> new TarExtractor(limits).extract(unpacked.archive, unpacked.destination))
                .withMessageContaining(message)
                .satisfies(error -> assertThat(error.reason()).isEqualTo(TarException.Reason.TOO_LARGE));
    }
}
