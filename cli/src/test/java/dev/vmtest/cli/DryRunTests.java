package dev.vmtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.session.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** What deletes or overwrites says with --dry-run what it would do, and leaves everything as it is. */
class DryRunTests {

    /** Commands without the option, each with its reason. */
    private static final Map<String, String> WITHOUT = Map.ofEntries(
            Map.entry("history", "only prints"),
            Map.entry("list", "only prints"),
            Map.entry("init", "writes only files that are new, all or none"),
            Map.entry("check", "only prints"),
            Map.entry("plan", "only prints, and is itself what the installer would do"),
            Map.entry("images query", "only prints"),
            Map.entry("images verify", "only reads"),
            Map.entry("releases", "only prints"),
            Map.entry("schema", "only prints"),
            Map.entry("image-exec", "what is changed is up to the command; --read-only keeps an image as it is"),
            Map.entry("webhook-logger", "only prints what it receives"),
            Map.entry("ssh-keys", "only prints"),
            Map.entry("units", "only prints"),
            Map.entry("engine kubernetes", "only prints"),
            Map.entry("settings", "only prints"),
            Map.entry("verify-record", "only reads"),
            Map.entry("doctor", "only looks"),
            Map.entry("generate-completion", "only prints"),
            Map.entry("help", "only prints"));

    @TempDir
    private Path directory;

    private TestHost host;

    @BeforeEach
    void makeHost() throws IOException {
        host = new TestHost(directory);
    }

    /** Run a command that must leave everything as it is. */
    private List<String> dryRun(String... words) {
        Map<String, String> before = host.tree();
        TestHost.Result result = host.run(words);
        assertThat(result.err()).isEmpty();
        assertThat(result.status()).isEqualTo(ExitStatus.SUCCESS);
        assertThat(host.tree()).isEqualTo(before);
        return result.out().lines().toList();
    }

    @Test
    void everyCommandThatDeletesOrOverwritesHasTheOption() {
        Map<String, CommandLine> commands = new TreeMap<>();
        add("", Main.commandLine(Invocation.of(Surroundings.of(Map.of()), System.out, System.err)), commands);
        List<String> without = new ArrayList<>();
        commands.forEach((name, command) -> {
            OptionSpec option = command.getCommandSpec().findOption("--dry-run");
            if (option == null) {
                without.add(name);
            } else {
                assertThat(option.description())
                        .as(name)
                        .containsExactly(
                                "Only say what would be made, replaced, removed or started, and do none of it.");
            }
        });
        assertThat(without).containsExactlyInAnyOrderElementsOf(WITHOUT.keySet());
    }

    private static void add(String name, CommandLine command, Map<String, CommandLine> commands) {
        if (command.getSubcommands().isEmpty()) {
            commands.put(name, command);
        }
        command.getSubcommands().forEach((word, sub) -> add(name.isEmpty() ? word : name + " " + word, sub, commands));
    }

    @Test
    void aReport() {
        host.write("run/run.json", """
                {"vmtest": "test", "started": "2026-01-01T00:00:00Z",
                 "accelerator": {"name": "tcg", "reason": "as an example"}, "announced": []}
                """);
        host.write("run/index.html", "by hand");
        host.write("run/.room-for-the-report", "room");

        assertThat(dryRun("report", host.path("run").toString(), "--dry-run"))
                .containsExactly(
                        "would make " + host.path("run/results.json"),
                        "would make " + host.path("run/junit.xml"),
                        "would replace " + host.path("run/index.html"),
                        "would remove " + host.path("run/.room-for-the-report"));
        assertThat(host.run("report", host.path("run").toString(), "--serve", "--dry-run")
                        .err())
                .contains("--serve writes nothing");
        assertThat(host.run("report", host.path("tmp").toString(), "--dry-run").status())
                .isEqualTo(ExitStatus.USAGE);
    }

    @Test
    void aMerge() throws IOException {
        String part = host.path("part").toString();
        host.write("part/run.json", """
                {"vmtest": "test", "started": "2026-01-01T00:00:00Z",
                 "accelerator": {"name": "tcg", "reason": "as an example"}, "announced": []}
                """);
        host.write("part/units.json", """
                {"format": 1, "vmtest": "1", "place": {"qemu": "", "cpu": ""}, "whole": [], "units": []}
                """);
        String whole = host.path("whole").toString();

        assertThat(dryRun("merge", part, "--topdir", whole, "--dry-run"))
                .containsExactly(
                        "would make " + whole,
                        "would make " + whole + "/units.json",
                        "would make " + whole + "/results.json",
                        "would make " + whole + "/junit.xml",
                        "would make " + whole + "/index.html");
        assertThat(host.run("merge", host.path("tmp").toString(), "--dry-run").status())
                .isEqualTo(ExitStatus.USAGE);
    }

    @Test
    void filesOfEvents() {
        host.write("Test/logs/events.json", """
                [{"name": "a", "description": "a", "event_type": "finish", "timestamp": 1, "files": [
                   {"path": "/tmp/install.log", "content": "x"}, {"path": "/var/install.log", "content": "x"}]}]
                """);
        String dumped = host.path("dumped").toString();

        assertThat(dryRun(
                        "events",
                        host.path("Test").toString(),
                        "--save-processing-data",
                        "--dumpfiles",
                        dumped,
                        "--dry-run"))
                .endsWith(
                        "would make timestamps.json",
                        "would make records.json",
                        "would make " + dumped,
                        "would make " + dumped + "/install.log",
                        "would make " + dumped + "/install.log-2");
        assertThat(Path.of("timestamps.json")).doesNotExist();
        assertThat(Path.of("records.json")).doesNotExist();
        host.write("dumped/install.log", "mine");
        assertThat(host.run("events", host.path("Test").toString(), "--dumpfiles", dumped, "--dry-run")
                        .err())
                .contains("is there already, and nothing is written over it");
    }

