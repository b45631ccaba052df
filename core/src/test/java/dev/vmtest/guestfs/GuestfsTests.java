package dev.vmtest.guestfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vmtest.process.Command;
import dev.vmtest.process.Completed;
import dev.vmtest.process.Processes;
import dev.vmtest.process.ProgramSearch;
import dev.vmtest.process.Running;
import dev.vmtest.process.SupervisedProcesses;
import dev.vmtest.text.MistakeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Drives the mount with played programs of libguestfs; that the real one mounts takes a kernel on the host. */
class GuestfsTests {

    private static final GuestImage DISK =
            new GuestImage(Path.of("/disks/main.img"), GuestImage.Format.RAW, GuestImage.Content.DISK);

    @TempDir
    private Path directory;

    private String path = "";

    private final SupervisedProcesses processes = new SupervisedProcesses();

    @BeforeEach
    void findOurProgramsFirst() {
        path = directory + ":" + System.getenv("PATH");
    }

    @AfterEach
    void end() {
        processes.close();
    }

    /** Gives each command a PATH with our programs, and runs interactive ones away from the terminal. */
    private final class Played implements Processes {

        private final List<Command> commands = new ArrayList<>();

        @Override
        public Completed run(Command command, Duration timeout) throws dev.vmtest.process.ProcessException {
            commands.add(command);
            return processes.run(withPath(command), timeout);
        }

        @Override
        public Running start(Command command, Path output) {
            throw new AssertionError("nothing goes on in the background");
        }

        @Override
        public Running startInteractive(Command command) throws dev.vmtest.process.ProcessException {
            commands.add(command);
            return processes.start(withPath(command), directory.resolve("output"));
        }

        private Command withPath(Command command) {
            return command.withEnvironment("PATH", path);
        }
    }

    @Test
    void theCommandSeesTheMountAndItsStatusIsReturned() throws Exception {
        program(
                "guestmount",
                "for last; do :; done; touch \"$last/seen\"; echo $$ >" + directory
                        + "/pid; trap 'kill $!; exit 0' TERM; printf x >&3; exec 3>&-; sleep 60 & wait");
        program(
                "guestunmount",
                "echo \"unmounted $2\" >>" + directory + "/unmounted; kill $(cat " + directory + "/pid)");
        int status =
                guestfs().withMount(List.of(DISK), List.of(), false, List.of("sh", "-c", "ls \"$MOUNTPOINT\"; exit 7"));
        assertThat(status).isEqualTo(7);
        assertThat(Files.readString(directory.resolve("output"))).isEqualTo("seen\n");
        assertThat(Files.readString(directory.resolve("unmounted"))).contains("/mountpoint");
        assertThat(scratchDirectories()).isEmpty();
    }

    @Test
    void aMountThatFailsSaysWhyAndRunsNothing() throws Exception {
        program("guestmount", "echo 'guestmount: no operating system was found on this disk' >&2; exit 1");
        program("guestunmount", "exit 9");
        assertThatThrownBy(() ->
                        guestfs().withMount(List.of(DISK), List.of(), false, List.of("touch", directory + "/ran")))
                .isInstanceOf(GuestfsException.class)
                .hasMessageContaining("/disks/main.img cannot be mounted")
                .hasMessageContaining("no operating system was found")
                .hasMessageContaining("--mount DEVICE[:DIRECTORY]");
        assertThat(directory.resolve("ran")).doesNotExist();
        assertThat(scratchDirectories()).isEmpty();
    }

    @Test
    void aProgramThatIsMissingIsNamedWithItsPackages() throws Exception {
        for (String tool : List.of("sh", "mkdir", "mkfifo", "head", "wc", "setsid", "setpriv")) {
            program(tool, "exec " + ProgramSearch.find(tool).orElseThrow() + " \"$@\"");
        }
        path = directory.toString();
        assertThatThrownBy(() -> guestfs().withMount(List.of(DISK), List.of(), false, List.of("true")))
                .isInstanceOf(GuestfsException.class)
                .hasMessage("guestmount is not installed; install it with 'apt-get install guestmount"
                        + " libguestfs-tools'");
        assertThat(scratchDirectories()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "sda1            | 'sda1' is no device; write /dev/sda1; --list shows what there is",
                "vg0/root:/srv   | 'vg0/root' is no device; write /dev/vg0/root:/srv; --list",
                "/sda1           | '/sda1' is no device; write /dev/sda1; --list",
                "/dev/           | '/dev/' is no device; write it like /dev/sda1",
                "/dev/sda1:srv   | the directory 'srv' does not begin with /; write /dev/sda1:/srv",
            })
    void aMountThatIsNoneIsRefusedBeforeAnythingStarts(String mount, String says) throws Exception {
        program("guestmount", "touch " + directory + "/ran");
        assertThatThrownBy(() -> guestfs().withMount(List.of(DISK), List.of(mount), false, List.of("true")))
                .isInstanceOf(MistakeException.class)
                .hasMessageContaining(says);
        assertThat(directory.resolve("ran")).doesNotExist();
    }

