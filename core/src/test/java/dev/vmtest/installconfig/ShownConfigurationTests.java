package dev.vmtest.installconfig;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.secret.Secret;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ShownConfigurationTests {

    private static String shown(String text, String... secrets) {
        return String.join(
                "\n",
                ShownConfiguration.lines(
                        "a.yaml",
                        text,
                        Map.of(),
                        List.of(secrets).stream().map(Secret::new).toList()));
    }

    @Test
    void whatIsNoSecretStaysAsItWasWritten() {
        String text = "# a comment\nstorage:\n  version: 1   # one\n  config: [{id: a, type: disk}]";
        assertThat(shown(text)).isEqualTo(text);
        assertThat(shown("a: 1\r\nb: 2\r\n")).isEqualTo("a: 1\nb: 2");
        assertThat(shown("")).isEmpty();
    }

    @Test
    void aSecretIsTakenOutByItsKeyAndByItsText() {
        assertThat(shown("user:\n  password: abc\n  name: me\n")).isEqualTo("user:\n  password: (secret)\n  name: me");
        assertThat(shown("late: [sh, -c, 'echo me:hunter2 | chpasswd', end]\n", "hunter2"))
                .isEqualTo("late: [sh, -c, (secret), end]");
        assertThat(shown("# was hunter2 before\nproxy: http://me:pass@host/\n", "hunter2"))
                .isEqualTo("# was (secret) before\nproxy: http://(secret)@host/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "key: \"hun\\x74er2 and more\"\nnext: 1",
                "key: 'hunter''s-two'\nnext: 1",
                "key: |\n  first\n  hunter2\nnext: 1",
                "key: >-\n  line of hunt\n  er two\nnext: 1",
                "key: \"hunt\\\n  er2\"\nnext: 1",
                "all:\n- {key: \"hunt\\\n    er2\", next: 1}",
                "? hunter2\n: value\nnext: 1",
                "key: &anchor hunter2\nother: *anchor\nnext: 1"
            })
    void howASecretIsWrittenDoesNotMatter(String yaml) {
        String shown = shown(yaml, "hunter2", "hunter's-two", "hunt er two");
        assertThat(shown).contains("(secret)", "next: 1").doesNotContain("hun", "er2", "er two", "first", "and more");
        assertThat(shown.lines().count()).isEqualTo(yaml.lines().count());
    }

    @Test
    void whatCannotBeReadIsNotShown() {
        for (String text : List.of("- a list\n- password: x", "a: [", "a: 1\na: 2\n")) {
            assertThat(shown(text)).as(text).isEmpty();
        }
    }

    @Test
    void aCharacterThatTakesTwoPlacesMovesNothing() {
        assertThat(shown("a: ['😀😀', hunter2, end]", "hunter2")).isEqualTo("a: ['😀😀', (secret), end]");
    }

    @Test
    void theValuesOfATemplateAreNotShown() {
        assertThat(String.join(
                        "\n",
                        ShownConfiguration.lines(
                                "a.yaml",
                                "user: {name: '{{ who }}', note: '{{ what }}'}\n",
                                Map.of("who", "hunter2", "what", "else"),
                                List.of(new Secret("hunter2")))))
                .doesNotContain("hunter2");
    }
}
