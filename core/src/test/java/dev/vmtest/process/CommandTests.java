package dev.vmtest.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CommandTests {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "plain, plain",
                "/a/b-c_d.e:f@g%h+i, /a/b-c_d.e:f@g%h+i",
                "a b, 'a b'",
                "\"\", ''",
                "it's, 'it'\\''s'",
                "$HOME, '$HOME'",
                "a=b, 'a=b'",
                "~, '~'",
                "*, '*'",
                "a\\b, 'a\\b'",
                "#, '#'",
                "!x, '!x'"
            })
    void quotesForAShell(String word, String quoted) {
        assertThat(ShellWords.quote(word)).isEqualTo(quoted);
    }

    @Test
    void writesTheWholeCommandForAShell() {
        Command command = Command.of("echo", "a b")
                .withEnvironment("NAME", "x y")
                .withDirectory(Path.of("/some dir"))
                .withInput(Path.of("/in"));

        assertThat(command.toShell()).isEqualTo("cd '/some dir' && NAME='x y' echo 'a b' < /in");
    }

    @Test
    void needsAProgram() {
        assertThatIllegalArgumentException().isThrownBy(() -> Command.of(List.of()));
    }

    @Test
    void mergesEnvironment() {
        Command command = Command.of("true").withEnvironment("A", "1").withEnvironment("A", "2");

        assertThat(command.environment()).containsOnlyKeys("A").containsEntry("A", "2");
    }
}
