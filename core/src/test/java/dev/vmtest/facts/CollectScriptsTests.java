package dev.vmtest.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CollectScriptsTests {

    @TempDir
    Path temporary;

    @Test
    void theAuthorsScriptsRunBetweenTheDefaultsAndTheClosingOnes() {
        List<CollectScript> scripts =
                CollectScripts.forTarget(Distribution.DEBIAN, List.of(new CollectScript("mine", "true")));

        assertThat(scripts)
                .extracting(CollectScript::name)
                .containsExactly("common", "debian", "machine", "stacks", "network", "mine", "journal", "symlinks");
    }

    @ParameterizedTest
    @EnumSource(Distribution.class)
    void theDefaultScriptsAreGoodShell(Distribution distribution) throws IOException, InterruptedException {
        String program = CollectScripts.program(CollectScripts.forTarget(distribution, List.of()), "/mnt/output");

        assertThat(run(program, "-n").status()).isZero();
    }

    @Test
    void everyFileOfTheSeedsDefaultSetIsWritten() {
        String text = CollectScripts.program(CollectScripts.forTarget(Distribution.DEBIAN, List.of()), "/c")
                + CollectScripts.program(CollectScripts.forTarget(Distribution.CENTOS, List.of()), "/c");

        assertThat(List.of(
                        "fstab",
                        "udev_rules.d",
                        "ifconfig_a",
                        "ip_a",
                        "messages",
                        "syslog",
                        "var_lib_cloud",
                        "run_cloud-init",
                        "proc_cmdline",
                        "proc_mounts",
                        "proc_partitions",
                        "proc-swaps",
                        "ls_dname",
                        "bydname",
                        "byid",
                        "bypartuuid",
                        "bypath",
                        "byuuid",
                        "blkid.out",
                        "find_boot.out",
                        "efibootmgr.out",
                        "etc_default_grub_d",
                        "etc_default_grub",
                        "debian-packages.txt",
                        "interfaces",
                        "interfaces.d",
                        "find_interfacesd",
                        "apt-proxy",
                        "kernel-img.conf",
                        "rpm_qa",
                        "network-scripts",
                        "rpm_ci_version",
                        "rpm_dist_version_major",
                        "centos-release",
                        "root",
                        "var-log-journal",
                        "symlinks.txt"))
                .allSatisfy(name -> assertThat(text).contains(name));
    }

    @Test
    void aScriptThatFailsIsRecordedAndDoesNotStopTheOthers() throws IOException, InterruptedException {
        Path collect = temporary.resolve("collect");
        List<CollectScript> scripts = List.of(
                new CollectScript("fails", "exit 7"),
                new CollectScript("broken", "if then"),
                new CollectScript("token", "echo here >OUTPUT_COLLECT_D/made.txt"),
                new CollectScript("cwd", "pwd >cwd.txt"),
                new CollectScript("other", "#!/bin/cat -n\nprinted"));

        Result result = run(CollectScripts.program(scripts, collect.toString()), "-");

        assertThat(result.status()).isZero();
        assertThat(Files.readAllLines(collect.resolve("collect-status.txt")))
                .hasSize(5)
                .anyMatch(line -> line.matches("fails 7 [0-9.]+"))
                .anyMatch(line -> line.matches("broken [1-9][0-9]* [0-9.]+"))
                .anyMatch(line -> line.startsWith("token 0 "))
                .anyMatch(line -> line.startsWith("cwd 0 "))
                .anyMatch(line -> line.startsWith("other 0 "));
        assertThat(collect.resolve("made.txt")).hasContent("here");
        assertThat(collect.resolve("cwd.txt")).hasContent(collect.toRealPath().toString());
        assertThat(collect.resolve("collect-scripts/other.out")).content().contains("printed");
    }

    @Test
    void noScriptCanFillTheOutputDisk() throws IOException, InterruptedException {
        Path collect = temporary.resolve("collect");

        run(
                CollectScripts.program(
                        List.of(new CollectScript("big", "head -c 40000000 /dev/zero >big.txt")), collect.toString()),
                "-");

        assertThat(Files.size(collect.resolve("big.txt"))).isLessThanOrEqualTo(CollectScripts.FILE_LIMIT);
        assertThat(collect.resolve("collect-status.txt"))
                .content()
                .doesNotContain("big 0 ")
                .contains("big ");
    }

    @Test
    void symbolicLinksAreListedAndRemoved() throws IOException, InterruptedException {
        Path collect = temporary.resolve("collect");
        List<CollectScript> closing = CollectScripts.forTarget(Distribution.DEBIAN, List.of()).stream()
                .filter(script -> script.name().equals("symlinks"))
                .toList();
        Files.createDirectories(collect.resolve("sub"));
        Files.createSymbolicLink(collect.resolve("sub/link"), Path.of("/etc/passwd"));

        run(CollectScripts.program(closing, collect.toString()), "-");

        assertThat(collect.resolve("symlinks.txt")).content().isEqualTo("l\tsub/link\t/etc/passwd\n");
        assertThat(Files.exists(collect.resolve("sub/link"))).isFalse();
    }

    @Test
    void badNamesAndInterpretersAreRefused() {
        assertThatThrownBy(() -> new CollectScript("../x", "")).hasMessageContaining("may hold only letters");
        assertThatThrownBy(() ->
                        CollectScripts.forTarget(Distribution.DEBIAN, List.of(new CollectScript("common", "true"))))
                .hasMessage("two collect scripts are called 'common'");
        assertThatThrownBy(() -> CollectScripts.program(List.of(new CollectScript("x", "#!/bin/sh; reboot\n")), "/c"))
                .hasMessageContaining("no interpreter");
        assertThatThrownBy(() -> CollectScripts.program(List.of(), "/a b")).hasMessageContaining("absolute path");
    }

    private record Result(int status) {}

    @Test
    void secretsOfNetworksAreNotCollected() throws IOException, InterruptedException {
        String network = CollectScripts.forTarget(Distribution.DEBIAN, List.of()).stream()
                .filter(script -> script.name().equals("network"))
                .findFirst()
                .orElseThrow()
                .text();
        int begin = network.indexOf("without_secrets() {");
        String function = network.substring(begin, network.indexOf("\n}\n", begin) + 3);
        Path file = Files.writeString(temporary.resolve("settings"), """
                network:
                  ethernets:
                    eth0:
                      auth:
                        key-management: 802.1x
                        password: "sesame, open"
                        client-key-password: sesame
                      dhcp4: true
                  tunnels: {t: {mode: wireguard, key: sesame}}
                [WireGuard]
                PrivateKey=sesame
                    wpa-psk sesame
                """);

        assertThat(run(function + "\nwithout_secrets " + file + " " + file + ".plain\n", "-e")
                        .status())
                .isZero();
        assertThat(Files.readString(temporary.resolve("settings.plain")))
                .doesNotContain("sesame")
                .contains("key-management: 802.1x", "dhcp4: true", "password: (secret)", "PrivateKey=(secret)");
    }

    private Result run(String program, String option) throws IOException, InterruptedException {
        Path file = Files.writeString(temporary.resolve("program.sh"), program);
        List<String> command =
                option.equals("-") ? List.of("/bin/sh", file.toString()) : List.of("/bin/sh", option, file.toString());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(temporary.resolve("output").toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue());
    }
}
