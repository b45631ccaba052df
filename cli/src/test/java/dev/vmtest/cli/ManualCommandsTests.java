package dev.vmtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds launch and xkvm against an emulator that only writes down how it was called. */
class ManualCommandsTests {

    private static final String EMULATOR = """
            #!/bin/sh
            case "$*" in *,help*) echo '  logical_block_size=<size>'; exit 0 ;; esac
            printf '%s\n' "$@" >>"$(dirname "$0")/called"
            exit 7
            """;

    private final Path directory;
    private final TestHost host;
    private final Path emulator;
    private final Path disk;

    ManualCommandsTests(@TempDir Path directory) throws IOException {
        this.directory = directory;
        this.host = new TestHost(directory);
        emulator = host.write("programs/my qemu", EMULATOR);
        assertThat(emulator.toFile().setExecutable(true)).isTrue();
        disk = host.write("a disk, it's 1.img", "");
    }

    private List<String> called() throws IOException {
        return Files.readAllLines(directory.resolve("programs/called"));
    }

    private TestHost.Result xkvm(String... more) {
        return host.run(Stream.concat(
                        Stream.of(
                                "xkvm",
                                "--kvm",
                                emulator.toString(),
                                "--disk",
                                "file="
                                        + disk.toString().replace(",", ",,")
                                        + ",format=raw,logical_block_size=4096,cache=none"),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    @Test
    void xkvmEndsWithTheStatusOfTheEmulator() throws IOException {
        TestHost.Result result = xkvm("--dowait", "--no-reboot", "--", "-accel", "tcg", "-name", "$HOME 'x'");

        assertThat(result.status()).isEqualTo(7);
        assertThat(result.err()).contains("my qemu").contains("-no-reboot");
        assertThat(called())
                .containsSubsequence(
                        "-m",
                        "1024",
                        "-drive",
                        "if=none,id=disk0,file=" + disk.toString().replace(",", ",,") + ",format=raw,cache=none",
                        "-device",
                        "virtio-blk-pci,id=disk0-device,drive=disk0,serial=a disk,, it's 1.img,logical_block_size=4096",
                        "-netdev",
                        "user,id=net0",
                        "-accel",
                        "tcg",
                        "-name",
                        "$HOME 'x'");
    }

    @Test
    void whatADryRunPrintsCanBePasted() throws Exception {
        TestHost.Result result = xkvm("--dry-run", "--", "-accel", "tcg", "-m", "2G", "-name", "$HOME 'x'");

        assertThat(result.status()).isZero();
        assertThat(directory.resolve("programs/called")).doesNotExist();
        Process pasted = new ProcessBuilder("sh", "-c", result.out()).start();
        assertThat(pasted.waitFor()).isEqualTo(7);
        assertThat(called())
                .contains("$HOME 'x'", "2G")
                .doesNotContain("1024")
                .anySatisfy(argument -> assertThat(argument).contains("a disk,, it's 1.img"));
    }

    @Test
    void xkvmSaysWhatItCannotDo() {
        usage(
                "there is no /nowhere/x.img; 'qemu-img create -f raw /nowhere/x.img 10G' makes one",
                "xkvm",
                "-d",
                "/nowhere/x.img");
        usage("--bios and UEFI exclude each other", "xkvm", "--uefi", "--bios", disk.toString());
        usage(
                "no architecture of guests is called 'vax'; these are: amd64, arm64, i386, ppc64el, s390x",
                "xkvm",
                "-A",
                "vax");
        usage("tap-control is not needed", "xkvm", "tap-control", "make-nics", "virbr0");
        TestHost.Result bridge = xkvm("-n", "no-such-bridge", "--", "-accel", "tcg");
        assertThat(bridge.status()).isEqualTo(3);
        assertThat(bridge.err()).contains("this host has no bridge no-such-bridge; make it with 'ip link add");
        assertThat(directory.resolve("programs/called")).doesNotExist();
    }

    @Test
    void launchSaysWhatItCannotDo() {
        usage("say what the guest runs", "launch", "--release", "bookworm");
        usage("say what boots: --release, --kernel, or --boot-image", "launch", "true");
        usage(
                "--power sideways: no state is called so; these are: off, reboot, on, none",
                "launch",
                "-R",
                "bookworm",
                "--power",
                "sideways",
                "true");
        usage("--kernel /nowhere/k: no such file", "launch", "-k", "/nowhere/k", "true");
        usage("--config 'gone.yaml': no such file", "launch", "-R", "bookworm", "curtin", "install", "-c", "gone.yaml");
        usage("--release brings its own kernel", "launch", "-R", "bookworm", "-k", disk.toString(), "true");
        TestHost.Result image = host.run("launch", "-R", "trixie", "true");
        assertThat(image.status()).isEqualTo(3);
        assertThat(image.err()).contains("vmtest images build --release trixie");
        assertThat(host.files()).noneMatch(name -> name.contains("launch."));
    }

    @Test
    void helpIsAShortOptionToo() {
        assertThat(host.run("launch", "-h").status()).isZero();
        assertThat(host.run("launch", "-h").out()).contains("--no-install-deps").contains("MiB");
        assertThat(host.run("xkvm", "-h").out()).contains("--dry-run");
    }

    @Test
    void aDryRunOfLaunchMakesNothing() {
        List<String> before = host.files();
        TestHost.Result result = host.run(
                "launch",
                "--release",
                "bookworm",
                "--dry-run",
                "--disk",
                directory + "/new\\:1.img:10G:scsi-hd:4096:serial=a",
                "--append",
                "quiet",
                "--append",
                "x=PUBURL/y",
                "--power",
                "off",
                "--serial-log",
                "stdio",
                "--",
                "sh",
                "-c",
                "echo PUBURL");

        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.out())
                .containsPattern("-append 'root=/dev/disk/by-id/virtio-boot-disk"
                        + " ds=nocloud-net;seedfrom=http://10.0.2.2:[0-9]+/[0-9a-f]{32}/seed/ console=ttyS0"
                        + " overlayroot=tmpfs ro net.ifnames=0 panic=-1 quiet x=http://10.0.2.2:[0-9]+/[0-9a-f]{32}/y'")
                .contains("/new:1.img,format=raw,cache=unsafe'")
                .contains("serial=a,logical_block_size=4096,")
                .contains("serial=boot-disk")
                .contains("-serial mon:stdio");
        assertThat(host.files())
                .filteredOn(name -> !name.startsWith("home/.cache"))
                .isEqualTo(before.stream()
                        .filter(name -> !name.startsWith("home/.cache"))
                        .toList());
    }

    private void usage(String message, String... arguments) {
        TestHost.Result result = host.run(arguments);
        assertThat(result.err()).contains(message);
        assertThat(result.status()).isEqualTo(2);
    }
}
