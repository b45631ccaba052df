package dev.vmtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.report.RunReport;
import dev.vmtest.result.CheckRecord;
import dev.vmtest.result.Evidence;
import dev.vmtest.result.RunResults;
import dev.vmtest.result.RunResults.AcceleratorRecord;
import dev.vmtest.result.RunResults.Origin;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.Verdict;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports a run that is made up, of a test that an earlier one passed. */
class ReportSincePassTests {

    private static final String FILE = "home/.local/state/vmtest/history.jsonl";
    private static final String MONDAY = "2026-11-30T08:00:00Z";
    private static final String TUESDAY = "2026-12-01T08:00:00Z";
    private static final String SINCE = "Since it last passed";
    private static final AcceleratorRecord TCG = new AcceleratorRecord("tcg", "as an example");

    private final TestHost host;
    private final Path before;
    private final Path now;

    ReportSincePassTests(@TempDir Path directory) throws IOException {
        host = new TestHost(directory);
        before = run("before", MONDAY, Verdict.PASSED, CheckRecord.PASSED);
        now = run("now", TUESDAY, Verdict.FAILED, CheckRecord.FAILED);
        remember("\"" + before + "\"");
    }

    private Path run(String name, String started, Verdict verdict, String check) throws IOException {
        Path topdir = Files.createDirectories(host.path(name));
        RunReport.begin(topdir, "1", Instant.parse(started), TCG, List.of(), Origin.UNKNOWN);
        TestResult result = new TestResult(
                "own",
                "bookworm",
                "builtin",
                verdict,
                1,
                List.of(),
                List.of(new CheckRecord("root_format: label", "own.yaml:1:1", check, "it has none")),
                Evidence.NONE,
                "own-bookworm",
                "");
        var unused = RunReport.write(topdir, new RunResults("1", started, 1, TCG, List.of(result)));
        return topdir;
    }

    private void remember(String topdir) {
        host.write(FILE, """
                {"format": 1, "run": "%s", "at": 1796000000, "test": "own", "release": "bookworm", "installer": "builtin", \
                "verdict": "passed", "failureClass": "none", "accelerator": "tcg", "seconds": 1, "phases": [], "topdir": %s}
                """.formatted(MONDAY, topdir));
    }

    private String page(String... more) throws IOException {
        String[] words = new String[more.length + 2];
        words[0] = "report";
        words[1] = now.toString();
        System.arraycopy(more, 0, words, 2, more.length);
        TestHost.Result result = host.run(words);
        assertThat(result.err()).isEmpty();
        assertThat(result.status()).isZero();
        return Files.readString(now.resolve("index.html"));
    }

    @Test
    void theLastPassIsFoundByItself() throws IOException {
        assertThat(page()).contains(SINCE, "check root_format: label passed then, fails now");
    }

    @Test
    void noneAsksForNoComparison() throws IOException {
        assertThat(page("--against", "none")).doesNotContain(SINCE);
        TestHost.Result both = host.run("report", now.toString(), "--against", "none", "--against", before.toString());
        assertThat(both.err()).contains("--against none asks for no comparison, so it goes with no other --against");
        assertThat(both.status()).isEqualTo(ExitStatus.USAGE);
    }

    @Test
    void aRunThatIsNamedNeedsNoMemory() throws IOException {
        Files.delete(host.path(FILE));
        assertThat(page("--against", before.toString())).contains(SINCE);
        assertThat(page()).doesNotContain(SINCE);
    }

    @Test
    void whatIsNoDirectoryOfARunIsPassedOver() throws IOException {
        for (String topdir : List.of("\"relative\"", "\"\"", "\"/no\\u0000where\"", "\"/nowhere\"", "null", "[]")) {
            remember(topdir);
            assertThat(page()).as(topdir).doesNotContain(SINCE);
        }
    }

    @Test
    void aDirectoryThatAnotherRunHasTakenIsPassedOver() throws IOException {
        run("before", "2026-11-30T09:00:00Z", Verdict.PASSED, CheckRecord.PASSED);
        assertThat(page()).doesNotContain(SINCE);
    }

    @Test
    void aHistoryThatCannotBeReadKeepsNoReportAway() throws IOException {
        try (var sparse =
                Files.newByteChannel(host.path("large"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            sparse.position(1L << 40);
            sparse.write(ByteBuffer.wrap(new byte[] {'\n'}));
        }
        Files.delete(host.path(FILE));
        Files.move(host.path("large"), host.path(FILE));
        assertThat(page()).doesNotContain(SINCE);
    }
}
