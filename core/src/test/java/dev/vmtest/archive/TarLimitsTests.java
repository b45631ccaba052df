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
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--format=gnu",
                "--format=posix --sparse-version=0.0",
                "--format=posix --sparse-version=0.1",
                "--format=posix --sparse-version=1.0"
            })
    void boundsASparseBomb(String format) throws Exception {
        Path source = Files.createDirectories(unpacked.top.resolve("source"));
        for (long size : List.of(3L << 30, 7L << 30, 7L << 40)) {
            try (RandomAccessFile sparse =
                    new RandomAccessFile(source.resolve("bomb").toFile(), "rw")) {
                sparse.setLength(size);
                sparse.seek(1 << 20);
                sparse.write(1);
            }
            pack(source, format, "bomb");

            assertTooLarge(TarLimits.DEFAULT, "more than 2147483648 bytes of files");
        }
    }

    /** A map of more pieces than a header may have. */
    @ParameterizedTest
    @ValueSource(strings = {"0.0", "0.1", "1.0"})
    void boundsTheMapOfASparseFile(String version) throws Exception {
        Path source = Files.createDirectories(unpacked.top.resolve("source"));
        try (RandomAccessFile sparse =
                new RandomAccessFile(source.resolve("pieces").toFile(), "rw")) {
            sparse.setLength(4000L << 13);
            for (long piece = 0; piece < 4000; piece++) {
                sparse.seek(piece << 13);
                sparse.write(1);
            }
        }
        pack(source, "--format=posix --sparse-version=" + version, "pieces");

        assertTooLarge(new TarLimits(1L << 30, 10, 4096, 100, 10), "headers of more than 4096 bytes");
    }

    private void pack(Path source, String format, String file) throws Exception {
        List<String> command = new ArrayList<>(List.of("tar", "--sparse"));
        command.addAll(List.of(format.split(" ", -1)));
        command.addAll(List.of("-C", source.toString(), "-cf", unpacked.archive.toString(), file));
        try (SupervisedProcesses processes = new SupervisedProcesses()) {
            var unused =
                    processes.run(Command.of(command), Duration.ofSeconds(60)).requireSuccess();
        }
    }

    /** A pax header that says what a file of GNU's form cannot: numbers as texts. */
    @Test
    void boundsAFileWhoseSizeIsInAPaxHeader() throws Exception {
        for (String size : List.of("7516192768", "9223372036854775807", "99999999999999999999")) {
            new TarBuilder()
                    .entry("PaxHeaders/f", (byte) 'x', "", 0644, record("size", size))
                    .file("f", "x")
                    .writeTo(unpacked.archive);

            assertTooLarge(TarLimits.DEFAULT, "more than 2147483648 bytes of files");
        }
    }

    @Test
    void boundsPaxHeaders() throws Exception {
        new TarBuilder()
                .entry("PaxHeaders/f", (byte) 'x', "", 0644, record("comment", "c".repeat(2 << 20)))
                .file("f", "x")
                .writeTo(unpacked.archive);

        assertTooLarge(TarLimits.DEFAULT, "headers of more than 1048576 bytes");
    }

    /** The length of a record counts itself. */
    private static String record(String key, String value) {
        String rest = " " + key + "=" + value + "\n";
        int length = rest.length() + 1;
        while (Integer.toString(length).length() + rest.length() != length) {
            length++;
        }
        return length + rest;
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
