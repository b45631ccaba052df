package dev.vmtest.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

final class PrintableJsonTests {

    private static final JsonMapper JSON = PrintableJson.builder().build();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u001b[31m",
                "\u007f",
                "\u009b31m",
                "\u202egpj.exe",
                "\u2028",
                "\u200b",
                "\uFEFF",
                "\uD800",
                "\uDC00 alone",
                "😀",
                "plain é 日本 \" \\ \n"
            })
    void whatIsWrittenIsVisibleAndReadBackTheSame(String text) {
        byte[] bytes = JSON.writeValueAsBytes(text);
        String written = JSON.writeValueAsString(text);

        assertThat(written).isEqualTo(Printable.line(written));
        assertThat(bytes).asString(StandardCharsets.UTF_8).isEqualTo(written);
        assertThat(JSON.readValue(bytes, String.class)).isEqualTo(text);
        assertThat(JSON.readValue(written, String.class)).isEqualTo(text);
    }
}
