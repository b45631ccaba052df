package dev.vmtest.machine.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.vmtest.machine.Accelerator;
import dev.vmtest.machine.Attendance;
import dev.vmtest.machine.Boot;
import dev.vmtest.machine.ConsoleListener;
import dev.vmtest.machine.ConsoleTerminal;
import dev.vmtest.machine.Dialogue;
import dev.vmtest.machine.DiskDriver;
import dev.vmtest.machine.DiskSpec;
import dev.vmtest.machine.Firmware;
import dev.vmtest.machine.FirmwareFiles;
import dev.vmtest.machine.Limits;
import dev.vmtest.machine.Machine;
import dev.vmtest.machine.MachineEnd;
import dev.vmtest.machine.MachineException;
import dev.vmtest.machine.MachineFiles;
import dev.vmtest.machine.MachineRequest;
import dev.vmtest.machine.MachineSpec;
import dev.vmtest.machine.NicSpec;
import dev.vmtest.machine.Segment;
import dev.vmtest.machine.Snapshot;
import dev.vmtest.machine.Ticker;
import dev.vmtest.process.Command;
import dev.vmtest.process.SupervisedProcesses;
import dev.vmtest.release.Architecture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Run real machines: a kernel with the tiny init, or one that can't find any init. */
@Tag("vm")
final class QemuMachinesTests {

    private static final Limits LIMITS =
            new Limits(Duration.ofSeconds(30), Duration.ofSeconds(15), Duration.ofSeconds(15));

    @TempDir
    Path directory;

    private final SupervisedProcesses processes = new SupervisedProcesses();
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void endProcesses() {
        processes.close();
    }

    @Test
    void runsAMachineToItsPowerOff() throws Exception {
        try (Machine machine = machines().start(request(disks(), "panic=-1", LIMITS))) {
            MachineEnd end = machine.ended().join();

            assertThat(end).isInstanceOf(MachineEnd.GuestShutdown.class);
            assertThat(end.vmTime()).isPositive();
            assertThat(lines).anyMatch(line -> line.contains(TinyInit.MARKER));
            assertThat(machine.commandLine()).startsWith("qemu-system-x86_64").contains("-S");
        }
        assertThat(Files.readString(directory.resolve("serial.log"))).contains(TinyInit.MARKER);
        assertNothingLeft();
    }

    @Test
    void aListenerThatFailsIsTheHostsTroubleAndNoTimeout() throws Exception {
        MachineRequest asked = request(disks(), "panic=-1", LIMITS);
        MachineRequest request = listening(asked, line -> {
            throw new IllegalStateException("a defect of ours");
        });
        try (Machine machine = machines().start(request)) {
            assertThat(machine.ended().join())
                    .isInstanceOfSatisfying(
                            MachineEnd.HostTrouble.class,
                            end -> assertThat(end.reason())
                                    .isEqualTo("what listens to the serial console failed:"
                                            + " java.lang.IllegalStateException: a defect of ours"));
        }
        assertNothingLeft();
    }

    @Test
    void aNicWithASegmentIsConnectedAndLosesItsCarrier() throws Exception {
        List<String> heard = new ArrayList<>();
        Segment segment = new Segment() {
            @Override
            public void connected(Cable cable) {
                heard.add("connected");
                cable.carrier(false);
                cable.carrier(true);
                cable.send(new byte[60]);
            }

            @Override
            public void received(byte[] frame) {
                heard.add("a frame");
            }
        };
        MachineRequest request = request(disks(), "panic=-1", LIMITS).withSegments(List.of(segment));

        try (Machine machine = machines().start(request)) {
            assertThat(machine.ended().join()).isInstanceOf(MachineEnd.GuestShutdown.class);
            assertThat(machine.commandLine()).anyMatch(argument -> argument.startsWith("stream,id=net0,"));
        }
        assertThat(heard).containsExactly("connected");
        assertNothingLeft();
    }

