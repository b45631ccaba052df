package dev.vmtest.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ScalarValueTests {

    @Test
    void saysWhereItStandsButNotItsText() {
        Value value = ConfigFiles.parse("c.yaml", "key: passw0rd\nnumber: 4711\n", new Problems());

        assertThat(value.toString())
                .contains("a string at c.yaml:1:6", "an integer at c.yaml:2:9")
                .doesNotContain("passw0rd", "4711");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "k: |\n  one\n   X\n",
                "k: |4- # comment\n\n      one\n\n     X",
                "k: >\r\n  one\r\n  two\r\n\r\n  X\r\n",
                "a: 1\nk:\n  - >+\n    one two\n    \tX\n    three X\n",
                "k: |\n  a\u2028  b\n  \u00e9X\n"
            })
    void knowsWhereTheCharactersOfABlockStand(String yaml) {
        ScalarValue block = last(yaml);
        String before = yaml.substring(0, yaml.indexOf('X'));
        long line = 1
                + before.chars()
                        .filter(each -> each == '\n' || each == '\u2028')
                        .count();
        int column = before.length() - Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\u2028'));

        assertThat(block.location(block.text().indexOf('X'))).hasToString("c.yaml:" + line + ":" + column);
    }

    @Test
    void knowsOnlyTheBeginningOfTheOthers() {
        assertThat(last("k: one two").location(4)).hasToString("c.yaml:1:4");
        assertThat(last("k: \"one\\ntwo\"").location(4)).hasToString("c.yaml:1:4");
    }

    private static ScalarValue last(String yaml) {
        Value value = ConfigFiles.parse("c.yaml", yaml, new Problems());
        while (!(value instanceof ScalarValue)) {
            value = value instanceof MapValue map
                    ? Objects.requireNonNull(map.get("k"))
                    : ((ListValue) value).items().get(0);
        }
        return (ScalarValue) value;
    }
}
