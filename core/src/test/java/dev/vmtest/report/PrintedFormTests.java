package dev.vmtest.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.result.CheckRecord;
import dev.vmtest.result.Evidence;
import dev.vmtest.result.RunResults;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.Verdict;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PrintedFormTests {

    private static final Path ROOT = Path.of("/srv/tree");
    private static final Path TOPDIR = ROOT.resolve("whole");

    /** What a guest could say to be taken for something else. */
    private static final String HOSTILE =
            "x\n::error file=a.yaml::gotcha\r\nBail out!\nok 1 - all well # SKIP\u2028%0A%\\#"
                    + " \u001b[31m \"}],[ # TODO";

    private static String print(PrintedForm form, TestResult... tests) {
        return form.of(SampleRun.of(List.of(tests)), TOPDIR, ROOT);
    }

    private static TestResult failing(String name, String source, String message) {
        return new TestResult(
                "BasicTest",
                "trixie",
                "builtin",
                Verdict.FAILED,
                1.5,
                List.of(),
                List.of(new CheckRecord(name, source, CheckRecord.FAILED, message)),
                Evidence.NONE,
                "BasicTest-trixie",
                "");
    }

    private static JsonNode findings(TestResult... tests) {
        return JsonMapper.builder().build().readTree(print(PrintedForm.GITLAB, tests));
    }

    @Test
    void gitHubShowsAFailedCheckAtItsLine() {
        assertThat(print(PrintedForm.GITHUB, failing("root: label", "/srv/tree/examples/a.yaml:48:7", "is 'b', 100%")))
                .isEqualTo("""
                        ::error file=examples/a.yaml,line=48,col=7,title=BasicTest [trixie] failed::root: label: is 'b', 100%25
                        ::notice title=vmtest::1 test: 1 failed
                        """);
        assertThat(print(PrintedForm.GITHUB, failing("a", "SomeTest.method", "b")))
                .startsWith("::error title=BasicTest [trixie] failed::a: b\n");
        assertThat(print(PrintedForm.GITHUB, failing("a", "a,b: c.yaml:3", "b")))
                .startsWith("::error file=a%2Cb%3A c.yaml,line=3,col=1,title=");
    }

    @Test
    void gitHubIsToldOfEachTestThatDidNotPassAndOfNoOther() {
        assertThat(print(
                                PrintedForm.GITHUB,
                                SampleRun.passed("SimpleTest", "bookworm"),
                                SampleRun.unchanged(),
                                SampleRun.skipped(),
                                SampleRun.installFailed())
                        .lines())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("::error title=FilesystemBatteryTest [bookworm] install-failed::");
    }

    @Test
    void gitHubGetsABoundedNumberOfLines() {
        TestResult[] many = IntStream.range(0, 80)
                .mapToObj(number -> failing("check" + number, "a.yaml:1:1", "no"))
                .toArray(TestResult[]::new);
        assertThat(print(PrintedForm.GITHUB, many).lines())
                .hasSize(52)
                .anyMatch(line -> line.equals("::warning title=vmtest::and 30 more; the report has all"));
    }

    @Test
    void gitLabGetsFindingsWithPlaces() {
        JsonNode findings = findings(
                SampleRun.passed("SimpleTest", "bookworm"),
                failing("root: label", "/srv/tree/examples/a.yaml:48:7", "is 'b'"),
                SampleRun.installFailed());
        assertThat(findings).hasSize(2);
        assertThat(findings.get(0).path("description").asString())
                .isEqualTo("BasicTest [trixie] failed: root: label: is 'b'");
        assertThat(findings.get(0).path("severity").asString()).isEqualTo("critical");
        assertThat(findings.get(0).path("location").path("path").asString()).isEqualTo("examples/a.yaml");
        assertThat(findings.get(0).path("location").path("lines").path("begin").asInt())
                .isEqualTo(48);
        assertThat(findings.get(1).path("location").path("path").asString()).isEqualTo("whole/index.html");
        assertThat(findings.get(1).path("severity").asString()).isEqualTo("blocker");
    }

    @Test
    void theSameFindingHasTheSameFingerprintWhateverTheGuestSays() {
        String one = findings(failing("a", "a.yaml:1:1", "one"))
                .get(0)
                .path("fingerprint")
                .asString();
        assertThat(one).hasSize(64);
        assertThat(findings(failing("a", "a.yaml:1:1", "two"))
                        .get(0)
                        .path("fingerprint")
                        .asString())
                .isEqualTo(one);
        assertThat(findings(failing("b", "a.yaml:1:1", "one"))
                        .get(0)
                        .path("fingerprint")
                        .asString())
                .isNotEqualTo(one);
    }

    @Test
    void nothingThatFailedIsAnEmptyArrayForGitLab() {
        assertThat(print(PrintedForm.GITLAB, SampleRun.passed("SimpleTest", "bookworm"))
                        .strip())
                .matches("\\[\\s*]");
    }

    @Test
    void tapHasAPointForEachTestAndEachCheck() {
        assertThat(print(
                        PrintedForm.TAP,
                        failing("root: label", "a.yaml:48:7", "expected \"a\" # really"),
                        SampleRun.unchanged()))
                .isEqualTo("""
                        TAP version 14
                        1..2
                        # Subtest: BasicTest [trixie] with builtin
                            1..1
                            not ok 1 - root: label
                              ---
                              message: "expected \\"a\\" # really"
                              at: "a.yaml:48:7"
                              ...
                        not ok 1 - BasicTest [trixie] with builtin
                          ---
                          verdict: "failed"
                          message: "a.yaml:48:7: root: label: expected \\"a\\" # really"
                          duration_ms: 1500
                          ...
                        ok 2 - RaidTest [trixie] with builtin # SKIP unchanged: not run: it passed at 2026-11-29T12:00:00Z with the same inputs <b>
                          ---
                          verdict: "unchanged"
                          message: "not run: it passed at 2026-11-29T12:00:00Z with the same inputs <b>"
                          duration_ms: 0
                          ...
                        """);
    }

    @ParameterizedTest
    @EnumSource(Verdict.class)
    void onlyWhatEndsARunWellIsOkOrExcused(Verdict verdict) {
        TestResult test = new TestResult("T", "r", "i", verdict, 0, List.of(), List.of(), Evidence.of("why"), "T", "");
        String point = print(PrintedForm.TAP, test).lines().toList().get(2);
        assertThat(point.startsWith("ok ") || point.contains(" # TODO ")).isEqualTo(verdict.exitStatus() == 0);
        assertThat(print(PrintedForm.GITHUB, test).contains("::error ")).isEqualTo(verdict.exitStatus() != 0);
    }

    @ParameterizedTest
    @EnumSource(PrintedForm.class)
    void aGuestIsNeverTakenForTheReport(PrintedForm form) {
        TestResult hostile = failing(HOSTILE, HOSTILE + ":3:4", HOSTILE);
        TestResult ended = new TestResult(
                HOSTILE,
                HOSTILE,
                HOSTILE,
                Verdict.EXPECTED_FAILURE,
                1,
                List.of(),
                List.of(),
                Evidence.of(HOSTILE),
                HOSTILE,
                HOSTILE);
        RunResults results = SampleRun.of(List.of(hostile, ended));
        String text = form.of(results, TOPDIR, ROOT);
        assertThat(text).doesNotContain("\u001b", "\r", "\u2028");
        switch (form) {
            case GITHUB ->
                assertThat(text.lines())
                        .hasSize(3)
                        .allMatch(line -> line.matches("::(error|warning|notice) .*"))
                        .noneMatch(line -> line.matches(".*%(?!25|0A|0D|3A|2C).*"));
            case GITLAB ->
                assertThat(JsonMapper.builder().build().readTree(text)).hasSize(2);
            case TAP -> {
                assertThat(text.lines().filter(line -> line.matches("(not )?ok .*")))
                        .hasSize(2);
                assertThat(text.lines().filter(line -> line.startsWith("    ") && line.matches(" *(not )?ok .*")))
                        .hasSize(1)
                        .noneMatch(line -> line.matches(".*[^\\\\]# *(SKIP|TODO).*"));
                assertThat(text.lines()).noneMatch(line -> line.startsWith("Bail out!"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "SomeTest.method", "a.yaml", "a.yaml:0123456789", "a.yaml:1:x"})
    void whatIsNoPlaceIsNone(String source) {
        assertThat(CheckPlace.of(source)).isEmpty();
    }

    @Test
    void filesElsewhereKeepTheirNames() {
        assertThat(new CheckPlace("/etc/a.yaml", 1, 1).below(ROOT)).isEqualTo("/etc/a.yaml");
        assertThat(new CheckPlace("../a.yaml", 1, 1).below(ROOT)).isEqualTo("../a.yaml");
        assertThat(new CheckPlace("b/../a.yaml", 1, 1).below(ROOT)).isEqualTo("a.yaml");
        assertThat(new CheckPlace("a\u0000b", 1, 1).below(ROOT)).isEqualTo("a\u0000b");
    }
}
