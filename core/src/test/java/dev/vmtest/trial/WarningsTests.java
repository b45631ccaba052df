package dev.vmtest.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.report.ReportFiles;
import dev.vmtest.report.ResultFiles;
import dev.vmtest.result.RunEvent;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Play runs in which something happens that decides nothing and should be known. */
class WarningsTests {

    private final PlayedRun played;

    WarningsTests(@TempDir Path directory) throws IOException {
        played = new PlayedRun(directory);
    }

    @Test
    void aRunWithoutIncidentsHasNone() throws IOException {
        assertThat(played.run().warnings()).isEmpty();
    }

    @Test
    void aWordOfAProgramIsAWarningOfATestThatPasses() throws IOException {
        played.guest.installConsole("[   17.1] python3[218]: Kernel panic - not syncing\n" + FakeGuest.FINISHED);

        TestResult result = played.run();

        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(result.warnings())
                .containsExactly("logs/install-serial.log, line 1: 'python3[218]: Kernel panic - not syncing'"
                        + " is the word of a program and counts as no kernel panic");
        assertThat(notices()).containsExactly("warning: " + result.warnings().get(0));
        Path file = ReportFiles.result(played.topdir.resolve("Layout-bookworm"));
        assertThat(ResultFiles.readResult(file)).isEqualTo(result);
    }

    @Test
    void whatWasLeftOutOfTheFactsIsSaid() throws IOException {
        played.guest.pipes("root/pipe", "root/escape\u001b[31m");

        TestResult result = played.run();

        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(result.warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning)
                        .startsWith("2 entries of the collected data left out: root/pipe: named pipe; root/escape")
                        .doesNotContain("\u001b"));
        assertThat(played.reuse().warnings()).isEqualTo(result.warnings());
    }

    @Test
    void manyThatWereLeftOutAreCounted() throws IOException {
        played.guest.pipes(
                IntStream.range(0, 5000).mapToObj(number -> "p" + number).toArray(String[]::new));

        assertThat(played.run().warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning)
                        .startsWith("5000 entries of")
                        .endsWith("p9: named pipe; and 4990 more")
                        .hasSizeLessThan(2000));
    }

    @Test
    void whatWasLeftOutBeforeTheDataEndedIsSaid() throws IOException {
        played.guest.pipes("a").nonceFile("something-else");

        TestResult result = played.run();

        assertThat(result.verdict()).isEqualTo(Verdict.BOOT_FAILED);
        assertThat(result.warnings()).containsExactly("1 entry of the collected data left out: a: named pipe");
    }

    private List<String> notices() {
        return played.events.stream()
                .filter(RunEvent.Notice.class::isInstance)
                .map(event -> ((RunEvent.Notice) event).text())
                .toList();
    }
}
