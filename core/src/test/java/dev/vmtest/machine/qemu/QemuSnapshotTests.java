package dev.vmtest.machine.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vmtest.machine.Accelerator;
import dev.vmtest.machine.AgentSilentException;
import dev.vmtest.machine.Boot;
import dev.vmtest.machine.ConsoleListener;
import dev.vmtest.machine.Dialogue;
import dev.vmtest.machine.Firmware;
import dev.vmtest.machine.Limits;
import dev.vmtest.machine.MachineException;
import dev.vmtest.machine.MachineFiles;
import dev.vmtest.machine.MachineRequest;
import dev.vmtest.machine.MachineSpec;
import dev.vmtest.machine.Snapshot;
import dev.vmtest.machine.SnapshotRefusedException;
import dev.vmtest.machine.Ticker;
import dev.vmtest.process.Command;
import dev.vmtest.process.Running;
import dev.vmtest.process.SupervisedProcesses;
import dev.vmtest.process.TemporaryDirectory;
import dev.vmtest.qmp.QmpClient;
import dev.vmtest.release.Architecture;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Save and resume with the real QEMU where it can only fail: in bounded time, leaving nothing. */
@Tag("vm")
final class QemuSnapshotTests {

    private static final Limits LIMITS =
            new Limits(Duration.ofSeconds(30), Duration.ofSeconds(15), Duration.ofSeconds(15));

    /** Waits two seconds for each step of a resumption. */
    private static final Accelerator IMPATIENT = new Accelerator(Accelerator.Name.TCG, "test", 2.0 / 15);

    @TempDir
    Path directory;

    private final SupervisedProcesses processes = new SupervisedProcesses();

    @AfterEach
    void endProcesses() {
        processes.close();
    }

    @Test
    void givesUpOnAGuestThatEndsBeforeItIsReady() throws Exception {
        MachineRequest request = request(new Boot.Way.UntilReady());

        assertThatThrownBy(() -> machines().save(request, directory.resolve("state")))
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("QEMU ended before the machine's agent answered");
        assertThat(directory.resolve("state")).doesNotExist();
        assertNothingLeft();
    }

    @Test
    void refusesAStateThatIsNone() throws Exception {
        Path snapshot = Files.createDirectory(directory.resolve("snapshot"));
        Files.writeString(Snapshot.stateIn(snapshot), "this is not what a migration writes\n".repeat(100));
        MachineRequest request = request(new Boot.Way.Resume(new Snapshot("key", snapshot), List.of("console=ttyS0")));

        assertThatThrownBy(() -> machines().start(request)).isInstanceOf(SnapshotRefusedException.class);
        assertNothingLeft();
    }

    @Test
    void blamesNoSnapshotForAQemuThatCannotStart() throws Exception {
        Path snapshot = saved(request(new Boot.Way.UntilReady()));
        MachineRequest request = request(resume(snapshot));
        MachineRequest impossible = new MachineRequest(
                new MachineSpec(1, 1 << 30, Firmware.BIOS, List.of(), List.of()),
                request.boot(),
                IMPATIENT,
                MachineFiles.in(directory, null),
                LIMITS,
                Dialogue.listening(ConsoleListener.NONE));

        assertThatThrownBy(() -> machines().start(impossible)).isExactlyInstanceOf(MachineException.class);
        assertNothingLeft();
    }

    @Test
    void refusesAStateThatIsMissing() throws Exception {
        MachineRequest request =
                request(new Boot.Way.Resume(new Snapshot("key", directory.resolve("gone")), List.of("console=ttyS0")));

        assertThatThrownBy(() -> machines().start(request))
                .isExactlyInstanceOf(MachineException.class)
                .hasMessageContaining("the file of the snapshot is missing");
        assertNothingLeft();
    }

    @Test
    void saysThatADiskIsFull() throws Exception {
        assertThatThrownBy(() -> saveUnstarted(request(new Boot.Way.UntilReady()), Path.of("/dev/full")))
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("migrate of a machine's state ended: failed");
        assertNothingLeft();
    }

    @Test
    void refusesAStateThatWasCutOff() throws Exception {
        Path snapshot = saved(request(new Boot.Way.UntilReady()));
        try (FileChannel state = FileChannel.open(Snapshot.stateIn(snapshot), StandardOpenOption.WRITE)) {
            state.truncate(state.size() / 2);
        }

        assertThatThrownBy(() -> machines().start(request(resume(snapshot))))
                .isInstanceOf(SnapshotRefusedException.class)
                .hasMessageContaining("migrate-incoming of a machine's state ended: ");
        assertNothingLeft();
    }

