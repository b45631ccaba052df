package dev.vmtest.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PrintableTests {

    @ParameterizedTest
    @CsvSource({
        "'plain text','plain text'",
        "'\u001b[1;31mred\u001b[0m','red'",
        "'\u001b]0;a title\u0007after','after'",
        "'\u001b]8;;http://x\u001b\\link','link'",
        "'\u001bPdevice control\u001b\\after','after'",
        "'\u009b31mC1','C1'",
        "'\u001b(Bcharset','charset'",
        "'bell\u0007 back\b','bell back'",
        "'\u202ereversed\u202c','reversed'",
        "'tab\tstays','tab\tstays'",
        "'é and 日本','é and 日本'",
        "'cut off \u001b[31','cut off 31'"
    })
    void aConsoleShowsOnlyWhatIsShownAsItself(String raw, String printable) {
        assertThat(Printable.console(raw)).isEqualTo(printable);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0, 7, 0x1B, 0x7F, 0x80, 0x85, 0x9B, 0x9F, 0xAD, 0x61C, 0x200B, 0x200D, 0x200E, 0x202A, 0x202E, 0x2060,
                0x2066, 0x2069, 0xFEFF, 0xFFFE, 0xFFFF, 0xD800, 0xDFFF, 0xE000, 0xE0041, 0x34F, 0x3164
            })
    void whatIsNotVisibleIsSeenToHaveBeenThere(int character) {
        String raw = "a" + Character.toString(character) + "b";

        assertThat(Printable.line(raw)).isEqualTo("a\uFFFDb");
        assertThat(Printable.text(raw)).isEqualTo("a\uFFFDb");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\t", "\u2028", "\u2029"})
    void aLineStaysALine(String end) {
        assertThat(Printable.line("one" + end + "two" + end)).isEqualTo("one two");
    }

    @Test
    void aTextKeepsItsLinesAndNoOtherControl() {
        assertThat(Printable.text("one\r\n\ttwo\rthree\u2028four\u001b[2J"))
                .isEqualTo("one\n\ttwo three four\uFFFD[2J");
    }

    @Test
    void whatPeopleWriteStays() {
        String text = "é 日本 “quoted” – 𝄞 😀 x̂  non breaking";

        assertThat(Printable.line(text)).isEqualTo(text);
    }

    @Test
    void aLineIsNoLongerThanAnybodyReads() {
        assertThat(Printable.line("x".repeat(4_000_000))).hasSize(5000).endsWith("x…");
        assertThat(Printable.word("😀".repeat(300)))
                .endsWith("😀…")
                .satisfies(word ->
                        assertThat(word.codePointCount(0, word.length())).isEqualTo(200));
    }
}
