package dev.vmtest.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vmtest.disk.DiskImages;
import dev.vmtest.machine.Accelerator;
import dev.vmtest.machine.Boot;
import dev.vmtest.machine.Dialogue;
import dev.vmtest.machine.DiskDriver;
import dev.vmtest.machine.DiskSpec;
import dev.vmtest.machine.Firmware;
import dev.vmtest.machine.Limits;
import dev.vmtest.machine.MachineException;
import dev.vmtest.machine.MachineFiles;
import dev.vmtest.machine.MachineRequest;
import dev.vmtest.machine.MachineSpec;
import dev.vmtest.machine.Machines;
import dev.vmtest.machine.Snapshot;
import dev.vmtest.machine.Ticker;
import dev.vmtest.machine.qemu.QemuMachines;
import dev.vmtest.process.Command;
import dev.vmtest.process.Completed;
import dev.vmtest.process.Running;
import dev.vmtest.process.SupervisedProcesses;
import dev.vmtest.result.Phase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the scripts that repeat boots; only QEMU is played, by a shell script that does what a guest would. */
class ReproduceScriptTests {

    private static final Duration LONGEST = Duration.ofSeconds(60);

    /** Fetches its seed and reports where its kernel is told to, and writes to its first disk. */
    private static final String GUEST = """
            #!/bin/sh
            set -eu
            printf '%s\\n' "$@" >"$VMTEST_TEST_OUT/arguments"
            seed=$(printf '%s\\n' "$@" | sed -n 's,.*seedfrom=http://10.0.2.2:,http://127.0.0.1:,p')
            if [ -n "$seed" ]; then
                python3 - "$seed" "$VMTEST_TEST_OUT" <<'END'
            import sys, urllib.error, urllib.request
            seed, out = sys.argv[1:]
            open(out + "/user-data", "wb").write(urllib.request.urlopen(seed + "user-data").read())
            event = urllib.request.Request(seed + "../events/", data=b"{}")
            open(out + "/event", "w").write(str(urllib.request.urlopen(event).status))
            try:
                urllib.request.urlopen(seed)
                open(out + "/listing", "w").close()
            except urllib.error.HTTPError:
                pass
            END
            fi
            cat "$PWD/repeat/main.img" 2>/dev/null | tr -d '\\000' >"$VMTEST_TEST_OUT/found"
            printf 'system of %s' "${seed:+the repetition}" | dd of="$PWD/repeat/main.img" conv=notrunc 2>/dev/null
            [ ! -e "$VMTEST_TEST_OUT/hang" ] || sleep 100
            exit 7
            """;

    @TempDir
    private Path directory;

    private final SupervisedProcesses processes = new SupervisedProcesses();
    private Workspace workspace = new Workspace(Path.of("unset"));
    private Path out = Path.of("unset");
    private int port;

