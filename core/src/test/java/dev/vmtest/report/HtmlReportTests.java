package dev.vmtest.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.vmtest.drawing.Box;
import dev.vmtest.drawing.BoxDrawing;
import dev.vmtest.result.CheckRecord;
import dev.vmtest.result.Evidence;
import dev.vmtest.result.PhaseResult;
import dev.vmtest.result.RunResults;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.Verdict;
import dev.vmtest.text.Printable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class HtmlReportTests {

    private static final Pattern LINK = Pattern.compile("(?:href|src|action|data|poster)=\"([^\"]*)\"");

    @TempDir
    Path directory;

    @Test
    void everyTestIsThereWithItsVerdictAndTheFailedOnesFirst() throws IOException {
        String page = write(SampleRun.all());

        assertThat(page).contains("<h1 class=\"bad\">5 of 9 tests did not pass</h1>", "tcg (/dev/kvm does not exist)");
        assertThat(page.split("<tr data-for=", -1)).hasSize(10);
        assertThat(page)
                .containsSubsequence(
                        "id=\"t1\" data-verdict=\"install-failed\" open",
                        "data-verdict=\"boot-failed\" open",
                        "data-verdict=\"failed\" open",
                        "data-verdict=\"passed\">",
                        "data-verdict=\"skipped\">");
    }

    @Test
    void whatIsUnchangedIsNoPassOfToday() throws IOException {
        assertThat(write(SampleRun.of(List.of(SampleRun.passed("SimpleTest", "bookworm"), SampleRun.unchanged()))))
                .contains("1 of 2 tests passed, 1 unchanged, none failed unexpectedly", "data-verdict=\"unchanged\"")
                .contains("not run: it passed at 2026-11-29T12:00:00Z with the same inputs &lt;b&gt;")
                .doesNotContain("vmtest run RaidTest");
        assertThat(write(SampleRun.of(List.of(SampleRun.unchanged()))))
                .contains("<h1 class=\"held\">Nothing was run: the test is unchanged</h1>");
    }

    @Test
    void whatStandsOnWhatIsDrawnWhereTheDrawingIsKept() throws IOException {
        TestResult test = SampleRun.failed();
        Path logs = Files.createDirectories(
                ReportFiles.testDirectory(directory, test.directory()).resolve("logs"));
        assertThat(write(SampleRun.of(List.of(test)))).doesNotContain("<img");

        String drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\"><title>\"><script>alert(1)</script></title></svg>";
        Files.writeString(logs.resolve("layout.svg"), drawing);
        String page = write(SampleRun.of(List.of(test)));
        assertThat(page)
                .contains("img-src data:;")
                .contains("src=\"data:image/svg+xml;base64,"
                        + Base64.getEncoder().encodeToString(drawing.getBytes(StandardCharsets.UTF_8)) + "\"")
                .doesNotContain("alert(1)");

        Files.writeString(logs.resolve("layout.svg"), "x".repeat(Drawings.LARGEST + 1));
        assertThat(write(SampleRun.of(List.of(test)))).as("too large").doesNotContain("<img");
        Files.delete(logs.resolve("layout.svg"));
        Files.createSymbolicLink(logs.resolve("layout.svg"), Path.of("/etc/hostname"));
        assertThat(write(SampleRun.of(List.of(test)))).as("a link").doesNotContain("<img");
    }

    private Path asked(TestResult test, String json) throws IOException {
        Path logs = Files.createDirectories(
                ReportFiles.testDirectory(directory, test.directory()).resolve("logs"));
        return Files.writeString(logs.resolve("asked.json"), json);
    }

    private static String lines(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> "\"line " + number + " <b>\"")
                .collect(Collectors.joining(", ", "[", "]"));
    }

    @Test
    void aCheckThatDoesNotHoldStandsBesideItsLine() throws IOException {
        TestResult test = SampleRun.failed();
        var unused = asked(test, "{\"examples/tests/basic.yaml\": " + lines(70) + "}");
        String page = write(SampleRun.of(List.of(test)));
        assertThat(page)
                .contains("<a href=\"#t1-0-48\"><code>examples/tests/basic.yaml:48:7</code></a>")
                .containsSubsequence(
                        "Failed checks",
                        "<td class=\"at\">45</td><td><code>line 45 &lt;b&gt;</code>",
                        "<tr class=\"bad marked\"><td class=\"at\">48</td>",
                        "◀ asked for here",
                        "<td class=\"at\">51</td>",
                        "<td class=\"at\">58</td>",
                        "What was asked for: examples/tests/basic.yaml",
                        "<tr id=\"t1-0-1\" class=\"\"><td class=\"at\">1</td>",
                        "<tr id=\"t1-0-16\" class=\"good\">",
                        "✓ disk1-part1: size",
                        "<tr id=\"t1-0-48\" class=\"bad\">",
                        "✗ root_format: label");
    }

    @Test
    void whatIsKeptOfTheFilesIsReadWithinBoundsAndNotBelieved() throws IOException {
        TestResult test = SampleRun.failed();
        for (String json : List.of(
                "no json",
                "[]",
                "{\"a\": [null]}",
                "{\"a\": null}",
                "{\"a\": [\"" + "x".repeat(AskedText.Reader.LARGEST) + "\"]}")) {
            var unused = asked(test, json);
            assertThat(write(SampleRun.of(List.of(test))))
                    .contains("<code>examples/tests/basic.yaml:48:7</code>")
                    .doesNotContain("What was asked for");
        }
        Files.delete(asked(test, "{}"));
        Files.createSymbolicLink(
                ReportFiles.testDirectory(directory, test.directory()).resolve("logs/asked.json"),
                Path.of("/etc/hostname"));
        assertThat(write(SampleRun.of(List.of(test)))).doesNotContain("What was asked for");
    }

    @Test
    void allFilesTogetherTakeABoundedPartOfThePage() throws IOException {
        AskedText.Reader reader = new AskedText.Reader();
        TestResult test = SampleRun.failed();
        var unused = asked(test, "{\"a\": [\"" + "x".repeat(AskedText.Reader.LARGEST - 100) + "\"]}");
        Path tests = ReportFiles.testDirectory(directory, test.directory());
        int shown = 0;
        while (!reader.of(tests, "t", List.of()).files().isEmpty()) {
            shown++;
        }
        assertThat(shown).isEqualTo(AskedText.Reader.ALL / AskedText.Reader.LARGEST);
    }

    @Test
    void whatFailedIsMarkedInTheDrawings() throws IOException {
        TestResult test = SampleRun.failed();
        Path logs = Files.createDirectories(
                ReportFiles.testDirectory(directory, test.directory()).resolve("logs"));
        String drawing = BoxDrawing.svg(
                "Network",
                List.of(
                        new Box("a", "nic0", List.of(), List.of(), "examples/tests/basic.yaml", List.of(48)),
                        new Box("b", "nic1", List.of(), List.of("a"), "examples/tests/basic.yaml", List.of(49))));
        Files.writeString(logs.resolve("network.svg"), drawing);
        String page = write(SampleRun.of(List.of(test)));
        String shown = page.replaceAll("(?s).*data:image/svg\\+xml;base64,([^\"]*)\".*", "$1");
        assertThat(page).contains("<summary>Network</summary>");
        assertThat(new String(Base64.getDecoder().decode(shown), StandardCharsets.UTF_8))
                .contains("#b0 .wrong { display: inline; }")
                .doesNotContain("#b1 ");
    }

    @Test
    void drawingsTakeABoundedPartOfThePage() throws IOException {
        Drawings drawings = new Drawings();
        Files.createDirectories(directory.resolve("logs"));
        Files.writeString(directory.resolve("logs/layout.svg"), "x".repeat(Drawings.LARGEST));
        int shown = 0;
        while (!drawings.of(directory, ReportFiles.LAYOUT, List.of()).isEmpty()) {
            shown++;
        }
        assertThat(shown).isEqualTo(Drawings.ALL / Drawings.LARGEST);
    }

    @Test
    void theFirstBadLineStandsOutInTheEvidenceAndInTheConsole() throws IOException {
        SampleRun.writeLogs(directory, SampleRun.all(), 1000);
        String page = write(SampleRun.all());

        assertThat(page.split("<mark>\\[   61.318\\] curtin: Installation failed\n</mark>", -1))
                .hasSize(3);
        assertThat(page).contains("<mark>ALERT! LABEL=root does not exist\n</mark>");
        assertThat(page).contains("Started unit-1.service").doesNotContain("Started unit-500.service");
        assertThat(page).contains("lines left out here are in the whole log");
    }

    @Test
    void everyTestHasItsPlaceOnEveryReleaseItRanOn() throws IOException {
        String page = write(SampleRun.of(List.of(
                SampleRun.passed("SimpleTest", "bookworm"),
                SampleRun.passed("SimpleTest", "trixie"),
                SampleRun.passed("OtherTest", "trixie"))));
        assertThat(page.replaceAll("\\s*\n\\s*", ""))
                .containsSubsequence(
                        "<th scope=\"col\">bookworm</th><th scope=\"col\">trixie</th>",
                        "<th scope=\"row\">OtherTest</th><td></td><td><a class=\"verdict good\" href=\"#t1\">",
                        "<th scope=\"row\">SimpleTest</th><td><a class=\"verdict good\" href=\"#t2\">");
        assertThat(write(SampleRun.of(List.of(SampleRun.passed("SimpleTest", "bookworm")))))
                .as("one test needs no table")
                .doesNotContain("On each release");
    }

    @Test
    void theTimelineSaysWhoRanWhen() throws IOException {
        TestResult first = SampleRun.passed("SimpleTest", "bookworm");
        TestResult second = SampleRun.passed("OtherTest", "trixie");
        long began = Instant.parse(SampleRun.of(List.of(first)).started()).getEpochSecond();
        for (TestResult test : List.of(first, second)) {
            Path log = ReportFiles.events(ReportFiles.testDirectory(directory, test.directory()));
            Files.createDirectories(log.getParent());
            long at = began + (test.equals(second) ? 127 : 0);
            Files.writeString(log, """
                    {"event": "test-started", "at": %d}
                    no JSON
                    """.formatted(at));
        }
        assertThat(Timeline.of(
                                directory,
                                SampleRun.of(List.of(first, second)),
                                List.of(second, first),
                                List.of("t1", "t2"))
                        .bars())
                .extracting(Timeline.Bar::id, Timeline.Bar::label)
                .containsExactly(
                        tuple("t2", "SimpleTest [bookworm], from 0:00 on, for 2 min 7 s"),
                        tuple("t1", "OtherTest [trixie], from 2:07 on, for 2 min 7 s"));
        assertThat(write(SampleRun.of(List.of(first, second))))
                .containsSubsequence("When each test ran", "SimpleTest [bookworm]", "left:", "OtherTest [trixie]");
    }

    @Test
    void warningsAreShownOfATestThatPassedToo() throws IOException {
        assertThat(write(SampleRun.of(List.of(SampleRun.warned("1 entry left out: <a>: named pipe")))))
                .containsSubsequence("Warnings", "<li>1 entry left out: &lt;a&gt;: named pipe</li>");
    }

    @Test
    void whatNobodyJudgedHasASectionOfItsOwn() throws IOException {
        assertThat(write(SampleRun.of(List.of(SampleRun.unjudged(1)))))
                .containsSubsequence(
                        "12 checks hold, 1 skipped",
                        "Not judged",
                        "<li>mine.yaml:1:1: not judged: key1: &lt;why&gt;</li>");
    }

    @Test
    void failedChecksCarryTheirPlaceAndComeBeforeTheOthers() throws IOException {
        assertThat(write(SampleRun.of(List.of(SampleRun.failed()))))
                .containsSubsequence(
                        "Failed checks",
                        "<code>examples/tests/basic.yaml:48:7</code>",
                        "expected 'cloudimg-rootfs'",
                        "Other checks: 12 checks hold, 1 skipped",
                        "disk1-part1: size");
    }

    @Test
    void theWayAndTheTimeOfEachStageAreShown() throws IOException {
        assertThat(write(SampleRun.of(List.of(SampleRun.passed("SimpleTest", "bookworm")))))
                .contains(
                        "<span class=\"way\">full: asked for</span>", "<span class=\"stage\">curthooks 15.0 s</span>");
    }

    @Test
    void nothingIsLoadedFromElsewhereAndLinksAreRelative() throws IOException {
        SampleRun.writeLogs(directory, SampleRun.all(), 3);
        Matcher links = LINK.matcher(write(SampleRun.all()));

        List<String> targets = links.results().map(result -> result.group(1)).toList();

        assertThat(targets).isNotEmpty().allMatch(target -> target.startsWith("#") || target.startsWith("./"));
        assertThat(targets).contains("./BasicTest-trixie/logs/install-serial.log");
        assertThat(targets.stream().filter(target -> target.startsWith("./")))
                .allSatisfy(target -> assertThat(directory.resolve(target)).exists());
    }

    @Test
    void aDirectoryWithAnOddNameIsLinkedAsAFile() throws IOException {
        TestResult odd = SampleRun.failed().in("javascript:alert(1)//x #%\"<b>");
        SampleRun.writeLogs(directory, SampleRun.of(List.of(odd)), 3);

        assertThat(write(SampleRun.of(List.of(odd))))
                .contains("href=\"./javascript:alert(1)/x%20%23%25%22%3Cb%3E/logs/boot-serial.log\"")
                .doesNotContain("href=\"javascript");
    }

    @Test
    void aDirectoryElsewhereIsLinkedAbsolutely(@TempDir Path elsewhere) throws IOException {
        TestResult away = SampleRun.failed().in(elsewhere.resolve("away").toString());
        SampleRun.writeLogs(directory, SampleRun.of(List.of(away)), 3);

        assertThat(write(SampleRun.of(List.of(away))))
                .contains("href=\"file:///")
                .contains("/away/logs");
    }

    @Test
    void hostileContentIsOnlyText() throws IOException {
        String hostile = "</pre></script><script>alert(1)</script><img src=x onerror=alert(2)>\"'`${7*7}\u0000\u202e";
        TestResult result = new TestResult(
                hostile,
                hostile,
                hostile,
                Verdict.FAILED,
                1,
                List.of(new PhaseResult(hostile, 1, 1, List.of(new PhaseResult.Stage(hostile, 1)))),
                List.of(new CheckRecord(hostile, hostile, CheckRecord.FAILED, hostile)),
                new Evidence(hostile, List.of(hostile), hostile, hostile, hostile),
                "T",
                hostile);
        RunResults results = new RunResults(
                hostile, hostile, 1, new RunResults.AcceleratorRecord(hostile, hostile), List.of(result));
        Path logs = Files.createDirectories(directory.resolve("T/logs"));
        Files.writeString(logs.resolve("install-serial.log"), hostile + "\n\u001b[31mred\u001b[0m\n");
        SampleRun.writeSecrets(directory.resolve("T"));

        String page = write(results);

        assertThat(page.split("<script", -1)).as("only the page's own script").hasSize(2);
        assertThat(page).doesNotContain("<img").contains("&lt;img src=x onerror=alert(2)&gt;");
        assertThat(page).contains("\nred\n");
        assertThat(Pattern.compile("<[^>]*\\son\\w+\\s*=").matcher(page).results())
                .isEmpty();
    }

    @Test
    void thePageSaysWhereWhenAndByWhichCommand() throws IOException {
        RunResults sample = SampleRun.all();
        String page = write(new RunResults(
                "1",
                "2026-11-22T01:02:03.612991011Z",
                1,
                SampleRun.TCG,
                sample.tests(),
                new RunResults.Origin("box: Debian 12", "vmtest run 'a b.yaml'")));

        assertThat(page)
                .contains("2026-11-22 01:02:03 UTC", "box: Debian 12", "vmtest run 'a b.yaml'")
                .doesNotContain("612991011");
    }

    @Test
    void whyNamesTheCommandBelowTheGenericLine() {
        Evidence evidence = new Evidence(
                "the console says: [   12.345678] cloud-init[518]: curtin: Installation failed with exception: Unexpected"
                        + " error while running command.",
                List.of(
                        "[   12.345678] cloud-init[518]: curtin: Installation failed with exception: Unexpected error while"
                                + " running command.",
                        "[   12.345680] cloud-init[518]: Command: ['mkfs.xfs', '/dev/vda2']",
                        "[   12.345690] cloud-init[518]: Exit code: 1"),
                "",
                "",
                "",
                0);
        TestResult result = new TestResult(
                "T", "r", "curtin", Verdict.INSTALL_FAILED, 1, List.of(), List.of(), evidence, "T", "again");

        assertThat(ResultText.why(result))
                .isEqualTo(
                        "the console says: curtin: Installation failed with exception: Unexpected error while running"
                                + " command.; the command was ['mkfs.xfs', '/dev/vda2']");
        assertThat(ResultText.explanation(result)).contains("the command was ['mkfs.xfs', '/dev/vda2']");
    }

    @Test
    void theConsoleIsShownWithoutTheSecretsOfItsTest() throws IOException {
        RunResults results = SampleRun.of(List.of(SampleRun.installFailed()));
        SampleRun.writeLogs(directory, results, 1);
        Path test = directory.resolve(results.tests().get(0).directory());
        Files.writeString(test.resolve("logs/install-serial.log"), "10%\r\u001b[1mkey: S3cret\u001b[0m, S3cret\r\n");

        SampleRun.writeSecrets(test, "S3cret");
        String page = write(results);
        Files.delete(test.resolve("install/secrets.json"));
        String unknown = write(results);

        assertThat(page).contains("key: (secret), (secret)").doesNotContain("S3cret");
        assertThat(unknown).doesNotContain("S3cret", "key:").contains("install-serial.log");
    }

    @Test
    void nothingInvisibleIsOnThePage() throws IOException {
        String hostile = "a\u001b[31mb\u202ec\u2028d\u009be\u200bf\ud800g\u0007h";

        String page = Files.readString(HtmlReport.write(
                directory, SampleRun.of(List.of(SampleRun.saying(hostile))), new LastPasses(List.of())));

        assertThat(page).isEqualTo(Printable.text(page)).contains("a\uFFFD[31mb\uFFFDc");
    }

    @Test
    void theConsoleIsShownWithoutControlSequences() {
        assertThat(ConsoleExcerpt.shown("\u001b[0;32m  OK  \u001b[0m Started\u001b]0;title\u0007.\r"))
                .isEqualTo("  OK   Started.");
        assertThat(ConsoleExcerpt.shown("10%\r50%\r100% done\r")).isEqualTo("100% done");
        assertThat(ConsoleExcerpt.shown("x".repeat(5000))).hasSize(300);
    }

    @Test
    void whatChangedSinceTheLastPassIsSaid() throws IOException {
        TestResult now = SampleRun.failed();
        TestResult then = new TestResult(
                now.name(),
                now.release(),
                now.installer(),
                Verdict.PASSED,
                90,
                List.of(new PhaseResult("install", 40, 39, List.of())),
                List.of(SampleRun.holds("root_format: label", "x")),
                Evidence.NONE,
                now.directory(),
                now.reproduce());
        RunResults before = new RunResults("0.0.9", "2026-11-20T01:02:03Z", 1, SampleRun.TCG, List.of(then));
        RunResults older = new RunResults("0.0.8", "2026-11-19T01:02:03Z", 1, SampleRun.TCG, List.of(then));

        assertThat(new LastPasses(List.of(new ReportedRun(directory, before), new ReportedRun(directory, older)))
                        .changes(now, directory))
                .containsExactly(
                        "it passed in the run of 2026-11-20 01:02:03 UTC with vmtest 0.0.9, accelerator tcg, in 90.0 s",
                        "check root_format: label passed then, fails now",
                        "check swap_mount: fstab did not exist then",
                        "phase install took 40.0 s then, 81.4 s now");
        assertThat(new LastPasses(List.of()).changes(now, directory)).isEmpty();
        RunReport.write(directory, SampleRun.of(List.of(now)), List.of(new ReportedRun(directory, before)));
        assertThat(directory.resolve("index.html")).content().contains("check root_format: label passed then");
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void fourHundredFailedTestsStayUsable() throws IOException {
        List<TestResult> many = new ArrayList<>();
        for (int number = 0; number < 400; number++) {
            many.add(SampleRun.failed().in("T" + number));
        }
        RunResults results = SampleRun.of(many);
        SampleRun.writeLogs(directory, results, 400);

        write(results);

        assertThat(Files.size(directory.resolve("index.html"))).isLessThan(20L << 20);
    }

    @Test
    void aHugeLogIsReadOnlyAtItsEnds() throws IOException {
        SampleRun.writeLogs(directory, SampleRun.of(List.of(SampleRun.failed())), 200_000);

        assertThat(write(SampleRun.of(List.of(SampleRun.failed()))).length()).isLessThan(200_000);
    }

    @Test
    void aRunWithoutTestsSaysSo() throws IOException {
        assertThat(write(SampleRun.of(List.of()))).contains("No test ran");
    }

    private String write(RunResults results) throws IOException {
        return Files.readString(HtmlReport.write(directory, results, new LastPasses(List.of())));
    }
}
