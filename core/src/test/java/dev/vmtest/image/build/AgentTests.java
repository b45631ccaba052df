package dev.vmtest.image.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vmtest.machine.snapshot.SnapshotStore;
import dev.vmtest.process.Command;
import dev.vmtest.process.Completed;
import dev.vmtest.process.ProcessException;
import dev.vmtest.process.SupervisedProcesses;
import dev.vmtest.seed.InstallSeed;
import dev.vmtest.seed.NoCloudSeed;
import dev.vmtest.seed.Power;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Give seeds to the part of the agent that reads them. */
final class AgentTests {

    private static final Path AGENT = Path.of("src/main/resources/dev/vmtest/image/build/trim/usr/lib/vmtest");
    private static final Path PROGRAM = Path.of("src/test/resources/dev/vmtest/image/build/agent-play.py");
    private static final String SCRIPT = "#!/bin/sh\necho installing\n";

    @TempDir
    Path directory;

    private final SupervisedProcesses processes = new SupervisedProcesses();

    @BeforeEach
    void requirePython() throws Exception {
        assumeTrue(run("-c", "import yaml").exitStatus() == 0, "this host has no python3-yaml");
    }

    @AfterEach
    void endProcesses() {
        processes.close();
    }

    @Test
    void speaksTheLanguageOfTheHost() throws Exception {
        assertThat(AGENT.resolve("agent.py")).content().contains("\nVERSION = " + SnapshotStore.AGENT_VERSION + "\n");
    }

    @Test
    void carriesOutTheSeedOfAnInstall() throws Exception {
        JsonNode tasks = tasks(seed(null, List.of("ssh-ed25519 AAAA me@host")));

        assertThat(tasks.path("instance").asString()).isEqualTo("inst-1");
        assertThat(tasks.path("scripts").get(0).asString()).isEqualTo(SCRIPT);
        assertThat(tasks.path("scripts").size()).isEqualTo(1);
        assertThat(tasks.path("keys").get(0).asString()).isEqualTo("ssh-ed25519 AAAA me@host");
        assertThat(tasks.path("password").asString()).startsWith("$");
        assertThat(tasks.path("poweroff").asBoolean()).isTrue();
    }

    @Test
    void leavesToCloudInitWhatItDoesNotKnow() throws Exception {
        assertThat(tasks(seed("http://proxy:3128/", List.of())).isNull()).isTrue();
        assertThat(tasks(withUserData("#cloud-config\nruncmd: [true]\n")).isNull())
                .isTrue();
        assertThat(tasks(withUserData("#cloud-config-archive\n- {type: text/cloud-config, content: '{bootcmd: []}'}\n"))
                        .isNull())
                .isTrue();
        assertThat(tasks(withUserData("#cloud-config-archive\n- [not a mapping]\n"))
                        .isNull())
                .isTrue();
        assertThat(tasks(withUserData("#cloud-config-archive\n- {type: text/x-shellscript, content: \"no program\"}\n"))
                        .isNull())
                .isTrue();
    }

    @Test
    void leavesAnInstanceThatIsNoNameToCloudInit() throws Exception {
        Map<String, String> files = Map.of(
                "meta-data",
                "instance-id: ../../etc\n",
                "user-data",
                seed(null, List.of()).files().getOrDefault("user-data", ""),
                "vendor-data",
                "");

        assertThat(tasks(files).isNull()).isTrue();
    }

    @Test
    void knowsDisksByWhatTheKernelAndUdevSay() throws Exception {
        disk("vda", "254:0", Map.of("serial", "disk-a"), "");
        disk("sda", "8:0", Map.of("device/wwid", "naa.5000c500aaaaaaaa\n"), "");
        disk("sdb", "8:16", Map.of("device/wwid", "t10.ATA other\n"), "E:ID_WWN=0x5000c500bbbbbbbb\n");
        disk("sdc", "8:32", Map.of("device/vpd_pg80", "\0\u0080\0\6path-c"), "");
        disk("sdd", "8:48", Map.of(), "E:ID_SCSI_SERIAL=path-c\nE:ID_MODEL=0x5000c500cccccccc\nS:ID_WWN=disk-z\n");

        assertThat(missing("disk-a", "0x5000c500aaaaaaaa", "0x5000c500bbbbbbbb", "path-c"))
                .isEqualTo("[]");
        assertThat(missing("0x5000c500cccccccc", "disk-z", "disk-x"))
                .isEqualTo("[\"0x5000c500cccccccc\", \"disk-z\", \"disk-x\"]");
        assertThat(missingPaths("path-c", 2)).isEqualTo("[]");
        assertThat(missingPaths("path-c", 3)).isEqualTo("[\"path-c\"]");
    }

