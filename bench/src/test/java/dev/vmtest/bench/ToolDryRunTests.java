package dev.vmtest.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.process.Command;
import dev.vmtest.process.Completed;
import dev.vmtest.process.SupervisedProcesses;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tools that delete or overwrite say with --dry-run what they would do, and leave everything as it is. */
class ToolDryRunTests {

    private static final Duration LONGEST = Duration.ofSeconds(60);

    /** Tools without the option, each with its reason. */
    private static final Map<String, String> WITHOUT = Map.ofEntries(
            Map.entry("arm64-kernel", "a kernel that is there stays"),
            Map.entry("build", "compiles; it removes only classes that Maven makes again at once"),
            Map.entry("curtin-from-container", "removes only the directory that it has made itself"),
            Map.entry("curtin-log-print", "hands its options on to a command that has it"),
            Map.entry("deps", "only installs packages; it removes only its own log"),
            Map.entry("offline", "runs only the command that it is given"),
            Map.entry("first-boot", "removes only the directory that it has made itself"),
            Map.entry("launch", "hands its options on to a command that has it"),
            Map.entry("qemu", "a QEMU that is there stays"),
            Map.entry("report_webhook_logger", "only prints"),
            Map.entry("schema-validate-storage", "only prints"),
            Map.entry("seeds", "makes a page again of which every line has its source in docs/seeds.yaml"),
            Map.entry("ssh-keys-list", "only prints"),
            Map.entry("version", "prints; the build has it write what it prints, into what is built"),
            Map.entry("vmtest-filter", "only prints"),
            Map.entry("vmtest-sync-images", "hands its options on to a command that has it"),
            Map.entry("vmtest-system-setup", "is another name of deps"),
            Map.entry("xkvm", "hands its options on to a command that has it"));

    @TempDir
    private Path directory;

    private final SupervisedProcesses processes = new SupervisedProcesses();

