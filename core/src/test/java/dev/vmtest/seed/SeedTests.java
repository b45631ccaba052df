package dev.vmtest.seed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vmtest.process.Command;
import dev.vmtest.process.SupervisedProcesses;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

final class SeedTests {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String PAYLOAD = "#!/bin/bash\ninstall\n";

    @TempDir
    Path directory;

    @Test
    void tellsAnInstallToRunItsPayloadAndPowerOff() {
        NoCloudSeed seed =
                new InstallSeed("inst-1", PAYLOAD, Power.OFF, "http://10.0.2.2:3142/", List.of("ssh-rsa A")).seed();

        assertThat(seed.metaData()).isEqualTo("{\"instance-id\":\"inst-1\"}\n");
        assertThat(configs(seed))
                .containsExactly(
                        Map.of("password", Login.PASSWORD_HASH, "chpasswd", Map.of("expire", false)),
                        Map.of("output", Map.of("all", "| tee -a /var/log/cloud-init-output.log")),
                        Map.of("power_state", Map.of("mode", "poweroff")),
                        Map.of("apt_proxy", "http://10.0.2.2:3142/"),
                        Map.of("ssh_authorized_keys", List.of("ssh-rsa A")));
        assertThat(scripts(seed)).containsExactly(PAYLOAD);
    }

    @Test
    void leavesAnInteractiveInstallUp() {
        NoCloudSeed seed = new InstallSeed("inst-1", PAYLOAD, Power.NONE, null, List.of()).seed();

        assertThat(configs(seed)).noneMatch(config -> config.containsKey("power_state"));
        assertThat(configs(seed)).hasSize(3);
        assertThat(String.valueOf(configs(seed).get(2).get("bootcmd")))
                .startsWith("[[sh, -c, #!/bin/sh")
                .contains("serial-getty@", "systemd-logind.service");
    }

    @Test
    void tellsAFirstBootToCollectAndPackUp() {
        NoCloudSeed seed = firstBoot("nonce-1", "#!/bin/sh\ncollect\n").seed();

        assertThat(configs(seed))
                .containsExactly(
                        Map.of(
                                "password",
                                Login.PASSWORD_HASH,
                                "chpasswd",
                                Map.of("expire", false),
                                "growpart",
                                Map.of("mode", "off"),
                                "ssh_genkeytypes",
                                List.of("ed25519"),
                                "power_state",
                                Map.of("mode", "poweroff")),
                        Map.of("runcmd", List.of("true")));
        // What the installer wrote for cloud-init counts, and nothing hides that it wrote nothing.
        assertThat(seed.files()).containsOnlyKeys("meta-data", "user-data", "vendor-data");
        assertThat(scripts(seed)).hasSize(3);
        assertThat(scripts(seed).get(0)).contains("echo '" + FirstBootSeed.COLLECTING + "' >/dev/console");
        assertThat(scripts(seed).get(1)).isEqualTo("#!/bin/sh\ncollect\n");
        assertThat(scripts(seed).get(2))
                .contains("echo '" + FirstBootSeed.COLLECTED + "' >/dev/console")
                .contains("echo 'nonce-1'", "disk='/dev/disk/by-id/virtio-output_disk.img'")
                .doesNotContainPattern("@[a-z_]+@");
    }

    @Test
    void collectsAfterTheCommandsOfTheTest() {
        List<String> names = parts(firstBoot("nonce-1", "#!/bin/sh\n").seed()).stream()
                .filter(part -> part.getOrDefault("type", "").equals("text/x-shellscript"))
                .map(part -> part.getOrDefault("filename", "part-001"))
                .toList();

        // cloud-init runs scripts in the order of their names, and calls the commands of runcmd "runcmd".
        assertThat(names).hasSize(3).isSorted().allMatch(name -> name.compareTo("runcmd") > 0);
    }

    @Test
    void refusesANonceThatAShellCouldRead() {
        assertThatIllegalArgumentException().isThrownBy(() -> firstBoot("$(reboot)", ""));
    }

    @Test
    void hashesThePasswordThatTheSeedsDocument() throws Exception {
        try (SupervisedProcesses processes = new SupervisedProcesses()) {
            assertThat(processes
                            .run(Command.of("openssl", "passwd", "-6", "-salt", "vmtest", "passw0rd"), LONG)
                            .requireSuccess()
                            .stdout()
                            .strip())
                    .isEqualTo(Login.PASSWORD_HASH);
        }
    }

    @Test
    void makesADiskThatCarriesTheDocuments() throws Exception {
        Path documents = directory.resolve("a=b, c");
        Path disk = directory.resolve("seed.img");
        NoCloudSeed seed = firstBoot("nonce-1", "#!/bin/sh\ncollect\n").seed();
        try (SupervisedProcesses processes = new SupervisedProcesses()) {
            new CidataDisk(processes).create(seed, documents, disk);

            assertThat(processes
                            .run(Command.of("blkid", "-p", "-o", "value", "-s", "LABEL", disk.toString()), LONG)
                            .requireSuccess()
                            .stdout())
                    .isEqualTo("cidata\n");
            Path out = directory.resolve("out");
            var unused = processes
                    .run(
                            Command.of(
                                    "xorriso",
                                    "-indev",
                                    disk.toString(),
                                    "-osirrox",
                                    "on",
                                    "-extract",
                                    "/",
                                    out.toString()),
                            LONG)
                    .requireSuccess();
            for (Map.Entry<String, String> document : seed.files().entrySet()) {
                assertThat(Files.readString(out.resolve(document.getKey()))).isEqualTo(document.getValue());
                assertThat(Files.readString(documents.resolve(document.getKey())))
                        .isEqualTo(document.getValue());
            }
        }
        assertThat(directory.resolve("seed.img.unfinished")).doesNotExist();
    }

    private static FirstBootSeed firstBoot(String nonce, String program) {
        return new FirstBootSeed("inst-2", nonce, program, Map.of("runcmd", List.of("true")), List.of(), Power.OFF);
    }

    private static List<Map<String, Object>> configs(NoCloudSeed seed) {
        List<Map<String, Object>> configs = new ArrayList<>();
        for (Map<String, String> part : parts(seed)) {
            if (part.getOrDefault("type", "").equals("text/cloud-config")) {
                String content = part.getOrDefault("content", "");
                assertThat(content).startsWith("#cloud-config\n");
                configs.add(new Yaml().load(content));
            }
        }
        return configs;
    }

    private static List<String> scripts(NoCloudSeed seed) {
        return parts(seed).stream()
                .filter(part -> part.getOrDefault("type", "").equals("text/x-shellscript"))
                .map(part -> part.getOrDefault("content", ""))
                .toList();
    }

    private static List<Map<String, String>> parts(NoCloudSeed seed) {
        return new Yaml().load(seed.userData());
    }
}
