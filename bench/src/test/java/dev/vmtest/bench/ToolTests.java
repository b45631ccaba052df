package dev.vmtest.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.process.Command;
import dev.vmtest.process.Completed;
import dev.vmtest.process.SupervisedProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the scripts that carry the names of the harness before; what they call is played by a script that says how. */
class ToolTests {

    private static final Duration LONGEST = Duration.ofSeconds(60);

    /** Says its words and the variables that matter, answers settings, and exits as it is told. */
    private static final String VMTEST = """
            #!/bin/sh
            echo "vmtest $*" >>"$RECORD"
            case $1 in
            settings) printf '  CURTIN_VMTEST_VMRAM                4096 (set)\\n      MiB.\\n  TMPDIR  /tmp (default)\\n' ;;
            list) printf 'BasicTest   bookworm\\nAaTest bookworm\\nBasicTest trixie\\n' ;;
            run) env | grep -E '^(CURTIN_VMTEST|IMAGE)' | sort >>"$RECORD"; exit "${STATUS:-0}" ;;
            check) exit "${STATUS:-0}" ;;
            iscsi)
                [ "${STATUS:-0}" = 0 ] || { echo 'tgtd is not installed' >&2; exit "$STATUS"; }
                printf 'export TGT_PID=%s\\nexport CURTIN_VMTEST_ISCSI_PORTAL=%s:1\\n' "$$" "$3" >"$2/info"
                echo "serving; '. $2/info' lets the runs of a shell use it"
                ;;
            esac
            """;

    /** Plays a container whose files are a directory. */
    private static final String LXC = """
            #!/bin/sh
            echo "lxc $*" >>"$RECORD"
            case $1 in
            exec)
                shift 4
                case $1 in
                mktemp) mkdir -p "$CONTAINER/tmp/x"; echo /tmp/x ;;
                rm) rm -rf "$CONTAINER$3" ;;
                *) cat "$CONTAINER"/tmp/x/* 2>/dev/null; exit "${STATUS:-0}" ;;
                esac
                ;;
            file) cp "$4" "$CONTAINER/${5#*/}" ;;
            esac
            """;

    @TempDir
    private Path directory;

    private final SupervisedProcesses processes = new SupervisedProcesses();
    private final Map<String, String> environment = new LinkedHashMap<>();

    @BeforeEach
    void makeATree() throws IOException {
        program("tree/bin/vmtest", VMTEST);
        program("programs/lxc", LXC);
        for (String tool : List.of(
                "jenkins-runner",
                "curtin-from-container",
                "vmtest-filter",
                "schema-validate-storage",
                "report_webhook_logger",
                "vmtest-sync-images",
                "curtin-log-print",
                "find-tgt",
                "ssh-keys-list",
                "lib/dry-run")) {
            Files.createDirectories(directory.resolve("tree/tools/lib"));
            Files.copy(SourceTree.resolve("tools/" + tool), directory.resolve("tree/tools/" + tool));
        }
        Files.createDirectories(directory.resolve("container"));
        Files.createFile(directory.resolve("record"));
        environment.put("RECORD", directory.resolve("record").toString());
        environment.put("CONTAINER", directory.resolve("container").toString());
        environment.put("PATH", directory.resolve("programs") + ":" + System.getenv("PATH"));
        environment.put("WORKSPACE", directory.resolve("workspace").toString());
    }

    @AfterEach
    void endProcesses() {
        processes.close();
    }

