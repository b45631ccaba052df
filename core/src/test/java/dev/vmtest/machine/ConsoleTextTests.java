package dev.vmtest.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConsoleTextTests {

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
    void showsOnlyWhatIsShownAsItself(String raw, String printable) {
        assertThat(ConsoleText.printable(raw)).isEqualTo(printable);
    }
}
