package dev.vmtest.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.process.Command;
import dev.vmtest.process.SupervisedProcesses;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Unpack archives that mean well. */
final class TarExtractorTests {

    private final UnpackedArchive unpacked;

    TarExtractorTests(@TempDir Path top) throws IOException {
        unpacked = new UnpackedArchive(top);
    }

    @Test
    void unpacksWhatIsHonest() throws Exception {
        new TarBuilder()
                .directory("./dir", 0500)
                .file("./dir/secret", 0000, "shadow")
                .file("script", 06777, "#!/bin/sh")
                .file("missing/parents/file", 0644, "deep")
                .file("n".repeat(200), "long name")
                .file("empty", "")
                .symbolicLink("dir/link", "../script")
                .hardLink("hard", "dir/secret")
                .writeTo(unpacked.archive);

        ExtractReport report = unpacked.extract();

        assertThat(report.refused()).isEmpty();
        assertThat(report.entries()).isEqualTo(8);
        assertThat(report.bytes()).isEqualTo(6 + 9 + 4 + 9);
        assertThat(unpacked.destination.resolve("dir/secret")).hasContent("shadow");
        assertThat(unpacked.destination.resolve("missing/parents/file")).hasContent("deep");
        assertThat(unpacked.destination.resolve("n".repeat(200))).hasContent("long name");
        assertThat(unpacked.destination.resolve("empty")).isEmptyFile();
        assertThat(unpacked.destination.resolve("dir/link")).isSymbolicLink().hasContent("#!/bin/sh");
        assertThat(unpacked.destination.resolve("hard")).hasContent("shadow");
        assertThat(permissions("dir")).isEqualTo("rwx------");
        assertThat(permissions("dir/secret")).isEqualTo("rw-------");
        assertThat(permissions("script")).isEqualTo("rwxr-xr-x");
        assertThat(permissions("missing")).isEqualTo("rwxr-xr-x");
        assertThat(Files.getOwner(unpacked.destination.resolve("script"))).isEqualTo(Files.getOwner(unpacked.outside));
    }

    @Test
    void replacesFilesAndLinksOfTheSameName() throws Exception {
        new TarBuilder()
                .file("twice", "a long first version")
                .file("twice", "second")
                .file("victim", "kept")
                .symbolicLink("link", "victim")
                .file("link", "no longer a link")
                .file("original", "one")
                .hardLink("hard", "original")
                .file("hard", "two")
                .directory("again", 0755)
                .file("again/file", "stays")
                .directory("again", 0700)
                .writeTo(unpacked.archive);

        assertThat(unpacked.extract().refused()).isEmpty();
        assertThat(unpacked.destination.resolve("twice")).hasContent("second");
        assertThat(unpacked.destination.resolve("victim")).hasContent("kept");
        assertThat(unpacked.destination.resolve("link")).isRegularFile().hasContent("no longer a link");
        assertThat(unpacked.destination.resolve("original")).hasContent("one");
        assertThat(unpacked.destination.resolve("hard")).hasContent("two");
        assertThat(unpacked.destination.resolve("again/file")).hasContent("stays");
    }

    @Test
    void keepsControlCharactersOutOfTheReport() throws Exception {
        new TarBuilder()
                .file("/\u001b[31mred\nline", "x")
                .file("../" + "x".repeat(500), "x")
                .writeTo(unpacked.archive);

        ExtractReport report = unpacked.extract();

        assertThat(report.refused()).hasSize(2);
        assertThat(report.refused().get(0).name()).isEqualTo("/\uFFFD[31mred line");
        assertThat(report.refused().get(1).name()).startsWith("../xxx").hasSizeLessThan(210);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gnu", "posix"})
    void readsSparseFilesFromARawDisk(String format) throws Exception {
        Path source = Files.createDirectories(unpacked.top.resolve("source"));
        try (RandomAccessFile sparse =
                new RandomAccessFile(source.resolve("sparse").toFile(), "rw")) {
            sparse.setLength(100 << 20);
            for (int i = 1; i < 40; i++) {
                sparse.seek(i * (2L << 20));
                sparse.writeBytes("block " + i);
            }
        }
        Files.writeString(source.resolve("z-after"), "after");
        try (SupervisedProcesses processes = new SupervisedProcesses()) {
            var unused = processes
                    .run(
                            Command.of("tar", "--format=" + format, "--sparse", "-C", source.toString(), "-cf")
                                    .with(unpacked.archive.toString(), "sparse", "z-after"),
                            Duration.ofSeconds(60))
                    .requireSuccess();
        }
        try (RandomAccessFile disk = new RandomAccessFile(unpacked.archive.toFile(), "rw")) {
            // An odd size, with the remains of a file system behind the unpacked.archive.
            disk.setLength((64 << 20) + 77);
            disk.seek(50 << 20);
            disk.writeBytes("old data");
        }

        ExtractReport report = unpacked.extract();

        assertThat(report.refused()).isEmpty();
        assertThat(Files.mismatch(source.resolve("sparse"), unpacked.destination.resolve("sparse")))
                .isEqualTo(-1);
        assertThat(unpacked.destination.resolve("z-after")).hasContent("after");
        assertThat(report.bytes()).isEqualTo((100 << 20) + 5);
    }

    @Test
    void keepsHolesHoles() throws Exception {
        new TarBuilder().file("zeros", "\0".repeat(8 << 20)).writeTo(unpacked.archive);

        assertThat(unpacked.extract().bytes()).isEqualTo(8 << 20);
        assertThat(Files.size(unpacked.destination.resolve("zeros"))).isEqualTo(8 << 20);
        try (SupervisedProcesses processes = new SupervisedProcesses()) {
            String blocks = processes
                    .run(
                            Command.of(
                                    "stat",
                                    "--format=%b",
                                    unpacked.destination.resolve("zeros").toString()),
                            Duration.ofSeconds(60))
                    .requireSuccess()
                    .stdout();
            assertThat(Long.parseLong(blocks.strip()) * 512).isLessThan(1 << 20);
        }
    }

    private String permissions(String name) throws IOException {
        return PosixFilePermissions.toString(
                Files.getPosixFilePermissions(unpacked.destination.resolve(name), LinkOption.NOFOLLOW_LINKS));
    }
}
