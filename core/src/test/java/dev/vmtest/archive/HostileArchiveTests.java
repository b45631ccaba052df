package dev.vmtest.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Unpack archives that want out of their directory. */
final class HostileArchiveTests {

    private final UnpackedArchive unpacked;

    HostileArchiveTests(@TempDir Path top) throws IOException {
        unpacked = new UnpackedArchive(top);
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
        tar.file("last", "honest").writeTo(unpacked.archive);

        ExtractReport report = unpacked.extract();

        assertThat(report.refused())
                .as(what)
                .singleElement()
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(reason));
        assertThat(unpacked.destination.resolve("last")).hasContent("honest");
        unpacked.assertNothingEscaped();
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
            Files.write(unpacked.archive, bytes);
            unpacked.destination = unpacked.top.resolve("inner/round" + round);
            try {
                var unused = unpacked.extract();
            } catch (TarException expected) {
                complaints++;
            }
        }
        assertThat(complaints).as("seed " + seed).isGreaterThan(50);
        unpacked.assertNothingEscaped();
    }
}
