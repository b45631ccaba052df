package dev.vmtest.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageDirectoryTests {

    @TempDir
    Path temporary;

    @Test
    void takesTheConfiguredDirectory() {
        assertThat(ImageDirectory.choose(temporary.resolve("own"), temporary, Map.of())
                        .root())
                .isEqualTo(temporary.resolve("own"));
    }

    @Test
    void takesTheSystemDirectoryIfItCanBeMade() {
        assertThat(ImageDirectory.choose(null, temporary.resolve("srv/images"), Map.of())
                        .root())
                .isEqualTo(temporary.resolve("srv/images"));
    }

    @Test
    void fallsBackToTheUsersCache() {
        // Nobody, not even root, can make a directory in /proc.
        Path system = Path.of("/proc/self/status/images");
        assertThat(ImageDirectory.choose(null, system, Map.of("HOME", "/home/u"))
                        .root())
                .isEqualTo(Path.of("/home/u/.cache/vmtest/images"));
        assertThat(ImageDirectory.choose(null, system, Map.of("HOME", "/home/u", "XDG_CACHE_HOME", "/cache"))
                        .root())
                .isEqualTo(Path.of("/cache/vmtest/images"));
        assertThat(ImageDirectory.choose(null, system, Map.of("HOME", "/home/u", "XDG_CACHE_HOME", "relative"))
                        .root())
                .isEqualTo(Path.of("/home/u/.cache/vmtest/images"));
    }

    @Test
    void resolvesNothingOutside() {
        ImageDirectory directory = new ImageDirectory(temporary);
        assertThatThrownBy(() -> directory.resolve("../../etc/passwd"))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("../../etc/passwd");
        assertThatThrownBy(() -> directory.resolve("/etc/passwd")).isInstanceOf(ImageException.class);
    }
}
