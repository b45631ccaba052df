package dev.vmtest.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TemporaryDirectoryTests {

    @TempDir
    Path parent;

    @Test
    void isPrivateAndGoesWithEverythingInIt() throws Exception {
        Path outside = Files.writeString(parent.resolve("outside"), "stays");
        TemporaryDirectory directory = TemporaryDirectory.create(parent, "it's a ");
        assertThat(directory.path()).isDirectory().hasParent(parent);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.path())))
                .isEqualTo("rwx------");
        Path locked = Files.createDirectories(directory.path().resolve("a/b"));
        Files.writeString(locked.resolve("file"), "content");
        Files.createSymbolicLink(locked.resolve("link"), outside);
        Files.createSymbolicLink(locked.resolve("up"), parent);
        Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-x------"));

        directory.close();
        directory.close();

        assertThat(directory.path()).doesNotExist();
        assertThat(outside).hasContent("stays");
    }

    @Test
    void saysWhyItCannotBeMade() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> TemporaryDirectory.create(parent.resolve("absent"), "x-"))
                .withMessageContaining("cannot make the temporary directory")
                .withMessageContaining("No such file or directory")
                .withMessageContaining("TMPDIR");
    }
}