    @Test
    void aMachineThatIsResumedTakesNoSegments() throws Exception {
        MachineRequest plain = request(disks(), "panic=-1", LIMITS);
        MachineRequest resumed = plain.with(
                        new Boot(
                                plain.boot().kernel(),
                                plain.boot().drives(),
                                null,
                                new Boot.Way.Resume(snapshot(), List.of())),
                        directory)
                .withSegments(List.of(new SilentSegment()));

        assertThatThrownBy(() -> machines().start(resumed))
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("fetches its seed from the host");
        assertNothingLeft();
    }

    private Snapshot snapshot() throws IOException {
        Path place = Files.createDirectory(directory.resolve("snapshot"));
        Snapshot snapshot = new Snapshot("key", place);
        Files.write(snapshot.state(), new byte[0]);
        return snapshot;
    }

    /** A segment on which nobody is. */
    private record SilentSegment() implements Segment {

        @Override
        public void connected(Cable cable) {}

        @Override
        public void received(byte[] frame) {}
    }

    private static MachineRequest listening(MachineRequest asked, ConsoleListener listener) {
        return new MachineRequest(
                asked.spec(),
                asked.boot(),
                asked.accelerator(),
                new MachineFiles(
                        asked.files().diskDirectory(),
                        asked.files().firmwareCode(),
                        asked.files().serialLog(),
                        asked.files().qemuLog()),
                asked.limits(),
                Dialogue.listening(listener));
    }

    @Test
    void startsEveryKindOfDiskAndDrive() throws Exception {
        List<DiskSpec> disks = List.of(
                new DiskSpec("v,1", 1 << 20, DiskDriver.VIRTIO_BLK, null, "0x39cc071e72c64cc4", 4096, 4096, 2),
                new DiskSpec("s", 1 << 20, DiskDriver.SCSI_HD, "disk s", "0x39cc071e72c64cc5", 512, 4096, 1),
                new DiskSpec("m", 1 << 20, DiskDriver.SCSI_HD, "paths", null, 512, 512, 4),
                new DiskSpec("n", 1 << 20, DiskDriver.NVME, "nvme-a", "0x39cc071e72c64cc6", 4096, 4096, 1));

        try (Machine machine = machines().start(request(disks, "panic=-1", LIMITS))) {
            assertThat(machine.ended().join()).isInstanceOf(MachineEnd.GuestShutdown.class);
        }
    }

    @Test
    void startsUefiWithAVariableStoreOfItsOwn() throws Exception {
        MachineRequest bios = request(disks(), "panic=-1", LIMITS);
        FirmwareFiles firmware = FirmwareFiles.find();
        Path variables = directory.resolve("vars.fd");
        firmware.createVariables(variables);
        MachineRequest uefi = new MachineRequest(
                new MachineSpec(1, 512, Firmware.UEFI, bios.spec().disks(), List.of()),
                new Boot(bios.boot().kernel(), List.of(), variables),
                bios.accelerator(),
                new MachineFiles(
                        directory,
                        firmware.code(),
                        bios.files().serialLog(),
                        bios.files().qemuLog()),
                LIMITS,
                Dialogue.listening(bios.dialogue().listener()));

        try (Machine machine = machines().start(uefi)) {
            assertThat(machine.ended().join()).isInstanceOf(MachineEnd.GuestShutdown.class);
        }
        assertThat(lines).anyMatch(line -> line.contains("EFI v2"));
    }

    @Test
    void endsADoomedMachineAtOnce() throws Exception {
        try (Machine machine = machines().start(request(disks(), "init=/missing rdinit=/missing panic=0", LIMITS))) {
            MachineEnd end = machine.ended().join();

            assertThat(end).isInstanceOfSatisfying(MachineEnd.Doomed.class, doomed -> {
                assertThat(doomed.finding().pattern().name()).isEqualTo("kernel panic");
                assertThat(doomed.finding().before()).isNotEmpty();
                assertThat(doomed.finding().after()).isNotEmpty();
            });
            assertThat(end.vmTime()).isLessThan(Duration.ofSeconds(60));
        }
        assertNothingLeft();
    }

