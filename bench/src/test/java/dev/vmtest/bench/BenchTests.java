package dev.vmtest.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vmtest.process.SupervisedProcesses;
import dev.vmtest.result.Evidence;
import dev.vmtest.result.PhaseResult;
import dev.vmtest.result.RunResults;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the arithmetic of the claims and the exit status, without measuring anything. */
class BenchTests {

    @TempDir
    private Path directory;

    @Test
    void aCeilingIsHeldUpToItsLimitAndAFloorFromIt() {
        assertThat(Entry.atMost("x", 0.5, 0.5).isHeld()).isTrue();
        assertThat(Entry.atMost("x", 0.501, 0.5).isHeld()).isFalse();
        assertThat(Entry.atLeast("x", 0.5, 0.5).isHeld()).isTrue();
        assertThat(Entry.atLeast("x", 0.499, 0.5).isHeld()).isFalse();
    }

    @Test
    void aValueThatIsNoNumberIsNoMeasurement() {
        assertThatIllegalArgumentException().isThrownBy(() -> Entry.atMost("x", 0.0 / 0.0, 1));
    }

    @Test
    void outsideIsWhatNoGuestTook() {
        List<Entry> entries = SimpleTestRun.entries(VmtestRun.passed(results(Verdict.PASSED, 100, 60, 38.5)));

        assertThat(entries.get(0).value()).isEqualTo(1.5);
        assertThat(entries.get(0).isHeld()).isTrue();
        assertThat(entries.get(1).value()).isEqualTo(0.26);
    }

    @Test
    void aTestThatFailedMeasuresNothing() {
        assertThatIllegalStateException()
                .isThrownBy(() -> VmtestRun.passed(results(Verdict.INSTALL_FAILED, 10, 9)))
                .withMessageContaining("install-failed");
        assertThatIllegalStateException().isThrownBy(() -> VmtestRun.passed(results(Verdict.PASSED, 10, 0)));
    }

    @Test
    void theMedianOfTheRatiosIsHeldAgainstTheLimit() {
        List<Entry> entries = UserDataStart.entries(List.of(round(50, 20), round(50, 10), round(20, 19)));

        assertThat(entries).extracting(Entry::value).containsExactly(0.4, 0.4);
        assertThat(entries).allMatch(Entry::isHeld);
    }

    @Test
    void comparesFirstBootsAndWholeTestsByTheMedianOfTheirRatios() {
        List<Entry> entries = LeanRuns.entries(
                List.of(leanRound(100, 60, 50, 20), leanRound(100, 50, 50, 30), leanRound(9, 9, 4, 4)));

        assertThat(entries).extracting(Entry::value).containsExactly(0.6, 0.6);
        assertThat(entries).noneMatch(Entry::isHeld);
    }

    @Test
    void comparesANetworkTestByTheMedianOfTheRatios() {
        List<Entry> entries =
                NetworkRuns.entries(List.of(networkTurn(100, 120), networkTurn(100, 130), networkTurn(100, 900)));

        assertThat(entries).singleElement().satisfies(entry -> {
            assertThat(entry.name()).isEqualTo("network/simple");
            assertThat(entry.value()).isEqualTo(1.3);
            assertThat(entry.isHeld()).isFalse();
        });
        assertThat(NetworkRuns.entries(List.of(networkTurn(80, 100)))).allMatch(Entry::isHeld);
    }

    private static NetworkRuns.Turn networkTurn(double simple, double network) {
        return new NetworkRuns.Turn(withFirstBoot(simple, simple / 2), withFirstBoot(network, network / 2));
    }

    @Test
    void comparesWithTheReferenceByTheMedianOfTheRatios() {
        List<Entry> entries = ReferenceRuns.entries(List.of(turn(100, 40, 60), turn(10, 5, 9), turn(100, 60, 70)));

        assertThat(entries).extracting(Entry::value).containsExactly(0.5, 0.7, 0.5, 0.7);
        assertThat(entries).extracting(Entry::limit).containsExactly(0.5, 0.7, 0.5, 0.7);
    }

    private static ReferenceRuns.Turn turn(double reference, double ours, double sameQemu) {
        return new ReferenceRuns.Turn(
                withFirstBoot(reference, reference / 2),
                withFirstBoot(ours, ours / 2),
                withFirstBoot(sameQemu, sameQemu / 2));
    }

    @Test
    void tenTestsAreComparedOnlyWhereEachPassed() {
        RunResults ten = many(Verdict.PASSED, TenTests.TESTS.size(), 100);

        assertThat(TenTests.TESTS).hasSize(10).doesNotHaveDuplicates();
        assertThat(TenTests.entries(ten, many(Verdict.PASSED, 10, 60), many(Verdict.PASSED, 10, 70)))
                .extracting(Entry::value)
                .containsExactly(0.6, 0.7);
        assertThat(TenTests.complete(ten, TenTests.TESTS)).isSameAs(ten);
        assertThatIllegalStateException()
                .isThrownBy(() -> TenTests.complete(many(Verdict.PASSED, 9, 60), TenTests.TESTS))
                .withMessageContaining("not 9");
        assertThatIllegalStateException()
                .isThrownBy(() -> TenTests.complete(many(Verdict.BOOT_FAILED, 10, 60), TenTests.TESTS))
                .withMessageContaining("boot-failed");
    }

