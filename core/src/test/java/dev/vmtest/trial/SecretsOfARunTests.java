package dev.vmtest.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.report.RunReport;
import dev.vmtest.result.RunResults;
import dev.vmtest.result.RunResults.AcceleratorRecord;
import dev.vmtest.result.TestResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs a test whose configuration has secrets and whose guest repeats them, and reads everything that it left. */
final class SecretsOfARunTests {

    private static final String YAML = """
            proxy: {http_proxy: 'http://u:SecretFour@10.0.0.1:3128/'}
            apt_proxy: 'http://u:SecretFive@10.0.0.1:3142/'
            debconf_selections: {a: 'passwd passwd/root-password password SecretSix'}
            write_files:
              a: {path: /root/token, content: "SecretSeven\\n", permissions: '0600'}
            late_commands: {a: [curl, 'http://u:SecretEight@10.0.0.1/']}
            vmtest: {expect: {users: [{name: someone, password: '$6$SecretNine'}]}}
            storage:
              version: 1
              config:
                - {id: main, type: disk, ptable: gpt, serial: disk-a, wipe: superblock, grub_device: true}
                - {id: bios_grub, type: partition, device: main, size: 1MB, flag: bios_grub}
                - {id: root_part, type: partition, device: main, size: 4GB}
                - {id: root_format, type: format, fstype: ext4, volume: root_part}
                - {id: root_mount, type: mount, device: root_format, path: /}
                - {id: far, type: disk, path: 'iscsi:user:SecretOne:iuser:SecretTwo@10.0.0.1:6:3260:1:iqn.2024-01.far'}
                - {id: data_crypt, type: dm_crypt, volume: far, dm_name: data, key: SecretThree}
                - {id: data_format, type: format, fstype: ext4, volume: data_crypt}
                - {id: data_mount, type: mount, device: data_format, path: /srv}
            """;

    private final PlayedRun played;

    SecretsOfARunTests(@TempDir Path directory) throws IOException {
        played = new PlayedRun(directory);
        played.yaml = YAML;
    }

    @Test
    void noFileThatOthersReadHoldsASecret() throws IOException {
        played.guest.installConsole("+ attach_iscsi user SecretOne iuser SecretTwo\n"
                + "proxy http://u:SecretFour@10.0.0.1:3128/ SecretFive; SecretSix, SecretSeven and $6$SecretNine\n"
                + "\u001b[1mpassword: SecretSeven\u001b[0m\n"
                + "Unexpected error while running command: printf SecretThree curl http://u:SecretEight@10.0.0.1/\n"
                + FakeGuest.FINISHED);

        TestResult result = played.installFailed("the console says: Unexpected error while running command");

        assertThat(result.toString()).contains("attach_iscsi user (secret)").doesNotContain("Secret");
        assertThat(played.events.toString()).contains("printf (secret)").doesNotContain("Secret");
        RunReport.write(
                played.topdir,
                new RunResults("1", "2026-11-30T00:00:00Z", 1, new AcceleratorRecord("tcg", ""), List.of(result)));
        assertThat(played.topdir.resolve("index.html"))
                .content()
                .contains("password: (secret)")
                .contains("u:(secret)@10.0.0.1/");
        List<Path> holders = holders();
        assertThat(holders).as("files that must have it").isNotEmpty();
        for (Path file : holders) {
            assertThat(Files.getPosixFilePermissions(file))
                    .as(file.toString())
                    .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        }
        assertThat(holders).allMatch(file -> file.toString().contains("/install/"));
    }

    private List<Path> holders() throws IOException {
        List<Path> holders = new ArrayList<>();
        try (Stream<Path> files = Files.walk(played.topdir)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (Files.size(file) < (1 << 20)
                        && Files.readString(file, StandardCharsets.ISO_8859_1).contains("Secret")) {
                    holders.add(file);
                }
            }
        }
        return holders;
    }
}
