package dev.vmtest.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

class PlainTroubleTests {

    @TempDir
    Path directory;

    @Test
    void saysWhatTheSystemRefuses() throws Exception {
        Path absent = directory.resolve("absent");
        Path file = Files.writeString(directory.resolve("file"), "content");

        assertThat(said(() -> Files.readString(absent))).isEqualTo(absent + " does not exist");
        assertThat(said(() -> Files.readString(absent), absent)).isEqualTo("it is not there");
        assertThat(said(() -> Files.createFile(file))).isEqualTo(file + " exists already");
        assertThat(said(() -> Files.delete(directory))).isEqualTo("the directory " + directory + " is not empty");
        assertThat(said(() -> Files.readString(file.resolve("below"))))
                .isEqualTo(file.resolve("below") + ": a part of its path is a file, not a directory");
        assertThat(said(() -> Files.write(Path.of("/dev/full"), new byte[1], StandardOpenOption.WRITE)))
                .isEqualTo("its file system is full (No space left on device)");
        assertThat(said(() -> new ProcessBuilder(file.toString()).start())).isEqualTo("permission denied");
        assertThat(said(() -> Files.createFile(directory.resolve("n".repeat(300)))))
                .endsWith(": file name too long");
    }

    static Stream<Arguments> troubles() {
        return Stream.of(
                Arguments.of(new AccessDeniedException("/f"), "permission denied for /f"),
                Arguments.of(new NotDirectoryException("/f"), "/f is not a directory"),
                Arguments.of(
                        new FileSystemException("/f", null, "No space left on device"),
                        "the file system of /f is full (No space left on device)"),
                Arguments.of(
                        new FileSystemException("/f", null, "Read-only file system"),
                        "the file system of /f is read-only"),
                Arguments.of(
                        new AtomicMoveNotSupportedException("/f", "/g", "EXDEV"),
                        "/f cannot be moved in one step to another file system"),
                Arguments.of(new FileSystemException("/f"), "the host refuses /f without a reason"),
                Arguments.of(new ConnectException(), "the connection is refused"),
                Arguments.of(
                        new UnknownHostException("images.invalid"), "no server of the name images.invalid is known"),
                Arguments.of(new EOFException(), "it ends too early"),
                Arguments.of(new IOException(), "the host gives no reason"),
                Arguments.of(new IOException("Connection reset"), "the other side has ended the connection"),
                Arguments.of(new IOException("a\u001b[31m"), "a\ufffd[31m"));
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void saysItWithoutTheNamesOfClasses(IOException failed, String plain) {
        assertThat(PlainTrouble.of(failed)).isEqualTo(plain).doesNotContain("Exception", "java.");
    }

    @Test
    void saysWhereATextIsNotJson() {
        assertThat(json("{\n \"a\": x}")).isEqualTo("it is not JSON at line 2, column 7");
        assertThat(json("{\"a\": ")).isEqualTo("the JSON in it ends too early");
        assertThat(json("[".repeat(2000))).startsWith("the JSON in it is nested too deeply");
    }

    private static String json(String text) {
        return PlainTrouble.of(catchThrowableOfType(
                JacksonException.class, () -> JsonMapper.builder().build().readTree(text)));
    }

    private static String said(ThrowingCallable refused) {
        return PlainTrouble.of(catchThrowableOfType(IOException.class, refused));
    }

    private static String said(ThrowingCallable refused, Path told) {
        return PlainTrouble.of(catchThrowableOfType(IOException.class, refused), told);
    }
}
