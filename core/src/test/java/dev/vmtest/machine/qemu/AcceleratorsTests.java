package dev.vmtest.machine.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vmtest.machine.Accelerator;
import dev.vmtest.machine.FakeMachines;
import dev.vmtest.machine.MachineEnd;
import dev.vmtest.machine.MachineException;
import dev.vmtest.machine.Ticker;
import dev.vmtest.process.Command;
import dev.vmtest.process.Completed;
import dev.vmtest.process.Processes;
import dev.vmtest.process.Running;
import dev.vmtest.process.SupervisedProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AcceleratorsTests {

    private static final String VERSION = "QEMU emulator version 7.2.22 (Debian)\nCopyright\n";

    @TempDir
    Path directory;

    private Path kernel = Path.of("");
    private Path device = Path.of("");
    private final List<Accelerator.Name> probed = new ArrayList<>();
    private String version = VERSION;

    @BeforeEach
    void createFiles() throws IOException {
        kernel = Files.writeString(directory.resolve("kernel"), "a kernel");
        device = Files.createFile(directory.resolve("kvm"));
    }

    @Test
    void usesKvmOnlyAfterAGuestReachedItsInit() throws Exception {
        Accelerator chosen = accelerators(true, true).choose(kernel);

        assertThat(chosen).isEqualTo(Accelerator.kvm("a 64-bit kernel reached its init under it"));
        assertThat(chosen.timeoutScale()).isEqualTo(1);
        assertThat(probed).containsExactly(Accelerator.Name.KVM);
    }

    @Test
    void emulatesWhenTheSameProbeWorksWithoutKvmOnly() throws Exception {
        Accelerator chosen = accelerators(false, true).choose(kernel);

        assertThat(chosen.name()).isEqualTo(Accelerator.Name.TCG);
        assertThat(chosen.reason()).isEqualTo("KVM does not work here: the guest's kernel panicked");
        assertThat(chosen.timeoutScale()).isGreaterThan(1);
        assertThat(probed).containsExactly(Accelerator.Name.KVM, Accelerator.Name.TCG);
    }

    @Test
    void isTroubleWhenTheKernelBootsNowhere() {
        assertThatThrownBy(() -> accelerators(false, false).choose(kernel))
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("boots neither under KVM")
                .hasMessageContaining("nor under TCG");
    }

    @Test
    void doesNotBelieveAPowerOffWithoutTheInit() throws Exception {
        FakeMachines silent =
                new FakeMachines(request -> new FakeMachines.Script("", new MachineEnd.GuestShutdown(Duration.ZERO)));

        assertThat(new Accelerators(fakeQemu(), silent, directory, directory, device)
                        .obstacle(Accelerator.kvm("test"), kernel))
                .contains("the kernel powered off before its init ran");
    }

    @Test
    void saysThatTheDeviceIsMissing() throws Exception {
        Files.delete(device);

        assertThat(accelerators(true, true).choose(kernel).reason()).isEqualTo("this host has no " + device);
        assertThat(probed).isEmpty();
    }

    @Test
    void remembersTheAnswerForTheSameCircumstances() throws Exception {
        Accelerator first = accelerators(true, true).choose(kernel);

        assertThat(accelerators(false, true).choose(kernel)).isEqualTo(first);
        assertThat(probed).hasSize(1);
    }

    @Test
    void probesAgainForAnotherQemu() throws Exception {
        var unused = accelerators(true, true).choose(kernel);
        version = "QEMU emulator version 10.0.0\n";

        assertThat(accelerators(false, true).choose(kernel).name()).isEqualTo(Accelerator.Name.TCG);
    }

    @Test
    void probesAgainForAnotherKernel() throws Exception {
        var unused = accelerators(true, true).choose(kernel);
        Files.writeString(kernel, "a longer kernel");

        assertThat(accelerators(false, true).choose(kernel).name()).isEqualTo(Accelerator.Name.TCG);
    }

    @Test
    void probesAgainWhenTheMemoryIsDamaged() throws Exception {
        for (String damage : List.of("", "{", "[]", "{\"key\": 1}", "\u0000")) {
            var unused = accelerators(true, true).choose(kernel);
            Files.writeString(directory.resolve("cache/accelerator.json"), damage);
            probed.clear();

            assertThat(accelerators(true, true).choose(kernel).name()).isEqualTo(Accelerator.Name.KVM);
            assertThat(probed).as(damage).hasSize(1);
        }
    }

    @Test
    void refusesAnEmulatorThatSaysNoVersion() {
        version = "hello\n";

        assertThatThrownBy(() -> accelerators(true, true).qemuVersion())
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("hello");
    }

    @Test
    @Tag("vm")
    void bootsARealKernelToItsInitUnderEmulation() throws Exception {
        Path real = TestKernel.require();
        try (SupervisedProcesses processes = new SupervisedProcesses()) {
            Accelerators accelerators = new Accelerators(
                    processes,
                    new QemuMachines(processes, directory, Ticker.SYSTEM, InstantSource.system()),
                    directory,
                    directory);

            assertThat(accelerators.obstacle(Accelerator.tcg("test"), real)).isEmpty();
        }
    }

    @Test
    @Tag("vm")
    void saysWhatARealHostCanDo() throws Exception {
        Path real = TestKernel.require();
        try (SupervisedProcesses processes = new SupervisedProcesses()) {
            Accelerators accelerators = new Accelerators(
                    processes,
                    new QemuMachines(processes, directory, Ticker.SYSTEM, InstantSource.system()),
                    directory,
                    directory);

            Accelerator chosen = accelerators.choose(real);

            assertThat(chosen.reason()).isNotBlank();
            assertThat(accelerators.obstacle(chosen, real)).isEmpty();
            System.getLogger("test").log(System.Logger.Level.INFO, "this host: {0}", chosen);
        }
    }

    private Accelerators accelerators(boolean kvmWorks, boolean tcgWorks) {
        FakeMachines machines = new FakeMachines(request -> {
            probed.add(request.accelerator().name());
            boolean works = request.accelerator().name() == Accelerator.Name.KVM ? kvmWorks : tcgWorks;
            return works
                    ? new FakeMachines.Script(TinyInit.MARKER + "\n", new MachineEnd.GuestShutdown(Duration.ZERO))
                    : new FakeMachines.Script("boom\n", new MachineEnd.GuestPanic(Duration.ZERO));
        });
        return new Accelerators(fakeQemu(), machines, directory, directory.resolve("cache"), device);
    }

    private Processes fakeQemu() {
        return new Processes() {
            @Override
            public Completed run(Command command, Duration timeout) {
                return new Completed(command, 0, version, "", Duration.ZERO);
            }

            @Override
            public Running start(Command command, Path output) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Running startInteractive(Command command) {
                throw new UnsupportedOperationException();
            }
        };
    }
}