    private static RunResults many(Verdict verdict, int count, double seconds) {
        return new RunResults(
                "1",
                "2026-01-01T00:00:00Z",
                seconds,
                new RunResults.AcceleratorRecord("tcg", "test"),
                Collections.nCopies(count, result(verdict, 1, List.of())));
    }

    @Test
    void processorsAreBusyWhileTestsRemainAndNotAfter() {
        BusyProcessors.Span early = new BusyProcessors.Span(0, 40);
        BusyProcessors.Span beside = new BusyProcessors.Span(0, 60);
        BusyProcessors.Span last = new BusyProcessors.Span(50, 500);

        // Until the last begins at 50 two processors could have worked for 100 seconds, and worked for 90.
        assertThat(BusyProcessors.share(List.of(early, beside, last), 2)).isEqualTo(0.9);
        assertThatIllegalStateException()
                .isThrownBy(() -> BusyProcessors.share(List.of(early, beside), 2))
                .withMessageContaining("no test waited");
    }

    @Test
    void aProcessTellsOfItsMemoryAndOfWhoRanFor(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("status"), "Name:\tja va\nVmHWM:\t  200000 kB\nVmRSS:\t 1000 kB\n");
        Files.writeString(
                directory.resolve("stat"), "7 (ja) va) S 1 7 7 0 -1 4194304 9 9 9 9 20 10 900 100 20 0 1 0 5 6 7\n");
        ProcessUse use = ProcessUse.read(directory);

