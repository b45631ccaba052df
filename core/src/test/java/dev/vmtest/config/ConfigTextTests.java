package dev.vmtest.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigTextTests {

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
    void whatIsWrittenReadsBackTheSame(String yaml) {
        MapValue read = parse(yaml);
        MapValue again = parse(ConfigText.yaml(read));
        assertThat(ConfigText.plain(again)).isEqualTo(ConfigText.plain(read));
        assertThat(ConfigText.plain(parse(ConfigText.json(read)))).isEqualTo(ConfigText.plain(read));
    }

    private static MapValue parse(String yaml) {
        Problems problems = new Problems();
        MapValue value = ConfigFiles.parse("test.yaml", yaml, problems);
        problems.throwIfAny();
        return value;
    }
}
