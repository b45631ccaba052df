package dev.vmtest.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vmtest.secret.Secret;
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
    void showsNoSecret() {
        Command command = Command.of("tgtadm", "--password").with(new Secret("passw0rd"));

        assertThat(command.toShell()).isEqualTo("tgtadm --password '(secret)'");
        assertThat(command.toString()).doesNotContain("passw0rd");
        assertThat(command.arguments()).containsExactly("tgtadm", "--password", "(secret)");
        assertThat(command.revealedArguments()).containsExactly("tgtadm", "--password", "passw0rd");
        assertThat(command.withEnvironment("A", "1").with("more").toString()).doesNotContain("passw0rd");
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
