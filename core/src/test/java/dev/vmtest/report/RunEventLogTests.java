package dev.vmtest.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vmtest.result.Phase;
import dev.vmtest.result.RunEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunEventLogTests {

    private static final String TEST = "SimpleTest [bookworm]";

    @TempDir
    Path directory;

    static List<RunEvent> oneOfEach() {
        return List.of(
                new RunEvent.TestStarted(1700000000.125, TEST, "SimpleTest"),
                new RunEvent.PhaseStarted(1700000001, TEST, Phase.INSTALL),
                new RunEvent.ConsoleLine(1700000002, TEST, Phase.INSTALL, "a \"line\" with \\ and é"),
                new RunEvent.Reported(1700000003, TEST, "cmd-install", "start", "installing", ""),
                new RunEvent.PhaseFinished(1700000004, TEST, Phase.INSTALL, SampleRun.ALL_PHASES.get(1)),
                new RunEvent.CheckHeld(1700000005, TEST, SampleRun.fails("a", "b.yaml:1:2", "c")),
                new RunEvent.Notice(1700000006, TEST, "slow"),
                new RunEvent.TestFinished(1700000007, TEST, SampleRun.failed()));
    }

    @Test
    void everyEventIsReadAgain() throws IOException {
        try (RunEventLog log = RunEventLog.create(directory)) {
            oneOfEach().forEach(log::happened);
            assertThat(log.problem()).isEmpty();
        }

        assertThat(RunEventLog.read(directory)).isEqualTo(oneOfEach());
        assertThat(Files.readAllLines(directory.resolve("logs/run.jsonl")))
                .hasSize(8)
                .element(1)
                .isEqualTo("{\"event\":\"phase-started\",\"at\":1700000001,\"test\":\"" + TEST
                        + "\",\"phase\":\"install\"}");
    }

    @Test
    void anEventIsThereBeforeTheLogIsClosed() throws IOException {
        try (RunEventLog log = RunEventLog.create(directory)) {
            log.happened(oneOfEach().get(0));

            assertThat(RunEventLog.read(directory)).hasSize(1);
        }
    }

    @Test
    void consoleLinesAreBoundedAndTheLogSaysSoOnce() throws IOException {
        try (RunEventLog log = RunEventLog.create(directory, 3)) {
            for (int line = 0; line < 10; line++) {
                log.happened(new RunEvent.ConsoleLine(line, TEST, Phase.BOOT, "line " + line));
            }
            log.happened(new RunEvent.PhaseStarted(11, TEST, Phase.CHECK));
        }

        assertThat(RunEventLog.read(directory))
                .hasSize(5)
                .element(3)
                .isInstanceOfSatisfying(
                        RunEvent.Notice.class,
                        notice -> assertThat(notice.text()).contains("first 3 console lines"));
    }

    @Test
    void aConsoleLineIsCut() throws IOException {
        try (RunEventLog log = RunEventLog.create(directory)) {
            log.happened(new RunEvent.ConsoleLine(1, TEST, Phase.BOOT, "x".repeat(1 << 20)));
        }

        assertThat(Files.size(directory.resolve("logs/run.jsonl"))).isLessThan(3000);
    }

    @Test
    void aTornLastLineIsPassedOver() throws IOException {
        try (RunEventLog log = RunEventLog.create(directory)) {
            oneOfEach().forEach(log::happened);
        }
        Path file = directory.resolve("logs/run.jsonl");
        byte[] whole = Files.readAllBytes(file);
        int lastLine = new String(whole, 0, whole.length - 1, StandardCharsets.UTF_8).lastIndexOf('\n') + 1;

        for (int length = whole.length - 2; length > lastLine; length -= 97) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThat(RunEventLog.read(directory)).hasSize(7);
        }
    }

    @Test
    void aBadLineElsewhereIsRefusedWithItsPlace() throws IOException {
        try (RunEventLog log = RunEventLog.create(directory)) {
            log.happened(oneOfEach().get(0));
        }
        Files.writeString(
                directory.resolve("logs/run.jsonl"), "{\"event\":\"party\"}\n{}\n", StandardOpenOption.APPEND);

        assertThatThrownBy(() -> RunEventLog.read(directory))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("run.jsonl:2: not an event")
                .hasMessageContaining("party");
    }

    @Test
    void aFullDiskEndsTheLogWithoutEndingTheRun() throws IOException {
        RunEventLog log = RunEventLog.create(directory);
        log.close();

        log.happened(oneOfEach().get(0));

        assertThat(log.problem())
                .hasValueSatisfying(
                        problem -> assertThat(problem).hasMessageContaining("events can no longer be written"));
    }

    @Test
    void aRecorderKeepsEachTestApart() throws IOException {
        try (RunRecorder recorder = new RunRecorder(directory)) {
            recorder.happened(new RunEvent.TestStarted(1, "A [x]", "a"));
            recorder.happened(
                    new RunEvent.TestStarted(1, "B [x]", directory.resolve("b").toString()));
            recorder.happened(new RunEvent.Notice(2, "A [x]", "for a"));
            recorder.happened(new RunEvent.Notice(2, "B [x]", "for b"));
            recorder.happened(new RunEvent.Notice(2, "never started [x]", "for nobody"));
            recorder.happened(
                    new RunEvent.TestFinished(3, "A [x]", SampleRun.failed().in("a")));
        }

        assertThat(texts("a")).containsExactly("for a");
        assertThat(texts("b")).containsExactly("for b");
        assertThat(ResultFiles.readResult(directory.resolve("a/result.json")).name())
                .isEqualTo("BasicTest");
        assertThat(directory.resolve("b/result.json")).doesNotExist();
    }

    @Test
    void aRecorderDoesNotBringBackADirectoryThatWasRemoved() throws IOException {
        try (RunRecorder recorder = new RunRecorder(directory)) {
            recorder.happened(
                    new RunEvent.TestFinished(3, "A [x]", SampleRun.failed().in("gone")));
        }
        assertThat(directory).isEmptyDirectory();
    }

    private List<String> texts(String test) throws IOException {
        List<String> texts = new ArrayList<>();
        RunEventLog.read(directory.resolve(test), event -> {
            if (event instanceof RunEvent.Notice notice) {
                texts.add(notice.text());
            }
        });
        return texts;
    }
}
