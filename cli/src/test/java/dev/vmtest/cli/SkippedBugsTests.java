package dev.vmtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SkippedBugsTests {

    @TempDir
    private Path directory;

    private TestHost.Result run(String bugs) throws IOException {
        TestHost host = new TestHost(directory);
        Path known = host.write("known.yaml", """
                known_issues:
                  - {test: SimpleTest, pattern: x, reference: https://bugs.example/7, expires: 2027-01-31}
                """);
        return host.set("CURTIN_VMTEST_SKIP_BY_DATE_BUGS", bugs)
                .run(
                        "run",
                        "SimpleTest",
                        "--release",
                        "bookworm",
                        "--known-issues",
                        known.toString(),
                        "--topdir",
                        host.path("run").toString());
    }

    @Test
    void aTestWhoseBugIsNamedIsNotRun() throws IOException {
        TestHost.Result result = run("7");

        assertThat(result.status()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .contains("1 skipped")
                .contains("CURTIN_VMTEST_SKIP_BY_DATE_BUGS names known issue https://bugs.example/7");
    }

    @Test
    void aBugThatNoIssueRefersToIsSaid() throws IOException {
        assertThat(run("7, 8").err())
                .isEqualTo("vmtest: CURTIN_VMTEST_SKIP_BY_DATE_BUGS names 8, which no known issue refers to\n");
    }
}
