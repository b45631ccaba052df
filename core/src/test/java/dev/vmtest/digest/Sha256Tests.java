package dev.vmtest.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Sha256Tests {

    /** The example of one block in FIPS 180. */
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @TempDir
    private Path directory;

    @Test
    void aTextItsBytesAndAFileOfThemHaveOneHash() throws IOException {
        assertThat(Sha256.of("abc")).isEqualTo(ABC);
        assertThat(Sha256.of("abc".getBytes(StandardCharsets.UTF_8))).isEqualTo(ABC);
        assertThat(Sha256.of(Files.writeString(directory.resolve("file"), "abc")))
                .isEqualTo(ABC);
    }

    @Test
    void partsAreNotTheirSum() {
        assertThat(Sha256.ofAll(List.of("ab", "c")))
                .isNotEqualTo(Sha256.ofAll(List.of("a", "bc")))
                .isNotEqualTo(ABC)
                .isEqualTo(new Sha256().add("ab").add("c").hex());
    }
}