    @Test
    void endsAMachineWithNothingToBootFrom() throws Exception {
        MachineRequest installed = request(disks(), "", LIMITS);
        MachineRequest empty = new MachineRequest(
                installed.spec(),
                new Boot(null, List.of(), null),
                installed.accelerator(),
                new MachineFiles(
                        directory,
                        null,
                        installed.files().serialLog(),
                        installed.files().qemuLog()),
                LIMITS,
                Dialogue.listening(installed.dialogue().listener()));

        try (Machine machine = machines().start(empty)) {
            assertThat(machine.ended().join())
                    .isInstanceOfSatisfying(
                            MachineEnd.Doomed.class,
                            doomed -> assertThat(doomed.finding().pattern().name())
                                    .isEqualTo("nothing to boot from"));
        }
    }

    @Test
    void endsASilentMachine() throws Exception {
        Limits impatient = new Limits(Duration.ofSeconds(30), Duration.ofSeconds(15), Duration.ofMillis(100));
        // Without the serial console on its command line the kernel says nothing there.
        try (Machine machine = machines().start(request(disks(), "console=tty0 quiet", impatient))) {
            assertThat(machine.ended().join()).isInstanceOfSatisfying(MachineEnd.TimedOut.class, late -> {
                assertThat(late.limit()).isEqualTo(MachineEnd.TimedOut.Limit.SILENCE);
                assertThat(late.qemu()).startsWith("QEMU says 'running'");
            });
        }
        assertNothingLeft();
    }

    @Test
    void doesNotBlameTheGuestOfAQemuThatWasStopped() throws Exception {
        Limits patient = new Limits(Duration.ofMinutes(5), Duration.ofSeconds(15), Duration.ofSeconds(3));
        MachineRequest request = request(disks(), "panic=-1", patient);
        try (Machine machine = machines().start(request)) {
            stopQemu();

            assertThat(machine.ended().join())
                    .isInstanceOfSatisfying(
                            MachineEnd.HostTrouble.class,
                            trouble -> assertThat(trouble.reason())
                                    .contains("did not answer its control socket for 20 s")
                                    .contains("stopped by a signal (state T)")
                                    .contains("it ran for 0."));
        }
        assertNothingLeft();
    }

