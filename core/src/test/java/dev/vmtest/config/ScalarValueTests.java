package dev.vmtest.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ScalarValueTests {

    @Test
    void saysWhereItStandsButNotItsText() {
        Value value = ConfigFiles.parse("c.yaml", "key: passw0rd\nnumber: 4711\n", new Problems());

        assertThat(value.toString())
                .contains("a string at c.yaml:1:6", "an integer at c.yaml:2:9")
                .doesNotContain("passw0rd", "4711");
    }
}
