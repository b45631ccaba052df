package dev.vmtest.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HostDescriptionTests {

    @TempDir
    Path root;

    @Test
    void aHostIsOneLine() throws IOException {
        Files.createDirectories(root.resolve("proc/sys/kernel"));
        Files.createDirectories(root.resolve("etc"));
        Files.writeString(root.resolve("proc/sys/kernel/hostname"), "box\n");
        Files.writeString(root.resolve("etc/os-release"), "ID=debian\nPRETTY_NAME=\"Debian GNU/Linux 12\"\n");
        Files.writeString(root.resolve("proc/meminfo"), "MemTotal:        8388608 kB\nMemFree: 1 kB\n");

        assertThat(new HostDescription(root, "6.1.0", "amd64", 2).text())
                .isEqualTo("box: Debian GNU/Linux 12, Linux 6.1.0 amd64, 2 processors, 8.0 GiB memory");
    }

    @Test
    void whatIsNotKnownIsLeftOut() {
        assertThat(new HostDescription(root, "6.1.0", "amd64", 1).text()).isEqualTo("Linux 6.1.0 amd64, 1 processor");
    }
}
