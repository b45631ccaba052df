package dev.vmtest.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

final class RunLogFileTests {

    @TempDir
    Path directory;

    @Test
    void isWrittenThroughNoLink() throws IOException {
        Path victim = Files.writeString(directory.resolve("victim"), "precious");
        Path log = Files.createSymbolicLink(directory.resolve("vmtest-2026-11-22T084020.log"), victim);

        try (RunLogFile file = new RunLogFile(false)) {
            assertThatIOException().isThrownBy(() -> file.begin(log)).withMessageContaining("symbolic link");
        }

        assertThat(victim).hasContent("precious");
    }

    @Test
    void isForItsOwnerAndGoesOn() throws IOException {
        Path log = directory.resolve("run.log");
        for (String text : new String[] {"first", "second"}) {
            try (RunLogFile file = new RunLogFile(false)) {
                file.begin(log);
                LoggerFactory.getLogger("dev.vmtest.Some").debug(text);
            }
        }

        assertThat(log).content().contains("Some: first", "Some: second");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log)))
                .isEqualTo("rw-------");
    }

    @Test
    void detailsGoNowhereUntilThereIsAFile() {
        Logger own = (Logger) LoggerFactory.getLogger("dev.vmtest");
        own.setLevel(null);
        RunLogFile quiet = new RunLogFile(false);
        assertThat(LoggerFactory.getLogger("dev.vmtest.Some").isDebugEnabled()).isFalse();
        quiet.close();
        assertThat(own.getLevel()).isNull();

        own.setLevel(Level.TRACE);
        RunLogFile asTheAuthorWants = new RunLogFile(false);
        assertThat(LoggerFactory.getLogger("dev.vmtest.Some").isTraceEnabled()).isTrue();
        asTheAuthorWants.close();
        assertThat(own.getLevel()).isEqualTo(Level.TRACE);
        own.setLevel(null);
    }
}
