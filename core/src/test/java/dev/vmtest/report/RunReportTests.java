package dev.vmtest.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vmtest.result.Announced;
import dev.vmtest.result.Evidence;
import dev.vmtest.result.Phase;
import dev.vmtest.result.RunEvent;
import dev.vmtest.result.RunResults;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunReportTests {

    private static final double BEGIN = 1_795_000_000;
    private static final String TITLE = "SimpleTest [bookworm]";

    @TempDir
    Path topdir;

    @Test
    void aReportIsThreeFiles() throws IOException {
        Path page = RunReport.write(topdir, SampleRun.all());

        assertThat(page).isEqualTo(topdir.resolve("index.html"));
        assertThat(topdir.toFile().list()).containsExactlyInAnyOrder("results.json", "junit.xml", "index.html");
    }

    @Test
    void saysWhereTheTimeWent() {
        assertThat(RunReport.times(
                        SampleRun.of(List.of(SampleRun.passed("SimpleTest", "bookworm"), SampleRun.skipped()))))
                .containsExactly(
                        "SimpleTest [bookworm]",
                        "    install (full: asked for) took 81.4 s: boot 38.2 s, partitioning 6.1 s,"
                                + " extract 19.8 s, curthooks 15.0 s");
    }

    @Test
    void aReportIsMadeAgainFromTheResultOfEachTest() throws IOException {
        RunReport.begin(
                topdir,
                "0.1.0",
                Instant.parse("2026-11-22T01:02:03Z"),
                SampleRun.TCG,
                List.of(),
                new RunResults.Origin("h", "c"));
        for (TestResult test : SampleRun.all().tests()) {
            ResultFiles.write(topdir.resolve(test.directory()), test);
        }

        RunResults rebuilt = RunReport.rebuild(topdir);

        assertThat(rebuilt.tests())
                .containsExactlyInAnyOrderElementsOf(SampleRun.all().tests());
        assertThat(rebuilt.accelerator()).isEqualTo(SampleRun.TCG);
        assertThat(rebuilt.started()).isEqualTo("2026-11-22T01:02:03Z");
        assertThat(topdir.resolve("index.html")).exists();
        assertThat(topdir.resolve("junit.xml")).exists();
        assertThat(RunReport.rebuild(topdir)).isEqualTo(rebuilt);
    }

    @Test
    void aTestThatIsNoLongerKeptStaysInTheReport() throws IOException {
        RunReport.write(topdir, SampleRun.all());
        TestResult again = SampleRun.passed("BasicTest", "trixie");
        ResultFiles.write(topdir.resolve(again.directory()), again);

        RunResults rebuilt = RunReport.rebuild(topdir);

        assertThat(rebuilt.tests()).hasSameSizeAs(SampleRun.all().tests()).contains(again);
        assertThat(rebuilt.seconds()).isEqualTo(SampleRun.all().seconds());
    }

    @Test
    void aKilledRunIsTroubleOfTheInfrastructureInItsPhase() throws IOException {
        ResultFiles.write(
                topdir,
                new RunBegun(
                        "0.1.0",
                        Instant.ofEpochSecond((long) BEGIN).toString(),
                        SampleRun.TCG,
                        List.of(new Announced(
                                "SimpleTest",
                                "bookworm",
                                "curtin",
                                "SimpleTest",
                                "vmtest run SimpleTest --release bookworm --installer x"))));
        Path directory = topdir.resolve("SimpleTest");
        try (RunEventLog log = RunEventLog.create(directory)) {
            log.happened(new RunEvent.TestStarted(BEGIN + 1, TITLE, "SimpleTest"));
            log.happened(new RunEvent.PhaseStarted(BEGIN + 1, TITLE, Phase.PREPARE));
            log.happened(new RunEvent.PhaseFinished(BEGIN + 2, TITLE, Phase.PREPARE, SampleRun.ALL_PHASES.get(0)));
            log.happened(new RunEvent.PhaseStarted(BEGIN + 2, TITLE, Phase.INSTALL));
            log.happened(new RunEvent.Reported(BEGIN + 40, TITLE, "cmd-install/stage-extract", "start", "", ""));
            log.happened(new RunEvent.ConsoleLine(BEGIN + 44, TITLE, Phase.INSTALL, "copying"));
        }
        Files.writeString(ReportFiles.events(directory), "{\"event\":\"cons", StandardOpenOption.APPEND);
        Files.writeString(directory.resolve("logs/install-serial.log"), "copying\n");

        RunResults rebuilt = RunReport.rebuild(topdir);

        assertThat(rebuilt.seconds()).isEqualTo(44);
        assertThat(rebuilt.exitStatus()).isEqualTo(3);
        assertThat(rebuilt.tests()).singleElement().satisfies(test -> {
            assertThat(test.verdict()).isEqualTo(Verdict.INFRASTRUCTURE);
            assertThat(test.name()).isEqualTo("SimpleTest");
            assertThat(test.release()).isEqualTo("bookworm");
            assertThat(test.seconds()).isEqualTo(43);
            assertThat(test.phases()).extracting("name").containsExactly("prepare", "install");
            assertThat(test.evidence())
                    .isEqualTo(new Evidence(
                            "the run was interrupted in phase install, 42.0 s after that began",
                            List.of("copying"),
                            "",
                            "start cmd-install/stage-extract",
                            "logs/install-serial.log"));
            assertThat(test.reproduce()).isEqualTo("vmtest run SimpleTest --release bookworm --installer x");
            assertThat(test.installer()).isEqualTo("curtin");
        });
        assertThat(topdir.resolve("junit.xml")).content().contains("<error message=\"infrastructure: the run was");
    }

    @Test
    void whereNobodySaysHowATestIsRunAgainNothingIsInvented() throws IOException {
        Path directory = topdir.resolve("lvm-bookworm");
        try (RunEventLog log = RunEventLog.create(directory)) {
            log.happened(new RunEvent.TestStarted(BEGIN, "lvm [bookworm]", "lvm-bookworm"));
        }

        assertThat(RunReport.rebuild(topdir).tests()).singleElement().satisfies(test -> {
            assertThat(test.title()).isEqualTo("lvm [bookworm]");
            assertThat(test.reproduce()).isEmpty();
        });
    }

    @Test
    void aTestThatAKilledRunDidNotComeToIsNotForgotten() throws IOException {
        TestResult passed = SampleRun.passed("BasicTest", "trixie");
        Announced first = new Announced(
                "BasicTest", "trixie", "builtin", passed.directory(), "vmtest run BasicTest --release trixie");
        Announced second = new Announced(
                "RaidTest", "trixie", "builtin", "RaidTest-trixie", "vmtest run RaidTest --release trixie");
        ResultFiles.write(topdir, new RunBegun("0.1.0", "2026-11-22T01:02:03Z", SampleRun.TCG, List.of(first, second)));
        ResultFiles.write(topdir.resolve(passed.directory()), passed);

        RunResults rebuilt = RunReport.rebuild(topdir);

        assertThat(rebuilt.tests()).hasSize(2).contains(passed);
        assertThat(rebuilt.tests().get(1).verdict()).isEqualTo(Verdict.INFRASTRUCTURE);
        assertThat(rebuilt.tests().get(1).evidence().summary()).isEqualTo("not begun: the run ended before its turn");
        assertThat(rebuilt.exitStatus()).isEqualTo(3);
    }

    @Test
    void aResultThatWasNotWrittenAnyMoreIsReadFromTheEvents() throws IOException {
        TestResult result = SampleRun.failed();
        try (RunEventLog log = RunEventLog.create(topdir.resolve(result.directory()))) {
            log.happened(new RunEvent.TestStarted(BEGIN, result.title(), result.directory()));
            log.happened(new RunEvent.TestFinished(BEGIN + 9, result.title(), result));
        }

        RunResults rebuilt = RunReport.rebuild(topdir);

        assertThat(rebuilt.tests()).containsExactly(result);
        assertThat(rebuilt.accelerator().name()).isEqualTo("unknown");
        assertThat(rebuilt.started())
                .isEqualTo(Instant.ofEpochSecond((long) BEGIN).toString());
    }

    @Test
    void aRunThatWasMovedIsReportedWhereItIsNow() throws IOException {
        TestResult moved = SampleRun.failed().in("/srv/formerly/BasicTest");
        ResultFiles.write(topdir.resolve("BasicTest"), moved);

        assertThat(RunReport.rebuild(topdir).tests())
                .singleElement()
                .satisfies(test -> assertThat(test.directory()).isEqualTo("BasicTest"));
    }

    @Test
    void whatAGuestSentIsNoResult() throws IOException {
        ResultFiles.write(topdir.resolve("SimpleTest"), SampleRun.passed("SimpleTest", "bookworm"));
        ResultFiles.write(topdir.resolve("SimpleTest/collect"), SampleRun.failed());
        Files.createSymbolicLink(topdir.resolve("link"), topdir.resolve("SimpleTest/collect"));

        assertThat(RunReport.rebuild(topdir).tests())
                .extracting(TestResult::name)
                .containsExactly("SimpleTest");
    }

    @Test
    void whatAnEarlierVersionWroteIsReported() throws IOException {
        Files.writeString(topdir.resolve("run.json"), """
                {"vmtest": "0.0.8", "started": "2026-11-22T01:02:03Z", "accelerator": {"name": "tcg", "reason": "no KVM"}}
                """);
        Path test = Files.createDirectories(topdir.resolve("Old-bookworm"));
        ResultFiles.write(test, SampleRun.failed());
        Path result = test.resolve("result.json");
        Files.writeString(
                result,
                Files.readString(result)
                        .replaceAll(
                                ",\\s*\"way\" : \"[^\"]*\"|,\\s*\"warnings\" : \\[ \\]|,\\s*\"proof\" : \\{[^}]*\\}",
                                ""));
        assertThat(result).content().doesNotContain("\"way\"", "\"warnings\"", "\"proof\"");

        RunResults rebuilt = RunReport.rebuild(topdir);

        assertThat(rebuilt.vmtest()).isEqualTo("0.0.8");
        assertThat(rebuilt.tests()).singleElement().satisfies(old -> {
            assertThat(old.verdict()).isEqualTo(SampleRun.failed().verdict());
            assertThat(old.phases()).isNotEmpty().allMatch(phase -> phase.way().isEmpty());
        });
    }

    @Test
    void everythingUnreadableIsSaidAtOnceAndNothingIsWritten() throws IOException {
        Files.writeString(Files.createDirectory(topdir.resolve("A")).resolve("result.json"), "{");
        Files.writeString(Files.createDirectory(topdir.resolve("B")).resolve("result.json"), "[]");

        assertThatThrownBy(() -> RunReport.rebuild(topdir))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("A/result.json:1:")
                .hasMessageContaining("B/result.json:1:");
        assertThat(topdir.resolve("results.json")).doesNotExist();
    }

    @Test
    void aDirectoryThatIsNoRunIsRefusedWithARemedy() {
        assertThatThrownBy(() -> RunReport.rebuild(topdir)).hasMessageContaining("holds no results; give");
        assertThatThrownBy(() -> RunReport.rebuild(topdir.resolve("none"))).hasMessageContaining("not a directory");
        assertThat(topdir).isEmptyDirectory();
    }
}
