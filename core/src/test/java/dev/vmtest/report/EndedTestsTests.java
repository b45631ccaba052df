package dev.vmtest.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vmtest.result.RunEvent;
import dev.vmtest.result.TestResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EndedTestsTests {

    @TempDir
    private Path topdir;

    private void ended(TestResult result) throws IOException {
        RunReport.checkpoint(topdir, new RunEvent.TestFinished(5, result.title(), result));
    }

    @Test
    void aTestWhoseDirectoryIsGoneIsKnownAfterTheRunWasKilled() throws IOException {
        TestResult failed = SampleRun.failed();
        ended(failed);

        assertThat(RunReport.ended(topdir).tests()).containsExactly(failed);
        assertThat(RunReport.rebuild(topdir).tests()).containsExactly(failed);
        assertThat(ReportFiles.ended(topdir)).doesNotExist();
        assertThat(RunReport.read(topdir).tests()).containsExactly(failed);
    }

    @Test
    void eachTestIsALineHoweverManyThereWereBefore() throws IOException {
        TestResult failed = SampleRun.failed();
        ended(failed);
        long one = Files.size(ReportFiles.ended(topdir));
        for (int test = 1; test < 1000; test++) {
            ended(failed);
        }

        assertThat(Files.size(ReportFiles.ended(topdir))).isEqualTo(1000 * one);
    }

    @Test
    void aLineThatIsTornIsPassedOverAndOneBetweenOthersIsNot() throws IOException {
        ended(SampleRun.failed());
        Files.writeString(ReportFiles.ended(topdir), "{\"event\":", StandardOpenOption.APPEND);

        assertThat(RunReport.ended(topdir).tests()).hasSize(1);

        Files.writeString(ReportFiles.ended(topdir), "\n", StandardOpenOption.APPEND);
        ended(SampleRun.failed());

        assertThatThrownBy(() -> RunReport.ended(topdir)).hasMessageContaining("ended.jsonl:2: not an event");
    }

    @Test
    void nothingIsWrittenThroughALink() throws IOException {
        Path victim = Files.writeString(topdir.resolve("victim"), "precious");
        Files.createSymbolicLink(ReportFiles.ended(topdir), victim);

        assertThatThrownBy(() -> ended(SampleRun.failed())).isInstanceOf(IOException.class);

        assertThat(victim).hasContent("precious");
        assertThatThrownBy(() -> RunReport.ended(topdir)).hasMessageContaining("no test has ended");
    }
}
