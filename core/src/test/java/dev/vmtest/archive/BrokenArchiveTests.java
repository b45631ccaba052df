package dev.vmtest.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Unpack what is no archive, or none any more. */
final class BrokenArchiveTests {

    private final UnpackedArchive unpacked;

    BrokenArchiveTests(@TempDir Path top) throws IOException {
        unpacked = new UnpackedArchive(top);
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
        Files.write(unpacked.archive, bytes);

        assertThatExceptionOfType(TarException.class)
                .as(what)
                .isThrownBy(unpacked::extract)
                .withMessageContaining("the archive " + unpacked.archive)
                .withMessageContaining(message)
                .satisfies(error -> assertThat(error.reason()).isEqualTo(reason))
                .satisfies(error -> assertThat(error.report().entries()).isLessThanOrEqualTo(2));
        if (what.equals("cut in data")) {
            assertThat(unpacked.destination.resolve("first")).hasContent("content");
            assertThat(unpacked.destination.resolve("second")).doesNotExist();
        }
    }
}