    @Test
    void refusesTheStateOfAnotherMachine() throws Exception {
        Path snapshot = saved(request(new Boot.Way.UntilReady()));
        MachineRequest larger = new MachineRequest(
                new MachineSpec(1, 768, Firmware.BIOS, List.of(), List.of()),
                request(resume(snapshot)).boot(),
                IMPATIENT,
                MachineFiles.in(directory, null),
                LIMITS,
                Dialogue.listening(ConsoleListener.NONE));

        assertThatThrownBy(() -> machines().start(larger))
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("QEMU");
        assertNothingLeft();
    }

    @Test
    @Timeout(120)
    void givesUpOnAnAgentThatNeverAnswers() throws Exception {
        // Without an initrd the kernel panics, and without panic=-1 it then stays there.
        Path snapshot = saved(request(new Boot.Way.UntilReady(), List.of("panic=0", "rdinit=/absent")));

        // On a host that is starved it is not the agent's silence, so that the snapshot is not blamed for it.
        assertThatThrownBy(() -> machines().start(request(resume(snapshot), List.of("panic=0", "rdinit=/absent"))))
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("the machine's agent said nothing within");
        assertNothingLeft();
    }

    @Test
    void anAgentIsBlamedForItsSilenceOnlyWhereTheHostGaveItTime() {
        assertThat(QemuMachine.silence("silent", true)).isInstanceOf(AgentSilentException.class);
        assertThat(QemuMachine.silence("silent", false)).isExactlyInstanceOf(MachineException.class);
    }

    @Test
    @Timeout(120)
    void saysThatQemuEndedBeforeTheAgentAnswered() throws Exception {
        Path snapshot = saved(request(new Boot.Way.UntilReady()));
        MachineRequest patient = request(resume(snapshot), List.of("panic=-1"), Accelerator.tcg("test"));

        assertThatThrownBy(() -> machines().start(patient))
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("QEMU ended before the machine's agent answered");
        assertNothingLeft();
    }

    private static Boot.Way resume(Path snapshot) {
        return new Boot.Way.Resume(new Snapshot("key", snapshot), List.of("console=ttyS0"));
    }

    private Path saved(MachineRequest request) throws Exception {
        Path snapshot = Files.createDirectory(directory.resolve("snapshot"));
        saveUnstarted(request, Snapshot.stateIn(snapshot));
        return snapshot;
    }

    /** Save a machine in which nothing has run yet: there is no agent that could say when. */
    @SuppressWarnings("try") // the lines are listened to, not used
    private void saveUnstarted(MachineRequest request, Path state) throws Exception {
        try (TemporaryDirectory sockets = TemporaryDirectory.create(directory, "vmtest-")) {
            Path control = sockets.path().resolve("qmp");
            Path agent = sockets.path().resolve("agent");
            Path console = sockets.path().resolve("serial");
            Transfer transfer = new Transfer();
            try (SerialLine serial = SerialLine.listen(console, directory.resolve("unstarted.log"));
                    AgentLine line = AgentLine.listen(agent);
                    Running qemu = processes.start(
                            Command.of(QemuArguments.build(
                                    request, new Wiring(new Wiring.Serial.Socket(console), control, agent))),
                            directory.resolve("unstarted-qemu.log"));
                    QmpClient client =
                            QmpClient.connect(control, Duration.ofSeconds(20), qemu.exit(), transfer::event)) {
                transfer.save(client, qemu.exit(), state, Duration.ofSeconds(20));
            }
        }
    }

    private QemuMachines machines() {
        return new QemuMachines(processes, directory, Ticker.SYSTEM, InstantSource.system());
    }

    private MachineRequest request(Boot.Way way) throws IOException {
        return request(way, List.of("panic=-1"));
    }

    private MachineRequest request(Boot.Way way, List<String> arguments) throws IOException {
        return request(way, arguments, way instanceof Boot.Way.Resume ? IMPATIENT : Accelerator.tcg("test"));
    }

    private MachineRequest request(Boot.Way way, List<String> arguments, Accelerator accelerator) throws IOException {
        List<String> commandLine = new ArrayList<>(List.of("console=ttyS0"));
        commandLine.addAll(arguments);
        Path initrd = directory.resolve("initrd");
        TinyInit.write(initrd, Architecture.host());
        return new MachineRequest(
                new MachineSpec(1, 512, Firmware.BIOS, List.of(), List.of()),
                new Boot(new Boot.DirectKernel(TestKernel.require(), initrd, commandLine), List.of(), null, way),
                accelerator,
                MachineFiles.in(directory, null),
                LIMITS,
                Dialogue.listening(ConsoleListener.NONE));
    }

    private void assertNothingLeft() throws IOException {
        try (var left = Files.list(directory)) {
            assertThat(left.map(file -> file.getFileName().toString())).noneMatch(name -> name.startsWith("vmtest-"));
        }
        assertThat(ProcessHandle.current().descendants())
                .noneMatch(process -> process.info().command().orElse("").contains("qemu"));
    }
}