    @Test
    void waitsUntilUdevKnowsADisk() throws Exception {
        disk("vda", "254:0", Map.of("serial", "disk-a"), "");
        Files.delete(directory.resolve("run/udev/data/b254:0"));

        assertThat(missing("disk-a")).isEqualTo("[\"disk-a\"]");
    }

    @Test
    void makesCloudInitReadTheCommandLineOfTheMachineThatWasResumed() throws Exception {
        String orders = "{\"time\": 1234.5, \"entropy\": \"00ff\", \"command_line\": \"ds=nocloud-net;s=http://x/\"}\n";

        JsonNode found = JsonMapper.shared().readTree(play("resumed", directory.toString(), orders));

        assertThat(found.path("before").asString()).isEqualTo("of the snapshot");
        assertThat(found.path("after").asString()).isEqualTo("ds=nocloud-net;s=http://x/");
        assertThat(found.path("machine").asString()).matches("[0-9a-f]{32}\n");
        assertThat(found.path("said").toString()).isEqualTo("[\"ready 1\",\"time 1234.5\",\"resumed\"]");
    }

    private void disk(String name, String numbers, Map<String, String> attributes, String udev) throws Exception {
        Path device = directory.resolve("sys/block").resolve(name);
        Files.createDirectories(device.resolve("device"));
        Files.writeString(device.resolve("dev"), numbers + "\n");
        for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            Files.writeString(device.resolve(attribute.getKey()), attribute.getValue(), StandardCharsets.ISO_8859_1);
        }
        Path database = Files.createDirectories(directory.resolve("run/udev/data"));
        Files.writeString(database.resolve("b" + numbers), udev);
    }

    private String missing(String... ids) throws Exception {
        return missing(Stream.of(ids)
                .map(id -> Map.<String, Object>of("id", id, "driver", "virtio-blk", "paths", 1))
                .toList());
    }

    private String missingPaths(String id, int paths) throws Exception {
        return missing(List.of(Map.of("id", id, "driver", "scsi-hd", "paths", paths)));
    }

    private String missing(List<Map<String, Object>> disks) throws Exception {
        return play("missing-disks", directory.toString(), JsonMapper.shared().writeValueAsString(disks))
                .strip();
    }

    private static NoCloudSeed seed(@Nullable String proxy, List<String> keys) {
        return new InstallSeed("inst-1", SCRIPT, Power.OFF, proxy, keys).seed();
    }

    private static Map<String, String> withUserData(String userData) {
        return Map.of("meta-data", "instance-id: inst-1\n", "user-data", userData, "vendor-data", "");
    }

    private JsonNode tasks(NoCloudSeed seed) throws Exception {
        return tasks(seed.files());
    }

    private JsonNode tasks(Map<String, String> files) throws Exception {
        for (String name : List.of("meta-data", "user-data", "vendor-data")) {
            Files.writeString(directory.resolve(name), files.getOrDefault(name, ""));
        }
        return JsonMapper.shared().readTree(play("tasks", directory.toString()));
    }

    private String play(String part, String... arguments) throws Exception {
        List<String> words = new ArrayList<>(List.of(PROGRAM.toString(), AGENT.toString(), part));
        words.addAll(List.of(arguments));
        Completed said = run(words.toArray(String[]::new));
        assertThat(said.exitStatus()).as(said.stderr()).isZero();
        return said.stdout();
    }

    private Completed run(String... arguments) throws ProcessException {
        List<String> words = new ArrayList<>(List.of("python3"));
        words.addAll(List.of(arguments));
        return processes.run(Command.of(words), Duration.ofSeconds(60));
    }
}