    @Test
    void aMissingKernelIsNamedWithItsPackage() throws Exception {
        program("guestfish", "echo 'libguestfs: error: /usr/bin/supermin exited with error status 1.' >&2; exit 1");
        assertThatThrownBy(() -> guestfs().fileSystems(List.of(DISK)))
                .isInstanceOf(GuestfsException.class)
                .hasMessageContaining("apt-get install linux-image-cloud-amd64");
    }

    @Test
    void whatIsMountedFollowsFromTheImage() {
        GuestImage squashfs =
                new GuestImage(Path.of("/i/squashfs"), GuestImage.Format.RAW, GuestImage.Content.SQUASHFS);
        Path scratch = Path.of("/s");
        assertThat(Guestfs.mountArguments(List.of(DISK), List.of(), false, scratch))
                .containsExactly(
                        "guestmount",
                        "--no-fork",
                        "--fd=3",
                        "--rw",
                        "--format=raw",
                        "-a",
                        "/disks/main.img",
                        "-i",
                        "/s/mountpoint");
        assertThat(Guestfs.mountArguments(List.of(squashfs), List.of(), false, scratch))
                .contains("--ro")
                .containsSequence("-m", "/dev/sda");
        assertThat(Guestfs.mountArguments(List.of(DISK), List.of("/dev/sda2", "/dev/sda3:/srv"), true, scratch))
                .contains("--ro")
                .containsSequence("-m", "/dev/sda2", "-m", "/dev/sda3:/srv")
                .doesNotContain("-i");
    }

    @Test
    void theApplianceIsEmulatedWhereKvmDoesNotWork() throws Exception {
        program("guestfish", "echo \"/dev/sda1: ext4 $LIBGUESTFS_BACKEND_SETTINGS\"");
        assertThat(guestfs().fileSystems(List.of(DISK))).containsExactly("/dev/sda1: ext4 force_tcg");
    }

    @Test
    void thePasswordOfABackdoorIsNoArgument() throws Exception {
        program("virt-customize", "cat \"$(printf '%s\\n' \"$@\" | sed -n 's/^bob:file://p')\" >" + directory + "/got");
        Played played = new Played();
        new Backdoor("bob", "open sesame", true, null)
                .addTo(new Guestfs(played, directory, true), List.of(DISK), directory);
        assertThat(played.commands.get(0).arguments())
                .noneMatch(argument -> argument.contains("sesame"))
                .contains("/etc/ssh/sshd_config.d/00-vmtest.conf:PasswordAuthentication yes\n");
        assertThat(Files.readString(directory.resolve("got"))).isEqualTo("open sesame");
        assertThat(scratchDirectories()).isEmpty();
    }

    @Test
    void aBackdoorThatNobodyCouldUseIsRefused() {
        assertThatExceptionOfType(MistakeException.class)
                .isThrownBy(() -> new Backdoor("bob; reboot", "x", false, null))
                .withMessageContaining("is no name for a user");
        assertThatExceptionOfType(MistakeException.class)
                .isThrownBy(() -> new Backdoor("bob", null, false, null))
                .withMessageContaining("nobody could log in");
        assertThatExceptionOfType(MistakeException.class)
                .isThrownBy(() -> new Backdoor("bob", "two\nlines", false, null))
                .withMessageContaining("one line");
    }

    private Guestfs guestfs() {
        return new Guestfs(new Played(), directory, true);
    }

    private void program(String name, String text) throws Exception {
        Path file = Files.writeString(directory.resolve(name), "#!/bin/sh\n" + text + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private List<Path> scratchDirectories() throws Exception {
        try (var files = Files.list(directory)) {
            return files.filter(Files::isDirectory).toList();
        }
    }
}