    @Test
    void aBackdoor() {
        String disk = host.write("disk.img", new byte[4096]).toString();
        String key = host.write("key.pub", "ssh-ed25519 AAAA me").toString();

        assertThat(dryRun(
                        "backdoor",
                        "--user",
                        "bob",
                        "--password",
                        "x-secret-x",
                        "--password-auth",
                        "--ssh-key",
                        key,
                        disk,
                        "--dry-run"))
                .containsExactly(
                        "would change " + disk,
                        "would make the user bob, if the system has none of that name",
                        "would write /etc/sudoers.d/90-vmtest-bob there",
                        "would replace the password of bob",
                        "would change the keys that let bob in: " + key + " is added",
                        "would write /etc/ssh/sshd_config.d/00-vmtest.conf there");
        assertThat(dryRun("backdoor", "--user", "bob", "--ssh-key", key, disk, "--dry-run"))
                .hasSize(4);
    }

    @Test
    void aServerOfTargets() {
        String targets = host.path("targets").toString();

        assertThat(dryRun("iscsi", targets, "127.0.0.9", "--dry-run"))
                .containsExactly(
                        "would make " + targets,
                        "would make " + targets + "/info",
                        "would make " + targets + "/tgt.log",
                        "would start tgtd on 127.0.0.9");
        host.write("targets/info", "export TGT_PID=1\n");
        assertThat(dryRun("iscsi", targets, "--dry-run")).contains("would replace " + targets + "/info");
    }

    @Test
    void aBuild() {
        assertThat(dryRun("images", "build", "--release", "bookworm", "--dry-run"))
                .anyMatch(line -> line.matches("bookworm amd64/generic [0-9.]+ would be built"))
                .contains(
                        "would replace " + host.path("images/streams/v1/built.json"),
                        "would remove bookworm amd64/generic 20260101.1");
    }

    @Test
    void aRun() throws IOException {
        String config = host.write("own.yaml", TestHost.CONFIG).toString();
        String topdir = host.path("run").toString();

        assertThat(dryRun("run", config, "--topdir", topdir, "--keep", "logs,collect", "--dry-run"))
                .containsExactly(
                        "would run own [bookworm] in " + topdir + "/own-bookworm",
                        "would make " + topdir + ".log",
                        "would make " + topdir,
                        "would make " + topdir + "/run.json",
                        "would make " + topdir + "/units.json",
                        "would make " + topdir + "/results.json",
                        "would make " + topdir + "/junit.xml",
                        "would make " + topdir + "/index.html",
                        "would write snapshots of started machines below " + host.path("images/snapshots")
                                + ", where none can be used",
                        "would write what passes below " + host.path("home/.local/state/vmtest/passes"),
                        "would remove boot, disks, install, of each test that passes",
                        "would remove boot, disks, install, of each other test");
        assertThat(dryRun("run", config, "--topdir", topdir, "--fidelity", "full", "--dry-run"))
                .noneMatch(line -> line.contains("snapshots"))
                .last()
                .isEqualTo("would remove its directory, of each test that passes");
        assertThat(dryRun("run", config, "--topdir", topdir, "--changed", "--passes", "/shared/passes", "--dry-run"))
                .contains(
                        "would run own [bookworm] in " + topdir
                                + "/own-bookworm, unless it has passed before with the same inputs",
                        "would write what passes below /shared/passes");
        host.set("CURTIN_VMTEST_IMAGE_SYNC", "1");
        assertThat(dryRun("run", config, "--topdir", topdir, "--dry-run"))
                .first()
                .isEqualTo("would fetch newer images first: 'vmtest images sync --dry-run' says which");
        Files.createDirectory(host.path("run"));
        host.write("run/mine", "mine");
        assertThat(host.run("run", config, "--topdir", topdir, "--dry-run").err())
                .contains("is not empty");
    }

    @Test
    void whatIsRunOnPurposeIsNotLeftOutForAnEarlierPass() {
        String config = host.write("own.yaml", TestHost.CONFIG).toString();
        for (String[] words : new String[][] {{"--repeat", "2"}, {"--reuse"}, {"--vnc", "127.0.0.1:1"}}) {
            List<String> command = new ArrayList<>(List.of("run", config, "--changed", "--dry-run"));
            command.addAll(List.of(words));
            TestHost.Result result = host.run(command.toArray(String[]::new));
            assertThat(result.status()).isEqualTo(ExitStatus.USAGE);
            assertThat(result.err()).contains("--changed", "leave out one of both");
        }
    }

    @Test
    void aRunOfTheChecks() {
        String config = host.write("own.yaml", TestHost.CONFIG).toString();
        String topdir = host.path("run").toString();
        host.write("run/own-bookworm/result.json", ReuseTests.RESULT);
        host.write("run/own-bookworm/collect/facts/uname", "Linux\n");
        host.write("run/own-bookworm/logs/events.json", "[]");
        host.write("run/own-bookworm/logs/installer-version", "vmtest 1\n");
        host.write("run/index.html", "the page");
        host.write("run.log", "the log");

        assertThat(dryRun("run", config, "--release", "bookworm", "--topdir", topdir, "--reuse", "--dry-run"))
                .containsExactly(
                        "would hold the checks of own [bookworm] in " + topdir + "/own-bookworm",
                        "would change " + topdir + ".log",
                        "would replace " + topdir + "/own-bookworm/result.json",
                        "would make " + topdir + "/results.json",
                        "would make " + topdir + "/junit.xml",
                        "would replace " + topdir + "/index.html");
    }
}
