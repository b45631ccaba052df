package dev.vmtest.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigTextTests {

    private static MapValue parse(String yaml) {
        Problems problems = new Problems();
        MapValue map = ConfigFiles.parse("c.yaml", yaml, problems);
        problems.throwIfAny();
        return map;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yes",
                "off",
                "0644",
                "12:30",
                "1.5",
                "null",
                "~",
                "",
                " lead",
                "trail ",
                "a: b",
                "#x",
                "- x",
                "*a",
                "&a",
                "!t",
                "%d",
                "@x",
                "`x",
                "{",
                "[",
                "'",
                "\"",
                "a\nb\n",
                "a\n\nb",
                "\ttab",
                "\u0007",
                "é",
                "<<",
                "=",
                "2001-12-14",
                "0x1f",
                "multi\nline \n",
                "  indented\nlines\n",
                "\r\n",
                "\uD83D\uDE00",
                "1e3",
                "."
            })
    void writesStringsThatReadBack(String text) {
        Location here = new Location("c", 1, 1);
        MapValue map =
                new MapValue(here, java.util.Map.of("k", new MapValue.Entry(here, new ScalarValue(here, text, text))));

        ScalarValue again =
                (ScalarValue) Objects.requireNonNull(parse(ConfigText.yaml(map)).get("k"));

        assertThat(again.value()).isEqualTo(text);
    }

    @Test
    void keepsTextsKindsAndOrder() {
        String yaml = """
                mode: !!int '0644'
                wwn: 0x39cc
                version: 1.20
                on_off: off
                nothing: null
                empty: {}
                none: []
                words: [a, 'yes', 3]
                deep:
                - id: x
                  list:
                  - a: b
                """;

        assertThat(ConfigText.yaml(parse(yaml))).isEqualTo(yaml);
    }

    @Test
    void writesAnchorsOut() {
        assertThat(ConfigText.yaml(parse("a: &x {k: v}\nb: *x\n"))).isEqualTo("a:\n  k: v\nb:\n  k: v\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: 'yes'",
                "a: yes",
                "a: '0644'",
                "a: 0644",
                "a: '12:30'",
                "a: 12:30",
                "a: null",
                "a: 'null'",
                "a: '1.20'",
                "a: 1.2",
                "a: [b, {c: d}, [], {}, '']",
                "a: |\n  two\n  lines\n",
                "a: \"tab\\tand: colon # hash\"",
                "'yes': 'on'"
            })
    void yamlAndJsonReadBackTheSame(String yaml) {
        MapValue read = parse(yaml);
        MapValue again = parse(ConfigText.yaml(read));
        assertThat(ConfigText.plain(again)).isEqualTo(ConfigText.plain(read));
        assertThat(ConfigText.plain(parse(ConfigText.json(read)))).isEqualTo(ConfigText.plain(read));
    }
}
