package dev.vmtest.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vmtest.files.OwnUser;
import dev.vmtest.text.MistakeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TopdirTests {

    @TempDir
    Path directory;

    private static Topdir topdir(Path path, String mode, boolean isNamed) {
        return new Topdir(path, PosixFilePermissions.fromString(mode), isNamed);
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void isForItsOwnerOnly() throws IOException {
        Path made = directory.resolve("above/run");
        Path there = Files.createDirectory(directory.resolve("there"));
        Files.setPosixFilePermissions(there, PosixFilePermissions.fromString("rwxr-xr-x"));

        topdir(made, "rwx------", true).create();
        topdir(there, "rwx------", true).create();

        assertThat(mode(made)).isEqualTo("rwx------");
        assertThat(mode(there)).isEqualTo("rwx------");
    }

    @Test
    void isForOthersWhereThatIsAskedFor() throws IOException {
        topdir(directory.resolve("run"), "rwxr-xr-x", true).create();

        assertThat(mode(directory.resolve("run"))).isEqualTo("rwxr-xr-x");
    }

    @Test
    void theDirectoryOfAnEarlierRunStaysAsItIs() throws IOException {
        Path run = Files.createDirectory(directory.resolve("run"));
        Files.writeString(run.resolve("results.json"), "{}");
        Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxr-x---"));

        topdir(run, "rwx------", true).create();

        assertThat(mode(run)).isEqualTo("rwxr-x---");
    }

    @Test
    void isNotTakenFromWhoeverMadeItFirst() throws IOException {
        Path guessed = Files.createDirectory(directory.resolve("vmtest-2026-11-22T084020"));

        assertThatThrownBy(() -> topdir(guessed, "rwx------", false).create())
                .isInstanceOf(InfrastructureException.class)
                .hasMessageContaining("cannot be made");
    }

    @Test
    void isNotALink() throws IOException {
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Path link = Files.createSymbolicLink(directory.resolve("run"), elsewhere);

        assertThatExceptionOfType(MistakeException.class)
                .isThrownBy(() -> topdir(link, "rwx------", true).check())
                .withMessageContaining("a symbolic link");
        assertThatThrownBy(() -> topdir(link, "rwx------", true).create()).hasMessageContaining("a symbolic link");
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void isNotAnotherUsersDirectory() throws IOException {
        Assumptions.assumeTrue(OwnUser.number() == 0, "only root can give a directory away");
        Path run = Files.createDirectory(directory.resolve("run"));
        Files.setAttribute(run, "unix:uid", 65534);

        assertThatExceptionOfType(MistakeException.class)
                .isThrownBy(() -> topdir(run, "rwx------", true).check())
                .withMessageContaining("another user's directory")
                .withMessageContaining("run/run");
    }
}
