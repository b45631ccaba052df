package dev.vmtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asks for what a host remembers, and runs what failed. */
class HistoryCommandTests {

    private static final String FILE = "home/.local/state/vmtest/history.jsonl";
    private static final String MONDAY = "2026-11-30T08:00:00Z";
    private static final String TUESDAY = "2026-12-01T08:00:00Z";

    @TempDir
    private Path directory;

    private TestHost host;

    @BeforeEach
    void makeAHost() throws IOException {
        host = new TestHost(directory);
    }

    private static String entry(String test, String run, String verdict, double seconds) {
        return """
                {"format": 1, "run": "%s", "at": 1796112000, "test": "%s", "release": "bookworm", "installer": "builtin", \
                "verdict": "%s", "failureClass": "%s", "accelerator": "tcg", "seconds": %s, \
                "phases": [{"phase": "install", "seconds": %s}, {"phase": "boot", "seconds": 20}]}
                """.formatted(run, test, verdict, verdict.equals("passed") ? "none" : "product", seconds, seconds / 2);
    }

    @Test
    void aHostThatRemembersNothingSaysSo() {
        TestHost.Result result = host.run("history");
        assertThat(result.out()).isEqualTo("no run is remembered in " + host.path(FILE) + "\n");
        assertThat(result.status()).isZero();
        assertThat(host.path(FILE).getParent()).doesNotExist();
    }

    @Test
    void aLineSaysHowOftenATestPassedAndHowLongItTakes() {
        host.write(
                FILE,
                entry("B", MONDAY, "passed", 60)
                        + entry("A", MONDAY, "passed", 10)
                        + entry("B", TUESDAY, "failed", 64));
        assertThat(host.run("history").out()).isEqualTo("""
                        A [bookworm] with builtin  passed 1 of 1  last passed  10.0 s (install 5.0 s, boot 20.0 s)
                        B [bookworm] with builtin  passed 1 of 2  last failed  62.0 s (install 31.0 s, boot 20.0 s)
                        """);
        assertThat(host.run("history", "B", "--each").out()).isEqualTo("""
                        2026-12-01T08:00:00Z  B [bookworm] with builtin  passed  60.0 s (install 30.0 s, boot 20.0 s)
                        2026-12-01T08:00:00Z  B [bookworm] with builtin  failed (product)  64.0 s (install 32.0 s, boot 20.0 s)
                        """);
    }

    @Test
    void aNameThatIsNotRememberedIsAMistake() {
        host.write(FILE, entry("B", MONDAY, "passed", 60));
        TestHost.Result result = host.run("history", "A", "B", "C");
        assertThat(result.err())
                .contains("no run of a test 'A' is remembered", "no run of a test 'C' is remembered")
                .doesNotContain("'B'");
        assertThat(result.status()).isEqualTo(ExitStatus.USAGE);
    }

    @Test
    void onlyWhatFailedInTheLastRunIsRunAgain() {
        String config = host.write("own.yaml", TestHost.CONFIG).toString();
        String other = host.write("other.yaml", TestHost.CONFIG).toString();
        host.write(
                FILE,
                entry("own", MONDAY, "passed", 60)
                        + entry("other", MONDAY, "failed", 60)
                        + entry("own", TUESDAY, "install-failed", 60)
                        + entry("other", TUESDAY, "passed", 60));
        TestHost.Result result = host.run("run", config, other, "--release", "bookworm", "--failed", "--dry-run");
        assertThat(result.out()).contains("would run own [bookworm]").doesNotContain("would run other");
        assertThat(result.status()).isZero();

        TestHost.Result nothing = host.run("run", other, "--release", "bookworm", "--failed");
        assertThat(nothing.out()).isEqualTo("nothing of this failed in the last run, which began " + TUESDAY + "\n");
        assertThat(nothing.status()).isZero();
    }

    @Test
    void nothingCanBeRunAgainThatNobodyRemembers() {
        String config = host.write("own.yaml", TestHost.CONFIG).toString();
        TestHost.Result result = host.run("run", config, "--release", "bookworm", "--failed");
        assertThat(result.err()).contains("no run is remembered whose failures --failed could run again");
        assertThat(result.status()).isEqualTo(ExitStatus.USAGE);
    }

    @Test
    void repeatingNeedsANumberOfTimes() {
        String config = host.write("own.yaml", TestHost.CONFIG).toString();
        assertThat(host.run("run", config, "--repeat", "0").err()).contains("--repeat 0 is no number of times");
        assertThat(host.run("run", config, "--repeat", "2", "--reuse").err()).contains("--reuse holds the checks");
    }
}
