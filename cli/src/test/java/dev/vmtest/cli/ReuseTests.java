package dev.vmtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs only the checks, by the command and its variables, on data that is written here. */
class ReuseTests {

    static final String RESULT = """
            {"name": "Own", "release": "bookworm", "installer": "builtin", "verdict": "passed", "seconds": 90,
             "phases": [{"name": "install", "seconds": 60, "vmSeconds": 59, "stages": [], "way": "full"},
                        {"name": "check", "seconds": 1, "vmSeconds": 0, "stages": [], "way": ""}],
             "checks": [], "evidence": {"summary": "", "context": [], "machineEnd": "", "lastEvent": "", "log": "", "badLine": -1},
             "directory": "own-bookworm", "reproduce": "vmtest run own.yaml"}
            """;

    @TempDir
    private Path directory;

    private TestHost host;
    private String config = "unset";
    private String topdir = "unset";

    @BeforeEach
    void keepARun() throws IOException {
        host = new TestHost(directory);
        config = host.write("own.yaml", TestHost.CONFIG).toString();
        topdir = host.path("run").toString();
    }

    private void keepATest() {
        host.write("run/own-bookworm/result.json", RESULT);
        host.write("run/own-bookworm/collect/facts/uname", "Linux\n");
        host.write("run/own-bookworm/disks/sda.img", "disk");
        host.write("run/own-bookworm/logs/events.json", "[]");
        host.write("run/own-bookworm/logs/installer-version", "vmtest 1\n");
        host.write("run/own-bookworm/logs/run.jsonl", "{}\n");
    }

    @Test
    void theChecksAreHeldAndNothingIsPruned() {
        keepATest();
        // No program is needed, no image, no room.
        host.set("PATH", host.path("programs").toString()).withFreeSpace(0);

        TestHost.Result result =
                host.run("run", config, "--release", "bookworm", "--reuse", "--topdir", topdir, "--keep", "none");

        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .contains("only the checks are run, on kept data")
                .contains("failed");
        assertThat(result.status())
                .as("a system that says next to nothing fails")
                .isEqualTo(ExitStatus.FAILED);
        assertThat(host.path("run/own-bookworm/disks/sda.img")).hasContent("disk");
        assertThat(host.path("run/own-bookworm/logs/run.jsonl")).hasContent("{}\n");
        assertThat(host.path("run/own-bookworm/result.json")).content().contains("\"failed\"");
        assertThat(host.path("run/junit.xml")).exists();
    }

    @Test
    void theVariableDoesTheSame() {
        keepATest();
        host.set("CURTIN_VMTEST_REUSE_TOPDIR", "1").set("CURTIN_VMTEST_TOPDIR", topdir);

        TestHost.Result result = host.run("run", config, "--release", "bookworm");

        assertThat(result.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(result.out()).contains("only the checks are run");
    }

    @Test
    void whatWasNotKeptIsNamedBeforeAnythingIsDone() {
        TestHost.Result nothing = host.run("run", config, "--release", "bookworm", "--reuse");
        assertThat(nothing.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(nothing.err()).contains("there is nothing to reuse: name the directory of an earlier run");

        TestHost.Result missing = host.run("run", config, "--release", "bookworm", "--reuse", "--topdir", topdir);
        assertThat(missing.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(missing.err()).contains("there is no topdir " + topdir + " to reuse");
        assertThat(host.path("run")).doesNotExist();

        host.write("run/other/file", "");
        TestHost.Result other = host.run("run", config, "--release", "bookworm", "--reuse", "--topdir", topdir);
        assertThat(other.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(other.err()).contains("own [bookworm] cannot be reused: nothing of it was kept");
    }

    @Test
    void oneMachineCanBeAttended() {
        assertThat(host.run("run", "SimpleTest", "--release", "bookworm,trixie", "--vnc", "127.0.0.1:1")
                        .err())
                .contains("one machine can be attended, and this would be 2 tests");
        assertThat(host.run("run", config, "--vnc", ":1").err()).contains("write it as HOST:DISPLAY");
        assertThat(host.run("run", config, "--release", "bookworm", "--reuse", "--topdir", topdir, "--interactive")
                        .err())
                .contains("--reuse starts no machine that could be attended");
    }
}