    private static void stopQemu() throws IOException, InterruptedException {
        long pid = ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().command().orElse("").contains("qemu"))
                .findFirst()
                .orElseThrow()
                .pid();
        assertThat(new ProcessBuilder("kill", "-STOP", String.valueOf(pid))
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    void cancelsAMachine() throws Exception {
        Machine machine = machines().start(request(disks(), "panic=-1", LIMITS));

        machine.close();

        assertThat(machine.ended().join()).isInstanceOf(MachineEnd.Cancelled.class);
        assertNothingLeft();
    }

    @Test
    void aPersonSeesAPanicAndLeavesWhenSheWants() throws Exception {
        AtomicReference<ConsoleTerminal.@Nullable Keys> keys = new AtomicReference<>();
        List<String> shown = new CopyOnWriteArrayList<>();
        ConsoleTerminal terminal = new ConsoleTerminal() {
            @Override
            public void attach(Keys machine) {
                keys.set(machine);
            }

            @Override
            public void show(byte[] data, int length) {
                shown.add(new String(data, 0, length, StandardCharsets.UTF_8));
            }
        };
        Limits impatient = new Limits(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofMillis(100));
        MachineRequest plain = request(disks(), "init=/missing rdinit=/missing panic=0", impatient);
        MachineRequest attended = new MachineRequest(
                plain.spec(),
                plain.boot(),
                plain.accelerator(),
                new MachineFiles(
                        plain.files().diskDirectory(),
                        null,
                        plain.files().serialLog(),
                        plain.files().qemuLog()),
                plain.limits(),
                new Dialogue(plain.dialogue().listener(), List.of(), List.of(), new Attendance(terminal, null)));
        try (Machine machine = machines().start(attended)) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> String.join("", shown).contains("Kernel panic"));
            // As long as others get after their last word, and longer.
            await().during(Duration.ofSeconds(2)).until(() -> !machine.ended().isDone());
            ConsoleTerminal.Keys person = Objects.requireNonNull(keys.get());
            person.type("nobody reads this".getBytes(StandardCharsets.UTF_8));
            person.leave();

            assertThat(machine.ended().join()).isInstanceOf(MachineEnd.Cancelled.class);
        }
        assertNothingLeft();
    }

    @Test
    void noticesThatQemuWasKilled() throws Exception {
        try (Machine machine = machines().start(request(disks(), "panic=-1", LIMITS))) {
            processes.close();

            assertThat(machine.ended().join()).isInstanceOf(MachineEnd.QemuExited.class);
        }
    }

    @Test
    void namesAMissingFile() throws Exception {
        MachineRequest request = request(disks(), "panic=-1", LIMITS);
        Files.delete(directory.resolve("main.img"));

        assertThatThrownBy(() -> machines().start(request))
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("disk main")
                .hasMessageContaining("main.img");
        assertNothingLeft();
    }

    @Test
    void saysWhatQemuRejects() throws Exception {
        DiskSpec odd = new DiskSpec("odd", 1 << 20, DiskDriver.VIRTIO_BLK, null, null, 1000, 1000, 1);
        MachineRequest request = request(List.of(odd), "panic=-1", LIMITS);

        assertThatThrownBy(() -> machines().start(request))
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("QEMU could not start the machine")
                .hasMessageContaining("logical_block_size");
        assertNothingLeft();
    }

    @Test
    void writesALineThatRepeatsTheBootByHand() throws Exception {
        String line = Command.of(QemuArguments.build(request(disks(), "panic=-1", LIMITS), Wiring.terminal()))
                .toShell();

        assertThat(line).startsWith("qemu-system-x86_64 ").contains("-append 'console=ttyS0 panic=-1'");
    }

    private QemuMachines machines() {
        return new QemuMachines(processes, directory, Ticker.SYSTEM, InstantSource.system());
    }

    private static List<DiskSpec> disks() {
        return List.of(new DiskSpec("main", 1 << 20, DiskDriver.VIRTIO_BLK, null, null, 512, 512, 1));
    }

    private MachineRequest request(List<DiskSpec> disks, String commandLine, Limits limits) throws IOException {
        Path kernel = TestKernel.require();
        Path initrd = directory.resolve("initrd");
        TinyInit.write(initrd, Architecture.host());
        for (DiskSpec disk : disks) {
            Files.write(directory.resolve(disk.fileName()), new byte[(int) disk.size()]);
        }
        Path drive = Files.write(directory.resolve("drive"), new byte[1 << 20]);
        List<String> arguments =
                commandLine.contains("console=") ? List.of(commandLine) : List.of("console=ttyS0", commandLine);
        return new MachineRequest(
                new MachineSpec(1, 512, Firmware.BIOS, disks, List.of(new NicSpec("52:54:00:12:34:01", NicSpec.USER))),
                new Boot(
                        new Boot.DirectKernel(kernel, initrd, arguments),
                        List.of(
                                new Boot.Drive(drive, "seed", Boot.Drive.Kind.CDROM),
                                new Boot.Drive(drive, "root", Boot.Drive.Kind.READ_ONLY)),
                        null),
                Accelerator.tcg("test"),
                MachineFiles.in(directory, null),
                limits,
                Dialogue.listening(line -> lines.add(line.text())));
    }

    private void assertNothingLeft() throws IOException {
        try (var left = Files.list(directory)) {
            assertThat(left.map(file -> file.getFileName().toString())).noneMatch(name -> name.startsWith("vmtest-"));
        }
        assertThat(ProcessHandle.current().descendants())
                .noneMatch(process -> process.info().command().orElse("").contains("qemu"));
    }
}
