package dev.vmtest.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vmtest.process.Command;
import dev.vmtest.process.SupervisedProcesses;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TarExtractorTests {

    @TempDir
    Path top;

    private Path archive;
    private Path destination;
    private Path outside;

    @BeforeEach
    void prepare() throws IOException {
        archive = top.resolve("archive");
        destination = top.resolve("inner/collect");
        outside = Files.writeString(top.resolve("outside"), "untouched");
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
                .writeTo(archive);

        ExtractReport report = extract();

        assertThat(report.refused()).isEmpty();
        assertThat(report.entries()).isEqualTo(8);
        assertThat(report.bytes()).isEqualTo(6 + 9 + 4 + 9);
        assertThat(destination.resolve("dir/secret")).hasContent("shadow");
        assertThat(destination.resolve("missing/parents/file")).hasContent("deep");
        assertThat(destination.resolve("n".repeat(200))).hasContent("long name");
        assertThat(destination.resolve("empty")).isEmptyFile();
        assertThat(destination.resolve("dir/link")).isSymbolicLink().hasContent("#!/bin/sh");
        assertThat(destination.resolve("hard")).hasContent("shadow");
        assertThat(permissions("dir")).isEqualTo("rwx------");
        assertThat(permissions("dir/secret")).isEqualTo("rw-------");
        assertThat(permissions("script")).isEqualTo("rwxr-xr-x");
        assertThat(permissions("missing")).isEqualTo("rwxr-xr-x");
        assertThat(Files.getOwner(destination.resolve("script"))).isEqualTo(Files.getOwner(outside));
    }

    static Stream<Arguments> hostileEntries() {
        return Stream.of(
                hostile("absolute", "absolute path", tar -> tar.file("/tmp/evil", "x")),
                hostile("double slash", "absolute path", tar -> tar.file("//evil", "x")),
                hostile("parent", "path with '..'", tar -> tar.file("../outside", "x")),
                hostile("parent inside", "path with '..'", tar -> tar.file("a/../../outside", "x")),
                hostile("parent directory", "path with '..'", tar -> tar.directory("../new", 0755)),
                hostile("parent link", "path with '..'", tar -> tar.symbolicLink("../new", "x")),
                hostile("no name", "no name", tar -> tar.file("./.", "x")),
                hostile(
                        "link to absolute",
                        "symbolic link to an absolute path: /etc/passwd",
                        tar -> tar.symbolicLink("evil", "/etc/passwd")),
                hostile(
                        "link outside",
                        "symbolic link that may lead outside: ../..",
                        tar -> tar.symbolicLink("evil", "../..")),
                hostile(
                        "link outside from below",
                        "symbolic link that may lead outside: ../../../outside",
                        tar -> tar.symbolicLink("a/b/evil", "../../../outside")),
                hostile(
                        "link that climbs after descending",
                        "symbolic link that may lead outside: p/p/../../..",
                        tar -> tar.symbolicLink("p", ".").symbolicLink("evil", "p/p/../../..")),
                hostile("link to nothing", "symbolic link without a sensible target", tar -> tar.symbolicLink("e", "")),
                hostile(
                        "write through a link",
                        "path through a symbolic link",
                        tar -> tar.symbolicLink("link", "dir")
                                .directory("dir", 0755)
                                .file("link/evil", "x")),
                hostile(
                        "directory over a link",
                        "path through a symbolic link",
                        tar -> tar.symbolicLink("link", ".").directory("link", 0777)),
                hostile(
                        "path through a file",
                        "path through something that is not a directory",
                        tar -> tar.file("file", "x").file("file/below", "x")),
                hostile(
                        "file over a directory",
                        "a directory of that name is there",
                        tar -> tar.directory("d", 0755).file("d", "x")),
                hostile("hard link absolute", "absolute path", tar -> tar.hardLink("evil", "/etc/passwd")),
                hostile("hard link outside", "path with '..'", tar -> tar.hardLink("evil", "../../outside")),
                hostile(
                        "hard link to a link",
                        "hard link to something that is not a file in the archive: link",
                        tar -> tar.symbolicLink("link", "x").hardLink("evil", "link")),
                hostile(
                        "hard link through a link",
                        "hard link through something that is not a directory",
                        tar -> tar.file("d/f", "x").symbolicLink("link", "d").hardLink("evil", "link/f")),
                hostile(
                        "hard link to itself",
                        "hard link to itself",
                        tar -> tar.file("f", "x").hardLink("f", "./f")),
                hostile("character device", "device node", tar -> tar.entry("null", TarConstants.LF_CHR, "", 0666, "")),
                hostile("block device", "device node", tar -> tar.entry("sda", TarConstants.LF_BLK, "", 0666, "")),
                hostile("pipe", "named pipe", tar -> tar.entry("pipe", TarConstants.LF_FIFO, "", 0666, "")),
                hostile(
                        "unknown type",
                        "entry of unknown type 86",
                        tar -> tar.entry("volume", (byte) 'V', "", 0666, "data")),
                hostile("long path", "path of more than 1024 bytes", tar -> tar.file("a/".repeat(600) + "f", "x")),
                hostile("deep path", "path of more than 64 names", tar -> tar.file("a/".repeat(64) + "f", "x")),
                hostile("long name", "the host says: File name too long", tar -> tar.file("n".repeat(300), "x")));
    }

    private static Arguments hostile(String what, String reason, Consumer<TarBuilder> entries) {
        return Arguments.of(what, reason, entries);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostileEntries")
    void refusesAndNamesHostileEntriesAndGoesOn(String what, String reason, Consumer<TarBuilder> entries)
            throws Exception {
        TarBuilder tar = new TarBuilder();
        entries.accept(tar);
        tar.file("last", "honest").writeTo(archive);

        ExtractReport report = extract();

        assertThat(report.refused())
                .as(what)
                .singleElement()
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(reason));
        assertThat(destination.resolve("last")).hasContent("honest");
        assertNothingEscaped();
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
                .writeTo(archive);

        assertThat(extract().refused()).isEmpty();
        assertThat(destination.resolve("twice")).hasContent("second");
        assertThat(destination.resolve("victim")).hasContent("kept");
        assertThat(destination.resolve("link")).isRegularFile().hasContent("no longer a link");
        assertThat(destination.resolve("original")).hasContent("one");
        assertThat(destination.resolve("hard")).hasContent("two");
        assertThat(destination.resolve("again/file")).hasContent("stays");
    }

    @Test
    void keepsControlCharactersOutOfTheReport() throws Exception {
        new TarBuilder()
                .file("/\u001b[31mred\nline", "x")
                .file("../" + "x".repeat(500), "x")
                .writeTo(archive);

        ExtractReport report = extract();

        assertThat(report.refused()).hasSize(2);
        assertThat(report.refused().get(0).name()).isEqualTo("/?[31mred?line");
        assertThat(report.refused().get(1).name()).startsWith("../xxx").hasSizeLessThan(210);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gnu", "posix"})
    void readsSparseFilesFromARawDisk(String format) throws Exception {
        Path source = Files.createDirectories(top.resolve("source"));
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
                                    .with(archive.toString(), "sparse", "z-after"),
                            Duration.ofSeconds(60))
                    .requireSuccess();
        }
        try (RandomAccessFile disk = new RandomAccessFile(archive.toFile(), "rw")) {
            // An odd size, with the remains of a file system behind the archive.
            disk.setLength((64 << 20) + 77);
            disk.seek(50 << 20);
            disk.writeBytes("old data");
        }

        ExtractReport report = extract();

        assertThat(report.refused()).isEmpty();
        assertThat(Files.mismatch(source.resolve("sparse"), destination.resolve("sparse")))
                .isEqualTo(-1);
        assertThat(destination.resolve("z-after")).hasContent("after");
        assertThat(report.bytes()).isEqualTo((100 << 20) + 5);
    }

    @Test
    void keepsHolesHoles() throws Exception {
        new TarBuilder().file("zeros", "\0".repeat(8 << 20)).writeTo(archive);

        assertThat(extract().bytes()).isEqualTo(8 << 20);
        assertThat(Files.size(destination.resolve("zeros"))).isEqualTo(8 << 20);
        try (SupervisedProcesses processes = new SupervisedProcesses()) {
            String blocks = processes
                    .run(
                            Command.of(
                                    "stat",
                                    "--format=%b",
                                    destination.resolve("zeros").toString()),
                            Duration.ofSeconds(60))
                    .requireSuccess()
                    .stdout();
            assertThat(Long.parseLong(blocks.strip()) * 512).isLessThan(1 << 20);
        }
    }

    static Stream<Arguments> badArchives() {
        byte[] whole = new TarBuilder()
                .file("first", "content")
                .file("second", "x".repeat(2000))
                .bytes();
        byte[] damaged = whole.clone();
        damaged[1024 + 10] = 'X';
        byte[] noise = new byte[10_240];
        new Random(1).nextBytes(noise);
        return Stream.of(
                bad("empty file", new byte[0], TarException.Reason.EMPTY, "is an empty file"),
                bad("zeros", new byte[100_000], TarException.Reason.EMPTY, "nobody wrote an archive to it"),
                bad("short zeros", new byte[100], TarException.Reason.NOT_TAR, "is not a tar archive"),
                bad("text", "hello".getBytes(StandardCharsets.UTF_8), TarException.Reason.NOT_TAR, "is not a tar"),
                bad("noise", noise, TarException.Reason.NOT_TAR, "is not a tar archive"),
                bad("gzip", gzipLike(), TarException.Reason.NOT_TAR, "is not a tar archive"),
                bad("damaged header", damaged, TarException.Reason.DAMAGED, "is damaged after 1 entries"),
                bad("cut between entries", Arrays.copyOf(whole, 1024), TarException.Reason.TRUNCATED, "no end mark"),
                bad("cut in a header", Arrays.copyOf(whole, 1200), TarException.Reason.TRUNCATED, "is cut off"),
                bad("cut in data", Arrays.copyOf(whole, 2000), TarException.Reason.TRUNCATED, "is cut off in entry 2"),
                bad("cut in padding", Arrays.copyOf(whole, 3580), TarException.Reason.TRUNCATED, "is cut off"),
                bad("cut in the end mark", Arrays.copyOf(whole, 3700), TarException.Reason.TRUNCATED, "is cut off"));
    }

    private static byte[] gzipLike() {
        byte[] bytes = new byte[2048];
        bytes[0] = 0x1f;
        bytes[1] = (byte) 0x8b;
        return bytes;
    }

    private static Arguments bad(String what, byte[] bytes, TarException.Reason reason, String message) {
        return Arguments.of(what, bytes, reason, message);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badArchives")
    void saysWhatIsWrongWithAnArchive(String what, byte[] bytes, TarException.Reason reason, String message)
            throws Exception {
        Files.write(archive, bytes);

        assertThatExceptionOfType(TarException.class)
                .as(what)
                .isThrownBy(this::extract)
                .withMessageContaining("the archive " + archive)
                .withMessageContaining(message)
                .satisfies(error -> assertThat(error.reason()).isEqualTo(reason))
                .satisfies(error -> assertThat(error.report().entries()).isLessThanOrEqualTo(2));
        if (what.equals("cut in data")) {
            assertThat(destination.resolve("first")).hasContent("content");
            assertThat(destination.resolve("second")).doesNotExist();
        }
    }

    @Test
    void boundsTheBytes() throws Exception {
        new TarBuilder().file("a", "x".repeat(600)).file("b", "x".repeat(600)).writeTo(archive);

        assertTooLarge(new TarLimits(1000, 10, 4096, 100, 10), "more than 1000 bytes of files");
        assertThat(destination.resolve("a")).hasSize(600);
        assertThat(destination.resolve("b")).doesNotExist();
    }

    @Test
    void countsRefusedDataToo() throws Exception {
        new TarBuilder().file("/a", "x".repeat(600)).file("/b", "x".repeat(600)).writeTo(archive);

        assertTooLarge(new TarLimits(1000, 10, 4096, 100, 10), "more than 1000 bytes of files");
    }

    @Test
    void boundsASparseBomb() throws Exception {
        Path source = Files.createDirectories(top.resolve("source"));
        try (RandomAccessFile sparse =
                new RandomAccessFile(source.resolve("bomb").toFile(), "rw")) {
            sparse.setLength(7L << 30);
        }
        try (SupervisedProcesses processes = new SupervisedProcesses()) {
            var unused = processes
                    .run(
                            Command.of("tar", "--sparse", "-C", source.toString(), "-cf", archive.toString(), "bomb"),
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
        tar.writeTo(archive);

        assertTooLarge(new TarLimits(1000, 10, 4096, 100, 10), "more than 10 entries");
    }

    @Test
    void boundsTheHeaders() throws Exception {
        // A GNU long name of 2 MiB: read into memory before anybody sees the entry.
        new TarBuilder()
                .entry("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME, "", 0, "n".repeat(2 << 20))
                .file("f", "x")
                .writeTo(archive);

        assertTooLarge(TarLimits.DEFAULT, "headers of more than 1048576 bytes");
    }

    @Test
    void survivesRandomDamage() throws Exception {
        byte[] whole = new TarBuilder()
                .directory("d", 0755)
                .file("d/f", "x".repeat(1500))
                .symbolicLink("l", "d/f")
                .file("n".repeat(150), "y")
                .hardLink("h", "d/f")
                .bytes();
        long seed = 20260101;
        Random random = new Random(seed);
        int complaints = 0;
        for (int round = 0; round < 400; round++) {
            byte[] bytes = whole.clone();
            for (int hit = 0; hit < 3; hit++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            Files.write(archive, bytes);
            destination = top.resolve("inner/round" + round);
            try {
                var unused = extract();
            } catch (TarException expected) {
                complaints++;
            }
        }
        assertThat(complaints).as("seed " + seed).isGreaterThan(50);
        assertNothingEscaped();
    }

    private void assertTooLarge(TarLimits limits, String message) {
        assertThatExceptionOfType(TarException.class)
                .isThrownBy(() -> new TarExtractor(limits).extract(archive, destination))
                .withMessageContaining(message)
                .satisfies(error -> assertThat(error.reason()).isEqualTo(TarException.Reason.TOO_LARGE));
    }

    private ExtractReport extract() throws TarException, IOException {
        return new TarExtractor(TarLimits.DEFAULT).extract(archive, destination);
    }

    /** Look at everything around the destination, and at where every link below it really leads. */
    private void assertNothingEscaped() throws IOException {
        assertThat(outside).hasContent("untouched");
        assertThat(top.toFile().list()).containsExactlyInAnyOrder("archive", "inner", "outside");
        Path inner = top.resolve("inner").toRealPath();
        List<Path> links = new ArrayList<>();
        try (Stream<Path> below = Files.walk(inner)) {
            below.filter(Files::isSymbolicLink).filter(Files::exists).forEach(links::add);
        }
        assertThat(links).allSatisfy(link -> {
            try {
                Path own = inner.resolve(inner.relativize(link).getName(0));
                assertThat(link.toRealPath().startsWith(own)).isTrue();
            } catch (IOException loop) {
                throw new UncheckedIOException(loop);
            }
        });
    }

    private String permissions(String name) throws IOException {
        return PosixFilePermissions.toString(
                Files.getPosixFilePermissions(destination.resolve(name), LinkOption.NOFOLLOW_LINKS));
    }
}
