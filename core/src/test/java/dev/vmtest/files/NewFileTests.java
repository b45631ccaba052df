package dev.vmtest.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plants links where files are to be made. */
final class NewFileTests {

    @TempDir
    Path directory;

    private Path victim;
    private Path planted;

    @BeforeEach
    void plant() throws IOException {
        victim = Files.writeString(directory.resolve("victim"), "precious");
        planted = Files.createSymbolicLink(directory.resolve("file"), victim);
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private static void append(Path file, String text) throws IOException {
        try (OutputStream out = NewFile.append(file)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void makesNothingWhereSomethingIs() {
        assertThatThrownBy(() -> NewFile.create(planted, NewFile.Readers.OWNER))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(victim).hasContent("precious");
    }

    @Test
    void makesNothingThroughALinkThatLeadsNowhere() throws IOException {
        Path nowhere = directory.resolve("nowhere");
        Path dangling = Files.createSymbolicLink(directory.resolve("dangling"), nowhere);

        assertThatThrownBy(() -> NewFile.create(dangling, NewFile.Readers.BY_UMASK))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThatIOException().isThrownBy(() -> append(dangling, "text")).withMessageContaining("symbolic link");
        NewFile.write(dangling, "text");
        assertThat(dangling).isRegularFile().hasContent("text");
        assertThat(nowhere).doesNotExist();
    }

    @Test
    void replacesALinkAndNotWhatItLeadsTo() throws IOException {
        NewFile.write(planted, "new");

        assertThat(Files.isSymbolicLink(planted)).isFalse();
        assertThat(planted).hasContent("new");
        assertThat(victim).hasContent("precious");
    }

    @Test
    void replacesOneNameOfAFileThatHasTwo() throws IOException {
        Path twin = Files.createLink(directory.resolve("twin"), victim);

        NewFile.write(twin, "new");

        assertThat(victim).hasContent("precious");
    }

    @Test
    void appendsToItsOwnFileOnly() throws IOException {
        Path log = directory.resolve("log");
        append(log, "one ");
        append(log, "two");
        Path twin = Files.createLink(directory.resolve("twin"), victim);

        assertThat(log).hasContent("one two");
        assertThatIOException().isThrownBy(() -> append(planted, "x")).withMessageContaining("is a symbolic link");
        assertThatIOException().isThrownBy(() -> append(twin, "x")).withMessageContaining("second name");
        assertThat(victim).hasContent("precious");
        append(Path.of("/dev/null"), "x");
    }

    @Test
    void isForItsOwnerUnlessSaidOtherwise() throws IOException {
        append(directory.resolve("log"), "");
        NewFile.write(planted, "secret");
        NewFile.write(victim, "page".getBytes(StandardCharsets.UTF_8), NewFile.Readers.BY_UMASK);
        PrivateDirectory.create(directory.resolve("sub"));
        Path open = Files.createDirectory(directory.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
        PrivateDirectory.create(open);

        assertThat(mode(directory.resolve("log"))).isEqualTo("rw-------");
        assertThat(mode(planted)).isEqualTo("rw-------");
        assertThat(mode(victim)).startsWith("rw-r");
        assertThat(mode(directory.resolve("sub"))).isEqualTo("rwx------");
        assertThat(mode(open)).isEqualTo("rwx------");
    }

    @Test
    void knowsWhoRunsIt() throws IOException {
        assertThat(OwnUser.owns(victim)).isTrue();
        assertThat(OwnUser.number()).isEqualTo(Files.getAttribute(victim, "unix:uid"));
    }
}