    /** A tree that holds what earlier calls of the tools have left. */
    @BeforeEach
    void makeATree() throws IOException {
        Files.createDirectories(directory.resolve("tools/lib"));
        for (Path tool : tools()) {
            Files.copy(tool, directory.resolve("tools").resolve(tool.getFileName()));
        }
        for (String part : List.of("steps", "dry-run")) {
            Files.copy(SourceTree.resolve("tools/lib/" + part), directory.resolve("tools/lib/" + part));
        }
        for (String left : List.of(
                "bench/target/measured/one",
                "bench/target/bench.json",
                "bench/target/mutants/one",
                "bench/target/mutants.json",
                "bench/target/ways/one",
                "bench/target/nightly/index.html",
                "bench/target/reference/unfinished",
                "core/target/surefire-reports/TEST-One.xml",
                "target/check/index.html",
                "target/outside-project/pom.xml",
                "packages/vmtest_1_all.deb",
                "packages/root/mine",
                "packages/pages/mine",
                "targets/info")) {
            Files.createDirectories(directory.resolve(left).getParent());
            Files.writeString(directory.resolve(left), "left");
        }
        Path vmtest = Files.createDirectories(directory.resolve("bin")).resolve("vmtest");
        Files.writeString(vmtest, "#!/bin/sh\necho \"vmtest $*\"\n");
        Files.setPosixFilePermissions(vmtest, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @AfterEach
    void endProcesses() {
        processes.close();
    }

    private static List<Path> tools() throws IOException {
        try (Stream<Path> tools = Files.list(SourceTree.resolve("tools"))) {
            return tools.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private Map<String, String> tree() throws IOException {
        Map<String, String> tree = new TreeMap<>();
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.toList()) {
                tree.put(
                        path.toString(),
                        Files.isRegularFile(path)
                                ? Files.readString(path, StandardCharsets.ISO_8859_1)
                                : Files.getLastModifiedTime(path).toString());
            }
        }
        return tree;
    }

    /** Call a tool that must leave everything as it is. */
    private List<String> dryRun(String tool, String... words) throws Exception {
        Map<String, String> before = tree();
        Completed said = processes.run(
                Command.of(directory.resolve("tools/" + tool).toString())
                        .with(words)
                        .withDirectory(directory),
                LONGEST);
        assertThat(said.stderr()).isEmpty();
        assertThat(said.exitStatus()).isZero();
        assertThat(tree()).isEqualTo(before);
        return said.stdout().lines().toList();
    }

    @Test
    void everyToolThatDeletesOrOverwritesHasTheOption() throws IOException {
        TreeSet<String> without = new TreeSet<>();
        for (Path tool : tools()) {
            if (!Files.readString(tool).contains("= --dry-run ]")
                    && !Files.readString(tool).contains("    --dry-run)")) {
                without.add(String.valueOf(tool.getFileName()));
            }
        }
        assertThat(without).containsExactlyInAnyOrderElementsOf(WITHOUT.keySet());
    }

    @Test
    void measurements() throws Exception {
        assertThat(dryRun("bench", "--dry-run", "planning", "user-data"))
                .containsExactly(
                        "would remove bench/target/measured",
                        "would replace bench/target/bench.json",
                        "vmtest images build --release bookworm --dry-run",
                        "vmtest images build --release bookworm --variant plain --dry-run");
        assertThat(dryRun("bench", "--dry-run")).contains("would replace bench/target/reference");
        assertThat(dryRun("reference", "--dry-run")).containsExactly("would replace bench/target/reference");
    }

    @Test
    void proofsOnRealSystems() throws Exception {
        assertThat(dryRun("mutants", "--dry-run", "one"))
                .containsExactly(
                        "would replace bench/target/mutants.json",
                        "would remove bench/target/mutants",
                        "vmtest images build --release bookworm --dry-run");
        assertThat(dryRun("mutants", "--dry-run", "--kept")).containsExactly("would replace bench/target/mutants.json");
        assertThat(dryRun("compare-ways", "--dry-run"))
                .containsExactly(
                        "would make bench/target/ways.json",
                        "would remove bench/target/ways",
                        "vmtest images build --release bookworm --dry-run");
        assertThat(dryRun("nightly", "--dry-run"))
                .containsExactly(
                        "would replace bench/target/nightly",
                        "would make bench/target/layouts",
                        "would make bench/target/nightly.log",
                        "vmtest images build --release bookworm --dry-run");
    }

    @Test
    void theCheckOfTheProject() throws Exception {
        assertThat(dryRun("check", "--dry-run"))
                .containsExactly(
                        "would remove ./core/target/surefire-reports",
                        "would replace " + directory.toRealPath().resolve("target/check"),
                        "would make " + directory.toRealPath().resolve("target/check.log"),
                        "would remove target/outside-project",
                        "would replace target/outside-project",
                        "would make target/outside-project.log",
                        "vmtest images build --release bookworm --dry-run");
        assertThat(dryRun("outside-project", "--dry-run"))
                .containsExactly(
                        "would remove target/outside-project",
                        "would replace target/outside-project",
                        "would make target/outside-project.log");
    }

    @Test
    void aPackage() throws Exception {
        String packages = directory.resolve("packages").toString();

        assertThat(dryRun("deb", "--dry-run", "1", packages))
                .containsExactly("would replace " + packages + "/vmtest_1_all.deb");
        assertThat(dryRun("deb", "--dry-run", "2", packages))
                .containsExactly("would make " + packages + "/vmtest_2_all.deb");
    }

    @Test
    void aPackageSparesWhatElseIsInItsDirectory() throws Exception {
        // There are no libraries in this tree, so the package fails on its way.
        Completed failed = processes.run(
                Command.of(directory.resolve("tools/deb").toString(), "1", "packages")
                        .withDirectory(directory),
                LONGEST);

        assertThat(failed.exitStatus()).isNotZero();
        assertThat(directory.resolve("packages/root/mine")).hasContent("left");
        assertThat(directory.resolve("packages/pages/mine")).hasContent("left");
        try (Stream<Path> left = Files.list(directory.resolve("packages"))) {
            assertThat(left).hasSize(3);
        }
    }

    @Test
    void aServerOfTargets() throws Exception {
        String targets = directory.resolve("targets").toString();

        assertThat(dryRun("find-tgt", "--dry-run", targets, "192.0.2.9"))
                .containsExactly(
                        "would make " + targets + "/find-tgt.log", "vmtest iscsi --dry-run " + targets + " 192.0.2.9");
    }

    @Test
    void aServerThatWouldBeEndedIsNamedAndGoesOn() throws Exception {
        // The kernel names a process after the file that it runs, which can be any.
        Path tgtd = directory.resolve("tgtd");
        Files.copy(Path.of("/bin/sleep").toRealPath(), tgtd);
        Files.setPosixFilePermissions(tgtd, PosixFilePermissions.fromString("rwxr-xr-x"));
        Process server = new ProcessBuilder(tgtd.toString(), "60").start();
        try {
            Files.writeString(directory.resolve("targets/info"), "export TGT_PID=" + server.pid() + "\n");

            assertThat(dryRun("find-tgt", "--dry-run", "targets", "192.0.2.9"))
                    .first()
                    .isEqualTo("would end the tgtd that was started there, process " + server.pid());
            assertThat(server.isAlive()).isTrue();
        } finally {
            server.destroyForcibly().waitFor();
        }
    }

    @Test
    void aRunForACiServer() throws Exception {
        assertThat(dryRun("jenkins-runner", "--dry-run", "SimpleTest"))
                .last()
                .isEqualTo("vmtest run --dry-run SimpleTest");
    }
}
