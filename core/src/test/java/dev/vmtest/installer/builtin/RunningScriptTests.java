package dev.vmtest.installer.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.vmtest.config.Problems;
import dev.vmtest.installer.SuccessCriteria;
import dev.vmtest.process.Command;
import dev.vmtest.process.Completed;
import dev.vmtest.process.SupervisedProcesses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Run whole scripts here: their stages hold commands only, so that nothing of the host is touched. */
class RunningScriptTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String STAGES = """
            partitioning_commands: {builtin: null}
            network_commands: {builtin: null}
            extract_commands: {builtin: null}
            curthooks_commands: {builtin: null}
            storage:
              version: 1
              config:
              - {id: d, type: disk, serial: a, ptable: msdos}
              - {id: p, type: partition, device: d, size: 3G}
              - {id: f, type: format, fstype: ext4, volume: p}
              - {id: m, type: mount, device: f, path: /}
            """;

    @TempDir
    Path directory;

    private final List<JsonNode> events = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/secret/events", exchange -> {
            events.add(JSON.readTree(exchange.getRequestBody().readAllBytes()));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private Completed run(String yaml, String endpoint) throws Exception {
        return run(List.of(), directory.resolve("errors.tar").toString(), yaml, endpoint);
    }

    private Completed run(List<String> morePostFiles, String archive, String yaml, String endpoint) throws Exception {
        String log = directory.resolve("log/install.log").toString();
        List<String> postFiles = new ArrayList<>(List.of(log));
        postFiles.addAll(morePostFiles);
        String settings = "install: {unmount: disabled, target: " + directory.resolve("target") + ", log_file: " + log
                + ", post_files: " + postFiles + ", error_tarfile: " + archive + "}\n"
                + "reporting: {harness: {type: webhook, endpoint: '" + endpoint + "'}}\n";
        Problems problems = new Problems();
        String script = Corpus.plan(STAGES + settings + yaml, problems).script("1.2.3");
        assertThat(problems.all()).isEmpty();
        Path file = Files.writeString(directory.resolve("script"), script);
        try (SupervisedProcesses processes = new SupervisedProcesses()) {
            return processes.run(
                    Command.of("dash", file.toString()).withEnvironment("TMPDIR", directory.toString()),
                    Duration.ofMinutes(1));
        }
    }

    private String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/secret/events";
    }

    private List<String> heard() {
        return events.stream()
                .map(event -> event.get("event_type").asString() + " "
                        + event.get("name").asString()
                        + (event.has("result") ? " " + event.get("result").asString() : ""))
                .toList();
    }

    @Test
    void runsStagesAndReportsThem() throws Exception {
        Completed ended = run("""
                early_commands:
                  b: [sh, -c, 'echo "$TARGET_MOUNT_POINT|$(basename "$OUTPUT_FSTAB")|$(head -c 1 "$CONFIG")"']
                  a: "echo 'first \\"quoted\\" \\\\ back'"
                late_commands:
                  z: [sh, -c, 'mkdir -p "$TARGET_MOUNT_POINT/root"; printf "odd\\001\\303\\274\\n"']
                """, endpoint());

        assertThat(ended.stdout()).startsWith("curtin: Installation started. (vmtest 1.2.3)\n");
        assertThat(ended.stdout()).endsWith("curtin: Installation finished.\n");
        assertThat(ended.exitStatus()).isZero();
        assertThat(ended.stdout())
                .containsSubsequence("first \"quoted\" \\ back", directory.resolve("target") + "|fstab|{", "odd");
        assertThat(heard().subList(0, 7))
                .containsExactly(
                        "start cmd-install",
                        "start cmd-install/stage-early",
                        "start cmd-install/stage-early/a",
                        "finish cmd-install/stage-early/a SUCCESS",
                        "start cmd-install/stage-early/b",
                        "finish cmd-install/stage-early/b SUCCESS",
                        "finish cmd-install/stage-early SUCCESS");
        assertThat(heard()).last().isEqualTo("finish cmd-install SUCCESS");
        assertThat(heard())
                .filteredOn(name -> name.matches("start cmd-install/stage-[a-z]+"))
                .hasSize(7);
        assertThat(events).filteredOn(event -> event.has("files")).hasSize(1);
        assertThat(events.get(2).get("description").asString())
                .isEqualTo("running 'sh -c echo 'first \"quoted\" \\ back''");
        for (JsonNode event : events) {
            assertThat(event.get("origin").asString()).isEqualTo("curtin");
            assertThat(event.get("timestamp").asDouble()).isGreaterThan(1.6e9);
        }
        JsonNode file = events.get(events.size() - 1).get("files").get(0);
        assertThat(file.get("path").asString()).endsWith("/log/install.log");
        byte[] log = Base64.getDecoder().decode(file.get("content").asString());
        assertThat(new String(log, StandardCharsets.UTF_8)).isEqualTo(ended.stdout());
    }

    @Test
    void runsAStageOfOnesOwnInItsPlace() throws Exception {
        Completed ended = run("""
                stages: [early, partitioning, network, extract, curthooks, hook, text, late]
                text_commands: {a: [echo, of my own]}
                late_commands: {a: [echo, late]}
                """, endpoint());

        assertThat(ended.exitStatus()).isZero();
        assertThat(ended.stdout()).containsSubsequence("of my own\n", "late\n");
        assertThat(heard())
                .containsSubsequence(
                        "finish cmd-install/stage-hook SUCCESS",
                        "start cmd-install/stage-text",
                        "start cmd-install/stage-text/a",
                        "finish cmd-install/stage-text/a SUCCESS",
                        "finish cmd-install/stage-text SUCCESS",
                        "start cmd-install/stage-late");
        assertThat(events)
                .filteredOn(event -> event.get("name").asString().equals("cmd-install/stage-text"))
                .allSatisfy(
                        event -> assertThat(event.get("description").asString()).isEqualTo("stage text"));
    }

    @Test
    void savesConfigurationAndLogInTheTarget() throws Exception {
        run("", endpoint());

        Path root = directory.resolve("target/root");
        assertThat(Files.readString(root.resolve("curtin-install-cfg.yaml"))).contains("unmount: disabled");
        assertThat(Files.readString(root.resolve("curtin-install.log")))
                .startsWith("curtin: Installation started.")
                .endsWith("curtin: Installation finished.\n");
    }

    @Test
    void saysWhichStepFailedAndWhere() throws Exception {
        Completed ended = run("late_commands: {boom: [sh, -c, 'echo no; exit 7']}\n", endpoint());

        assertThat(ended.exitStatus()).isEqualTo(1);
        assertThat(ended.stdout())
                .contains("curtin: Installation failed with exception: step 'run command 'boom'' of"
                        + " late_commands 'boom' (c.yaml:14:17) ended with exit status 1:"
                        + " command 'boom' of late_commands ended with exit status 7: sh -c echo no; exit 7")
                .doesNotContain("Installation finished");
        assertThat(SuccessCriteria.CURTIN.forbidden())
                .anyMatch(pattern -> pattern.matcher(ended.stdout()).find());
        assertThat(heard().subList(heard().size() - 3, heard().size()))
                .containsExactly(
                        "finish cmd-install/stage-late/boom FAIL",
                        "finish cmd-install/stage-late FAIL",
                        "finish cmd-install FAIL");
        assertThat(events.get(events.size() - 1).has("files")).isTrue();
    }

    @Test
    void packsTheLogsOfAFailureBeforeItReportsThem() throws Exception {
        Path archive = directory.resolve("errors.tar");
        run(
                List.of(archive.toString(), "/nowhere"),
                archive.toString(),
                "late_commands: {boom: [sh, -c, 'echo no; exit 7']}\n",
                endpoint());

        JsonNode files = events.get(events.size() - 1).get("files");
        assertThat(files)
                .extracting(file -> file.get("path").asString())
                .containsExactly(directory.resolve("log/install.log").toString(), archive.toString());
        assertThat(Base64.getDecoder().decode(files.get(1).get("content").asString()))
                .isEqualTo(Files.readAllBytes(archive));
        try (SupervisedProcesses processes = new SupervisedProcesses()) {
            assertThat(processes
                            .run(Command.of("tar", "-tf", archive.toString()), Duration.ofMinutes(1))
                            .stdout())
                    .containsPattern("(?m)^curtin-logs-[-0-9]+/install.log$")
                    .containsPattern("(?m)^curtin-logs-[-0-9]+/curtin-config$")
                    .containsPattern("(?m)^curtin-logs-[-0-9]+/version$");
        }
    }

    @Test
    void leavesNoArchiveWhereNoneIsAskedFor() throws Exception {
        run(List.of(), "null", "late_commands: {boom: [sh, -c, 'exit 7']}\n", endpoint());

        assertThat(directory.resolve("errors.tar")).doesNotExist();
        assertThat(heard()).last().isEqualTo("finish cmd-install FAIL");
    }

    @Test
    void installsEvenIfNobodyTakesTheEvents() throws Exception {
        Completed ended = run("", "http://127.0.0.1:1/nobody");

        assertThat(ended.exitStatus()).isZero();
        assertThat(ended.stderr()).contains("did not take event last");
        assertThat(ended.stdout()).endsWith("curtin: Installation finished.\n");
    }

    @Test
    void refusesWhatItsCurtinCommandCannotDo() throws Exception {
        Completed ended = run("late_commands: {a: 'does=block-meta; curtin $does custom'}\n", endpoint());

        assertThat(ended.exitStatus()).isEqualTo(1);
        assertThat(ended.stdout())
                .contains(
                        "curtin: the built-in installer has no sub-command 'block-meta'; it knows: in-target, apt-config, unmount");
    }

    @Test
    void runsCommandsInAnotherRootByItsCurtinCommand() throws Exception {
        Completed ended = run(
                "late_commands: {a: [curtin, -v, in-target, --target, /, --, printf, '%s|', 'a b', \"it's\"]}\n",
                endpoint());

        assertThat(ended.stdout()).contains("a b|it's|");
        assertThat(ended.exitStatus()).isZero();
    }
}
