package dev.vmtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds launch and xkvm against an emulator that only writes down how it was called. */
class ManualCommandsTests {

    private static final String EMULATOR = """
            #!/bin/sh
            case "$*" in *e1001,help*|*virtoblk*,help*) echo "q: Device 'x' not found" >&2; exit 0 ;; *,help*) echo '  logical_block_size=<size>'; exit 0 ;; esac
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--disk T                              | is a directory; name an image file, such as",
                "--disk T/x.img,driver=virtoblk        | QEMU has no device 'virtoblk'; did you mean 'virtio-blk'?",
                "--disk T/x.img,seriall=x              | has an option 'seriall'; did you mean 'serial'?",
                "--disk T/x.img:10G                    | there is no T/x.img:10G; sizes and drivers after a colon are for 'vmtest launch'; write --disk T/x.img",
                "--disk T/x.img foo --dry-run          | 'foo' is one word too many; a disk is named by --disk foo",
                "--netdev user,model=e1001             | QEMU has no device 'e1001'; write model=virtio-net",
            })
    void xkvmAnswersANaturalMistake(String words, String says) {
        answers("xkvm --dry-run --kvm " + emulator.getParent() + "/q " + words, says);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--disk T -- true                      | is a directory; name an image file, such as",
                "--disk T/none/x.img:1G -- true        | there is no directory T/none for it; make it first",
                "--vnc bad -- true                     | --vnc bad is no display; write it as :1 or HOST:DISPLAY",
                "--vnc 1 -- true                       | --vnc 1 is no display",
                "--serial-log T -- true                | --serial-log T: no such file can be written",
                "--serial-log T/none/x -- true         | --serial-log T/none/x: no such file can be written",
                "--publish T/none -- true              | --publish 'T/none': no such file that can be read",
                "--add T/none -- true                  | no such file that can be read",
                "--vnc x --power of --uefi-nvram T/v --smp 0 -- true | --smp 0: a machine has at least one virtual CPU",
            })
    void launchAnswersANaturalMistake(String words, String says) {
        host.set("PATH", directory.resolve("programs") + ":" + System.getenv("PATH"));
        answers("launch --release bookworm " + words, says);
    }

    private void answers(String words, String says) {
        host.write("x.img", "");
        Path program = host.write("programs/q", EMULATOR);
        assertThat(program.toFile().setExecutable(true)).isTrue();
        List<String> before = withoutCache();
        TestHost.Result result =
                host.run(words.replaceAll("(?<= )T", directory.toString()).split(" "));
        assertThat(result.status()).as(result.err()).isEqualTo(ExitStatus.USAGE);
        assertThat(result.err()).contains(says.replaceAll("(?<=[ '])T", directory.toString()));
        assertThat(result.out()).isEmpty();
        assertThat(withoutCache()).isEqualTo(before);
    }

    private List<String> withoutCache() {
        return host.files().stream()
                .filter(name -> !name.startsWith("home/.cache"))
                .toList();
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