    @BeforeEach
    void keepATest() throws IOException {
        workspace = Workspace.create(directory.resolve("it's kept/Test-bookworm"));
        out = Files.createDirectory(directory.resolve("out"));
        Path programs = Files.createDirectory(directory.resolve("programs"));
        Path qemu = Files.writeString(programs.resolve("qemu-system-x86_64"), GUEST);
        Files.setPosixFilePermissions(qemu, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (String image : List.of("kernel", "initrd", "squashfs")) {
            Files.writeString(directory.resolve(image), image);
        }
        Files.writeString(workspace.installSeed("user-data"), "#cloud-config of the test");
        Files.writeString(workspace.bootSeed(), "seed");
        Files.writeString(workspace.disks().resolve("main.img"), "system of the test");
        Files.writeString(workspace.disks().resolve("more.img"), "more of the test");
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        write(Phase.INSTALL, install(new Boot.Way.Full()));
        write(Phase.BOOT, boot());
    }

    @AfterEach
    void endProcesses() {
        processes.close();
    }

    @Test
    void thePastedInstallBeginsOnEmptyDisksWithItsSeed() throws Exception {
        Completed pasted = paste(Phase.INSTALL);

        assertThat(pasted.stderr()).isEmpty();
        assertThat(pasted.exitStatus()).as("that of QEMU").isEqualTo(7);
        assertThat(out.resolve("user-data")).hasContent("#cloud-config of the test");
        assertThat(out.resolve("event")).hasContent("200");
        assertThat(out.resolve("listing")).doesNotExist();
        assertThat(out.resolve("found")).isEmptyFile();
        assertThat(workspace.directory().resolve("repeat/main.img")).hasSize(1 << 20);
        assertThat(workspace.disks().resolve("main.img")).hasContent("system of the test");
        assertThat(Files.readAllLines(out.resolve("arguments")))
                .anyMatch(word -> word.contains("file.filename=repeat/main.img"))
                .anyMatch(word -> word.contains("file.filename=" + directory.resolve("squashfs")));
        assertPortIsFree();
    }

    @Test
    void theBootIsThatOfACopyOfWhatTheTestInstalled() throws Exception {
        assertThat(paste(Phase.BOOT).exitStatus()).isEqualTo(7);

        assertThat(out.resolve("found")).hasContent("system of the test");
        assertThat(workspace.directory().resolve("repeat/more.img")).hasContent("more of the test");
        assertThat(workspace.directory().resolve("repeat/output_disk.img")).hasSize(1 << 30);
        assertThat(workspace.outputDisk()).doesNotExist();
        assertThat(workspace.disks().resolve("main.img")).hasContent("system of the test");
    }

    @Test
    void theBootAfterARepeatedInstallIsOfThat() throws Exception {
        Files.delete(workspace.disks().resolve("main.img"));
        paste(Phase.INSTALL);
        paste(Phase.BOOT);

        assertThat(out.resolve("found")).hasContent("system of the repetition");
    }

    @Test
    void disksThatWerePackedAreUnpacked() throws Exception {
        var unused = new DiskImages(processes).pack(workspace.disks());
        assertThat(workspace.disks().resolve("main.img")).doesNotExist();

        assertThat(paste(Phase.BOOT).stderr()).isEmpty();
        assertThat(out.resolve("found")).hasContent("system of the test");
    }

    @Test
    void theFileRunsWhereItsDirectoryWasMoved() throws Exception {
        Path moved = Files.move(workspace.directory(), directory.resolve("moved"));
        Completed run =
                run(Command.of("sh", moved.resolve("logs/install-command.sh").toString()));

        assertThat(run.stderr()).isEmpty();
        assertThat(out.resolve("user-data")).hasContent("#cloud-config of the test");
        assertThat(moved.resolve("repeat/main.img")).exists();
        assertThat(workspace.directory()).doesNotExist();
    }

    @Test
    void whatIsMissingIsNamedAndNothingBoots() throws Exception {
        Files.delete(workspace.installSeed("user-data"));
        Files.delete(workspace.disks().resolve("more.img"));

        Completed install = paste(Phase.INSTALL);
        assertThat(install.exitStatus()).isEqualTo(3);
        assertThat(install.stderr()).contains("install/user-data is missing");
        Files.move(workspace.directory().resolve("repeat"), directory.resolve("away"));
        Completed boot = paste(Phase.BOOT);
        assertThat(boot.exitStatus()).isEqualTo(3);
        assertThat(boot.stderr())
                .contains("disks/more.img was not kept; install it again with logs/install-command.sh");
        assertThat(out.resolve("arguments")).doesNotExist();
    }

    @Test
    void aPortThatIsTakenIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            Completed install = paste(Phase.INSTALL);

            assertThat(install.exitStatus()).isEqualTo(3);
            assertThat(install.stderr())
                    .contains("cannot be served on port " + taken.getLocalPort()
                            + " of 127.0.0.1: Address already in use");
        }
        assertThat(out.resolve("arguments")).doesNotExist();
    }

    @Test
    void theServerEndsWithItsScriptHoweverThatEnds() throws Exception {
        Files.createFile(out.resolve("hang"));
        Running script = processes.start(
                command(Command.of("sh", workspace.command(Phase.INSTALL).toString())), out.resolve("log"));
        await().atMost(LONGEST).until(() -> Files.exists(out.resolve("found")));
        run(Command.of("sh", "-c", "kill -KILL $(pgrep -P " + script.pid() + " sh) " + script.pid() + " || true"));

        await().atMost(LONGEST).untilAsserted(this::assertPortIsFree);
    }

    @Test
    void aResumedInstallIsBootedInFullAndSaysSo() throws Exception {
        Snapshot snapshot = new Snapshot("key", directory.resolve("state"));
        write(Phase.INSTALL, install(new Boot.Way.Resume(snapshot, List.of("console=ttyS0", seed()))));

        assertThat(Files.readString(workspace.command(Phase.INSTALL))).contains("here it is booted in full");
        assertThat(paste(Phase.INSTALL).stderr()).isEmpty();
        assertThat(out.resolve("user-data")).hasContent("#cloud-config of the test");
        assertThat(Files.readString(out.resolve("arguments"))).doesNotContain("-incoming");
    }

    @Test
    void theShellHasNothingToObject() throws Exception {
        for (Phase phase : List.of(Phase.INSTALL, Phase.BOOT)) {
            // A script does not call all functions that scripts share.
            Completed checked = processes.run(
                    Command.of(
                            "shellcheck",
                            "--exclude=SC2317",
                            workspace.command(phase).toString()),
                    LONGEST);
            assertThat(checked.stdout()).isEmpty();
        }
    }

    private String seed() {
        return "seedfrom=http://10.0.2.2:" + port + "/secret/seed/";
    }

    private MachineRequest install(Boot.Way way) {
        return request(new Boot(
                new Boot.DirectKernel(
                        directory.resolve("kernel"), directory.resolve("initrd"), List.of("console=ttyS0", seed())),
                List.of(new Boot.Drive(directory.resolve("squashfs"), "boot-disk", Boot.Drive.Kind.READ_ONLY)),
                null,
                way));
    }

    private MachineRequest boot() {
        return request(new Boot(
                null,
                List.of(
                        new Boot.Drive(workspace.outputDisk(), "output_disk.img", Boot.Drive.Kind.WRITABLE),
                        new Boot.Drive(workspace.bootSeed(), "seed", Boot.Drive.Kind.CDROM)),
                null));
    }

    private MachineRequest request(Boot boot) {
        MachineSpec spec = new MachineSpec(
                1,
                512,
                Firmware.BIOS,
                List.of(
                        new DiskSpec("main", 1 << 20, DiskDriver.VIRTIO_BLK, null, null, 512, 512, 1),
                        new DiskSpec("more", 2 << 20, DiskDriver.VIRTIO_BLK, null, null, 512, 512, 1)),
                List.of());
        return new MachineRequest(
                spec,
                boot,
                Accelerator.tcg("played"),
                new MachineFiles(
                        workspace.disks(), null, workspace.console(Phase.BOOT), workspace.machineLog(Phase.BOOT)),
                Limits.firstBoot(Duration.ofMinutes(1)),
                Dialogue.listening(line -> {}));
    }

    private Machines machines() {
        return new QemuMachines(new PlayedProcesses(), directory, Ticker.SYSTEM, Clock.systemUTC());
    }

    private void write(Phase phase, MachineRequest request) throws IOException {
        ReproduceScript.Served served = phase == Phase.BOOT
                ? ReproduceScript.Served.NOTHING
                : new ReproduceScript.Served(
                        port, Map.of("/secret/seed/user-data", workspace.installSeed("user-data")));
        try {
            Files.writeString(workspace.command(phase), ReproduceScript.of(request, workspace, served, machines()));
        } catch (MachineException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Give the text to a shell that stands elsewhere, as pasting does. */
    private Completed paste(Phase phase) throws Exception {
        Path script = workspace.command(phase);
        return run(Command.of("sh", "-s").withInput(script).withDirectory(directory));
    }

    private Completed run(Command command) throws Exception {
        return processes.run(command(command), LONGEST);
    }

    private Command command(Command command) {
        return command.withEnvironment(Map.of(
                "PATH",
                directory.resolve("programs") + ":" + System.getenv("PATH"),
                "VMTEST_TEST_OUT",
                out.toString()));
    }

    private void assertPortIsFree() throws IOException {
        try (ServerSocket free = new ServerSocket()) {
            free.setReuseAddress(true);
            free.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            assertThat(free.isBound()).isTrue();
        }
    }
}
