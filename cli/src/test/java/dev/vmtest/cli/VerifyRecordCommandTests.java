package dev.vmtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.report.ResultFiles;
import dev.vmtest.report.RunReport;
import dev.vmtest.result.Evidence;
import dev.vmtest.result.RunResults;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records a run that is made up, and verifies it after something has changed. */
class VerifyRecordCommandTests {

    private final TestHost host;
    private final String config;
    private final Path topdir;
    private final Path record;

    VerifyRecordCommandTests(@TempDir Path directory) throws IOException {
        host = new TestHost(directory);
        config = host.write("own.yaml", TestHost.CONFIG).toString();
        topdir = Files.createDirectory(host.path("part"));
        record = host.path("record.json");
        Files.writeString(
                topdir.resolve("units.json"),
                host.run("units", config, "--json").out());
        write(Verdict.PASSED);
        assertThat(host.run(
                                "merge",
                                topdir.toString(),
                                "--topdir",
                                host.path("whole").toString(),
                                "--record",
                                record.toString())
                        .out())
                .contains("record " + record);
    }

    private void write(Verdict verdict) throws IOException {
        var unused = RunReport.write(
                topdir,
                new RunResults(
                        "1",
                        "2026-11-30T12:00:00Z",
                        1,
                        new RunResults.AcceleratorRecord("tcg", "as an example"),
                        List.of(new TestResult(
                                "own",
                                "bookworm",
                                "builtin",
                                verdict,
                                1,
                                List.of(),
                                List.of(),
                                Evidence.NONE,
                                "own-bookworm",
                                ""))));
    }

    private TestHost.Result verify(String... more) {
        String[] words = new String[more.length + 3];
        words[0] = "verify-record";
        words[1] = record.toString();
        words[2] = host.path("whole").toString();
        System.arraycopy(more, 0, words, 3, more.length);
        return host.run(words);
    }

    @Test
    void whatIsAsItWasIsSaid() {
        TestHost.Result result = verify();
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).contains("and the inputs of 1 unit are the same here");
        assertThat(result.status()).isZero();
    }

    @Test
    void anInputThatChangedIsNamed() {
        host.write("own.yaml", TestHost.CONFIG.replace("ext4", "xfs"));
        TestHost.Result result = verify();
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).contains("own/bookworm/builtin: here it has another configuration: ");
        assertThat(verify("--results-only").status()).isZero();
        assertThat(verify("--results-only").out()).contains("the inputs were not looked at");
    }

    @Test
    void aResultThatChangedIsNamed() throws IOException {
        Path results = host.path("whole/results.json");
        Files.writeString(results, Files.readString(results).replace("\"passed\"", "\"boot-failed\""));
        TestHost.Result result = verify();
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err())
                .contains(
                        "result: the record says PASSED, it is FAILED",
                        "own/bookworm/builtin: the record says passed, it is boot-failed (failed)");
    }

    @Test
    void whatIsNoRecordIsAMistake() throws IOException {
        Files.writeString(record, "{}");
        assertThat(verify().status()).isEqualTo(ExitStatus.USAGE);
        assertThat(verify().err()).contains("no record of a run");
        assertThat(host.run("verify-record", "/nowhere", topdir.toString()).status())
                .isEqualTo(ExitStatus.USAGE);
        assertThat(ResultFiles.readUnits(topdir.resolve("units.json")).units()).hasSize(1);
    }

    @Test
    void aPlaceWhereNothingCanBeWrittenIsSaidBeforeAnythingIsRun() {
        TestHost.Result result = host.run(
                "run", config, "--record", host.path("none/record.json").toString());
        assertThat(result.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(result.err()).contains("there is no directory " + host.path("none"));
        assertThat(host.run("run", config, "--repeat", "2", "--record", record.toString())
                        .err())
                .contains("--record keeps the results of one run");
        assertThat(host.run("run", config, "--record", record.toString(), "--dry-run")
                        .out())
                .contains("would replace " + record);
    }

    @Test
    void resultsArePrintedForOtherPrograms() throws IOException {
        write(Verdict.BOOT_FAILED);
        for (String[] form : new String[][] {
            {"github", "::error title=own [bookworm] boot-failed::"},
            {"gitlab", "\"severity\" : \"blocker\""},
            {"TAP", "not ok 1 - own [bookworm] with builtin"}
        }) {
            TestHost.Result result = host.run("report", topdir.toString(), "--print", form[0]);
            assertThat(result.err()).isEmpty();
            assertThat(result.out()).contains(form[1]);
            assertThat(result.status()).isZero();
        }
        assertThat(host.run("report", topdir.toString(), "--print", "junit").status())
                .isEqualTo(ExitStatus.USAGE);
    }
}