        assertThat(use).isEqualTo(new ProcessUse(204.8, 30, 1000));
        assertThat(use.ownShare()).isEqualTo(0.03);
        assertThat(EightTests.entry(use).isHeld()).isTrue();
        assertThat(StorageTests.entries(0.4, 0.9, use.ownShare())).allMatch(Entry::isHeld);
        assertThat(StorageTests.entries(0.41, 0.89, 0.031)).noneMatch(Entry::isHeld);
        assertThatIllegalStateException().isThrownBy(ProcessUse.NONE::ownShare);
        Files.writeString(directory.resolve("status"), "Name:\tjava\nState:\tZ (zombie)\n");
        assertThatIOException().isThrownBy(() -> ProcessUse.read(directory));
    }

    @Test
    void aBuildIsComparedByWhatItsShellSaysOfProcessors() {
        assertThat(ImageBuildTime.seconds("processors 1.0 1.0\nbuilt\nprocessors 60.500 20.250\n"))
                .isEqualTo(80.75);
        assertThat(ImageBuildTime.entry(List.of(0.9, 0.6, 0.7)).value()).isEqualTo(0.7);
        assertThatIllegalStateException().isThrownBy(() -> ImageBuildTime.seconds("real 3.0\n"));
    }

    @Test
    void aSideRunsItsOwnProgramWithItsOwnImages() {
        try (SupervisedProcesses processes = new SupervisedProcesses()) {
            Laboratory laboratory = new Laboratory(directory, directory, processes, Map.of(), System.out);
            Side reference = Side.reference(laboratory);

            assertThat(reference.program()).isEqualTo(directory.resolve("bench/target/reference/tree/bin/vmtest"));
            assertThat(reference.environment().values())
                    .containsExactly(
                            directory.resolve("bench/target/reference/images").toString());
            assertThat(Side.oursWithTheSystemsQemu(laboratory).environment())
                    .containsEntry("CURTIN_VMTEST_QEMU", "system");
            assertThat(reference.withImages(Path.of("/x")).environment()).containsValue("/x");
        }
    }

    @Test
    void aTestWithoutAFirstBootMeasuresNone() {
        TestResult none = VmtestRun.passed(results(Verdict.PASSED, 10, 9));
        assertThatIllegalStateException()
                .isThrownBy(() -> LeanRuns.entries(List.of(new LeanRuns.Round(none, none))))
                .withMessageContaining("no first boot");
    }

    @Test
    void writesWhatBenchJsonPromises() throws IOException {
        Path file = directory.resolve("bench.json");

        BenchFile.write(file, List.of(Entry.atMost("a", 1.25, 2), Entry.atLeast("b", 3, 2)));

        assertThat(Files.readString(file).replaceAll("\\s+", ""))
                .isEqualTo("[{\"name\":\"a\",\"value\":1.25,\"limit\":2.0},"
                        + "{\"name\":\"b\",\"value\":3.0,\"limit\":2.0,\"atLeast\":true}]");
    }

    @Test
    void aMissedLimitAndAnExperimentThatFailedHaveTheirOwnExitStatus() throws IOException {
        Benchmark held = benchmark("held", Entry.atMost("a", 1, 2));
        Benchmark missed = benchmark("missed", Entry.atMost("b", 3, 2));
        Benchmark broken = new Benchmark() {
            @Override
            public String name() {
                return "broken";
            }

            @Override
            public List<Entry> measure(Laboratory laboratory) {
                throw new IllegalStateException("no image");
            }
        };

        assertThat(measure(List.of(held), List.of())).isZero();
        assertThat(measure(List.of(held, missed), List.of())).isEqualTo(1);
        assertThat(measure(List.of(held, missed), List.of("held"))).isZero();
        assertThat(measure(List.of(held), List.of("helt"))).isEqualTo(2);
        assertThat(measure(List.of(broken, held), List.of())).isEqualTo(3);
        assertThat(directory.resolve("bench.json")).content().contains("\"a\"");
    }

    @Test
    void installersAreComparedFromUserDataToPowerOff() {
        double builtin = InstallerTime.seconds(install(
                Verdict.PASSED,
                stage("agent", 20),
                stage("user-data", 1),
                stage("extract", 38),
                stage("power-off", 1)));

        assertThat(builtin).isEqualTo(40);
        assertThat(InstallerTime.entry(builtin, 160).value()).isEqualTo(0.25);
        assertThat(InstallerTime.entry(builtin, 160).isHeld()).isTrue();
        assertThat(InstallerTime.entry(builtin, 100).isHeld()).isFalse();
    }

    @Test
    void anInstallThatDidNotPassComparesNothing() {
        assertThatThrownBy(() -> InstallerTime.seconds(install(Verdict.EXPECTED_FAILURE, stage("user-data", 1))))
                .hasMessageContaining("expected-failure");
        assertThatThrownBy(() -> InstallerTime.seconds(results(Verdict.PASSED, 1, 1)))
                .hasMessageContaining("has no install");
        assertThatThrownBy(() -> InstallerTime.seconds(install(Verdict.PASSED, stage("agent", 20))))
                .hasMessageContaining("never fetched its user-data");
    }

    @Test
    void withoutACurtinTheComparisonIsSkippedWithAReason() throws Exception {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (SupervisedProcesses processes = new SupervisedProcesses()) {
            PrintStream log = new PrintStream(said, true, StandardCharsets.UTF_8);
            assertThat(new InstallerTime().measure(new Laboratory(directory, directory, processes, Map.of(), log)))
                    .isEmpty();
        }
        assertThat(said.toString(StandardCharsets.UTF_8))
                .isEqualTo("installer: skipped, because CURTIN_VMTEST_CURTIN_EXE names no curtin to compare the"
                        + " built-in installer with\n");
    }

    private static PhaseResult.Stage stage(String name, double seconds) {
        return new PhaseResult.Stage(name, seconds);
    }

    private static RunResults install(Verdict verdict, PhaseResult.Stage... stages) {
        PhaseResult phase = new PhaseResult("install", 60, 60, List.of(stages));
        TestResult test = new TestResult(
                "SimpleTest", "bookworm", "builtin", verdict, 99, List.of(phase), List.of(), Evidence.NONE, "x", "y");
        return new RunResults(
                "1", "2026-01-01T00:00:00Z", 99, new RunResults.AcceleratorRecord("tcg", "test"), List.of(test));
    }

    private int measure(List<Benchmark> all, List<String> names) throws IOException {
        try (SupervisedProcesses processes = new SupervisedProcesses()) {
            PrintStream log = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
            return Main.measure(
                    all,
                    names,
                    new Laboratory(directory, directory, processes, Map.of(), log),
                    directory.resolve("bench.json"));
        }
    }

    private static Benchmark benchmark(String name, Entry entry) {
        return new Benchmark() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public List<Entry> measure(Laboratory laboratory) {
                return List.of(entry);
            }
        };
    }

    private static Round round(double plain, double trimmed) {
        return new Round(new SeedBoot.Moments(plain, plain + 10), new SeedBoot.Moments(trimmed, 0.4 * (plain + 10)));
    }

    private static LeanRuns.Round leanRound(double plain, double lean, double plainBoot, double leanBoot) {
        return new LeanRuns.Round(withFirstBoot(plain, plainBoot), withFirstBoot(lean, leanBoot));
    }

    private static TestResult withFirstBoot(double seconds, double boot) {
        return result(Verdict.PASSED, seconds, List.of(new PhaseResult("boot", boot + 1, boot, List.of())));
    }

    private static TestResult result(Verdict verdict, double seconds, List<PhaseResult> phases) {
        return new TestResult(
                "SimpleTest", "bookworm", "builtin", verdict, seconds, phases, List.of(), Evidence.NONE, "x", "y");
    }

    private static RunResults results(Verdict verdict, double seconds, double... vmSeconds) {
        List<PhaseResult> phases = java.util.Arrays.stream(vmSeconds)
                .mapToObj(guest -> new PhaseResult("phase", guest, guest, List.of()))
                .toList();
        TestResult test = result(verdict, seconds, phases);
        return new RunResults(
                "1", "2026-01-01T00:00:00Z", seconds, new RunResults.AcceleratorRecord("tcg", "test"), List.of(test));
    }
}
