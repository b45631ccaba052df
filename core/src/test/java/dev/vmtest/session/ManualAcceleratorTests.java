package dev.vmtest.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.machine.Accelerator;
import dev.vmtest.machine.FakeMachines;
import dev.vmtest.machine.MachineException;
import dev.vmtest.machine.qemu.Accelerators;
import dev.vmtest.process.SupervisedProcesses;
import dev.vmtest.release.Architecture;
import dev.vmtest.settings.Settings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Choose accelerators where nothing can be tried: the machine is emulated, and the reason says why. */
class ManualAcceleratorTests {

    @TempDir
    Path directory;

    @AutoClose
    private final SupervisedProcesses processes = new SupervisedProcesses();

    private ManualAccelerator accelerator() {
        Map<String, String> environment = Map.of("IMAGE_DIR", directory.toString(), "HOME", directory.toString());
        Accelerators accelerators = new Accelerators(
                processes,
                FakeMachines.played(request -> {
                    throw new MachineException("no machine is started here");
                }),
                directory,
                directory);
        return new ManualAccelerator(
                accelerators, new HostImages(Settings.read(environment), environment, Clock.systemUTC()));
    }

    @Test
    void aGuestOfAnotherArchitectureIsEmulated() {
        Architecture foreign = Arrays.stream(Architecture.values())
                .filter(guest -> !guest.runsOn(Architecture.host()))
                .findFirst()
                .orElseThrow();

        Accelerator chosen = accelerator().choose(foreign, null);

        assertThat(chosen.name()).isEqualTo(Accelerator.Name.TCG);
        assertThat(chosen.reason()).contains("emulates guests of " + foreign.debianName());
    }

    @Test
    void withoutAnImageNothingIsTried() {
        Accelerator chosen = accelerator().choose(Architecture.host(), null);

        assertThat(chosen.name()).isEqualTo(Accelerator.Name.TCG);
        assertThat(chosen.reason()).isEqualTo("there is no image to try KVM with");
        assertThat(accelerator().emulatesAnyGuest()).isTrue();
    }
}