    private void program(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Completed run(String tool, String... arguments) throws Exception {
        return processes.run(
                Command.of(withoutSettings())
                        .with(directory.resolve("tree/tools/" + tool).toString())
                        .with(arguments)
                        .withDirectory(directory)
                        .withEnvironment(environment),
                LONGEST);
    }

    /** Whoever runs these tests may have set what the tools read: tools/check does. */
    private static List<String> withoutSettings() {
        List<String> words = new ArrayList<>(List.of("env"));
        System.getenv().keySet().stream()
                .filter(name -> name.startsWith("CURTIN_VMTEST_"))
                .forEach(name -> words.add("--unset=" + name));
        return words;
    }

    private String record() throws IOException {
        return Files.readString(directory.resolve("record"));
    }

    @Test
    void theRunnerOfACiRunsWithItsDefaults() throws Exception {
        environment.put("STATUS", "1");
        Completed ran = run("jenkins-runner");

        assertThat(ran.stderr()).isEmpty();
        assertThat(ran.exitStatus()).as("that of vmtest run").isEqualTo(1);
        assertThat(ran.stdout())
                .contains("CURTIN_VMTEST_VMRAM                4096")
                .doesNotContain("TMPDIR");
        assertThat(record())
                .contains("vmtest images query\nvmtest run\n")
                .contains("CURTIN_VMTEST_TOPDIR=" + directory.resolve("workspace/output"))
                .contains("CURTIN_VMTEST_KEEP_DATA_PASS=logs,collect")
                .contains("CURTIN_VMTEST_KEEP_DATA_FAIL=logs,collect")
                .contains("CURTIN_VMTEST_PARALLEL=0")
                .contains("CURTIN_VMTEST_IMAGE_SYNC=0");
    }

    @Test
    void theRunnerTakesTheOptionsOfTheHarnessBefore() throws Exception {
        Completed ran = run(
                "jenkins-runner",
                "-p4",
                "--skip-images-dirlock",
                "CURTIN_VMTEST_KEEP_DATA_PASS=all",
                "tests/vmtests/test_basic.py:BasicTest",
                "own file.yaml",
                "--",
                "--installer",
                "curtin=a b");

        assertThat(ran.exitStatus()).as(ran.stderr()).isZero();
        assertThat(record())
                .contains("vmtest run BasicTest own file.yaml --installer curtin=a b\n")
                .contains("CURTIN_VMTEST_KEEP_DATA_PASS=all")
                .contains("CURTIN_VMTEST_PARALLEL=4");
        assertThat(run("jenkins-runner", "--filter", "firmware=uefi", "--filter=name=Ba", "--parallel", "-1")
                        .exitStatus())
                .isZero();
        assertThat(record())
                .contains("vmtest run --filter firmware=uefi --filter name=Ba\n")
                .contains("CURTIN_VMTEST_PARALLEL=-1");
    }

    @Test
    void theRunnerRefusesWhatCannotBeMeant() throws Exception {
        assertThat(run("jenkins-runner", "--filter", "a=b", "BasicTest").stderr())
                .contains("not both");
        assertThat(run("jenkins-runner", "--nonsense").stderr()).contains("unknown option --nonsense");
        assertThat(run("jenkins-runner", "-p").exitStatus()).isEqualTo(2);
        Files.createDirectories(directory.resolve("workspace/output"));
        Completed used = run("jenkins-runner");
        assertThat(used.exitStatus()).isEqualTo(2);
        assertThat(used.stderr()).contains("workspace/output is there already");
        assertThat(record()).doesNotContain("vmtest run");
        assertThat(run("jenkins-runner", "CURTIN_VMTEST_REUSE_TOPDIR=False").exitStatus())
                .isEqualTo(2);
        assertThat(run("jenkins-runner", "CURTIN_VMTEST_REUSE_TOPDIR=1").exitStatus())
                .isZero();
        assertThat(run("jenkins-runner", "--help").stdout()).startsWith("Runs tests for a CI server");
    }

    @Test
    void aCurtinOfAContainerGetsTheFilesThatItPacks() throws Exception {
        Path config = Files.writeString(directory.resolve("a.yaml"), "first");
        Files.writeString(directory.resolve("b.yaml"), "second");
        environment.put("STATUS", "5");
        Completed packed = run(
                "curtin-from-container",
                "box",
                "curtin",
                "pack",
                "--add=" + config + ":config/a.yaml",
                "-a",
                directory.resolve("b.yaml").toString(),
                "--",
                "curtin",
                "install",
                "--add=inside");

        assertThat(packed.exitStatus()).as(packed.stderr()).isEqualTo(5);
        assertThat(packed.stdout()).isEqualTo("firstsecond");
        assertThat(record())
                .contains("lxc exec box --mode=non-interactive -- curtin pack --add=/tmp/x/1:config/a.yaml"
                        + " --add=/tmp/x/2:b.yaml -- curtin install --add=inside\n");
        assertThat(directory.resolve("container/tmp/x")).doesNotExist();
    }

    @Test
    void theContainerMayBeNamedByItsVariable() throws Exception {
        environment.put("CURTIN_PACK_CONTAINER", "other");
        assertThat(run("curtin-from-container", "curtin", "version").exitStatus())
                .isZero();
        assertThat(record()).isEqualTo("lxc exec other --mode=non-interactive -- curtin version\n");
        assertThat(run("curtin-from-container").stderr()).contains("name the command to run in other");
        environment.remove("CURTIN_PACK_CONTAINER");
        assertThat(run("curtin-from-container").stderr()).contains("set CURTIN_PACK_CONTAINER");
        Completed missing = run("curtin-from-container", "box", "curtin", "pack", "--add=/missing");
        assertThat(missing.exitStatus()).isEqualTo(3);
        assertThat(missing.stderr()).contains("cannot read /missing");
    }

    @Test
    void theFilterTakesItsOptionsAndNamesEachTestOnce() throws Exception {
        Completed listed = run("vmtest-filter", "-r", "bookworm", "-D", "debian", "name=Ba", "-k", "ga");

        assertThat(listed.exitStatus()).as(listed.stderr()).isZero();
        assertThat(listed.stdout()).isEqualTo("AaTest\nBasicTest\n");
        assertThat(record())
                .isEqualTo("vmtest list --filter release=bookworm --filter target_distro=debian --filter name=Ba"
                        + " --filter kernel=ga\n");
        assertThat(run("vmtest-filter", "-f", "squashfs").exitStatus()).isEqualTo(2);
        assertThat(run("vmtest-filter", "-r").stderr()).contains("-r needs a value");
    }

    @Test
    void configurationsOfADirectoryAreValidated() throws Exception {
        Path configs = Files.createDirectory(directory.resolve("configs"));
        assertThat(run("schema-validate-storage", configs.toString()).stderr()).contains("no configuration is in");
        Files.createFile(configs.resolve("a b.yaml"));
        Files.createFile(configs.resolve("c.txt"));
        assertThat(run("schema-validate-storage", configs.toString()).exitStatus())
                .isZero();
        assertThat(record()).isEqualTo("vmtest check " + configs + "/a b.yaml\n");
        environment.put("STATUS", "2");
        assertThat(run("schema-validate-storage", "x.yaml").exitStatus()).isEqualTo(1);
    }

    @Test
    void anIscsiServerIsStartedAndFoundByItsInfo() throws Exception {
        Path output = directory.resolve("tgt d");

        assertThat(run("find-tgt", output.toString(), "192.0.2.9")
                        .requireSuccess()
                        .stderr())
                .isEqualTo("find-tgt: serving; '. " + output + "/info' lets the runs of a shell use it\n");
        assertThat(output.resolve("info")).content().contains("export CURTIN_VMTEST_ISCSI_PORTAL=192.0.2.9:1\n");
        // What the server said before is no process of tgtd, so nothing is ended.
        assertThat(run("find-tgt", output.toString(), "192.0.2.9").exitStatus()).isZero();
        assertThat(record()).isEqualTo(("vmtest iscsi " + output + " 192.0.2.9\n").repeat(2));

        environment.put("STATUS", "3");
        Completed failed = run("find-tgt", output.toString(), "192.0.2.9");
        assertThat(failed.exitStatus()).isEqualTo(1);
        assertThat(failed.stderr()).contains("no server was started: tgtd is not installed");
        assertThat(output.resolve("info")).doesNotExist();
        assertThat(output.resolve("told")).doesNotExist();
        assertThat(run("find-tgt").stdout()).contains("tools/find-tgt [--dry-run] DIRECTORY [ADDRESS]");
    }

    @Test
    void theOtherNamesAreThoseOfCommands() throws Exception {
        run("report_webhook_logger", "127.0.0.1", "9000");
        run("vmtest-sync-images", "--clean", "jammy");
        run("curtin-log-print", "--format", "%d %n", "-");
        run("ssh-keys-list", "json");

        assertThat(record()).isEqualTo("""
                vmtest webhook-logger 127.0.0.1 9000
                vmtest images sync --clean jammy
                vmtest events --format %d %n -
                vmtest ssh-keys json
                """);
    }
}
