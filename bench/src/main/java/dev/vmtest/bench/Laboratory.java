package dev.vmtest.bench;

import dev.vmtest.image.ImageDirectory;
import dev.vmtest.image.ImageException;
import dev.vmtest.image.ImageStore;
import dev.vmtest.image.ImageVariant;
import dev.vmtest.image.InstallImage;
import dev.vmtest.machine.Accelerator;
import dev.vmtest.machine.MachineException;
import dev.vmtest.machine.Machines;
import dev.vmtest.machine.Ticker;
import dev.vmtest.machine.qemu.Accelerators;
import dev.vmtest.machine.qemu.QemuMachines;
import dev.vmtest.machine.snapshot.SnapshotStore;
import dev.vmtest.process.Processes;
import dev.vmtest.settings.Settings;
import dev.vmtest.settings.SettingsTable;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/**
 * Hold what experiments are made with.
 *
 * @param tree the directory of the built source tree
 * @param output the directory that keeps what experiments write
 * @param processes runs commands
 * @param environment the variables of the user
 * @param log where progress is told
 */
record Laboratory(Path tree, Path output, Processes processes, Map<String, String> environment, PrintStream log) {

    /** The release that is measured. */
    static final String RELEASE = "bookworm";

    /** Virtual CPUs of every machine that is measured: the default of a test. */
    static final int CPUS = 1;

    /** Memory of every machine that is measured, in MiB: the default of a test. */
    static final int MEMORY = 2048;

    private static final String ARCHITECTURE = "amd64";

    Laboratory {
        environment = Map.copyOf(environment);
    }

    /** Say what is being done. */
    void tell(String line) {
        log.println(line);
    }

    /**
     * Return the newest image of a variant.
     *
     * @throws ImageException if there is none
     */
    InstallImage image(ImageVariant variant) throws ImageException {
        Path configured = settings().find(SettingsTable.IMAGE_DIR).orElse(null);
        return new ImageStore(ImageDirectory.choose(configured, environment), Clock.systemUTC())
                .newest(RELEASE, ARCHITECTURE, variant);
    }

    Machines machines() {
        return new QemuMachines(processes, settings().get(SettingsTable.TMPDIR), Ticker.SYSTEM, Clock.systemUTC());
    }

    /**
     * Return what keeps saved machines.
     *
     * @throws MachineException if QEMU is missing
     */
    SnapshotStore snapshots() throws MachineException {
        QemuMachines machines =
                new QemuMachines(processes, settings().get(SettingsTable.TMPDIR), Ticker.SYSTEM, Clock.systemUTC());
        return new SnapshotStore(machines, accelerators().qemuVersion(), Ticker.SYSTEM);
    }

    /**
     * Find out what executes guests here.
     *
     * @throws MachineException if QEMU is missing
     */
    Accelerator accelerator(InstallImage image) throws MachineException {
        return accelerators().choose(image.kernel());
    }

    private Accelerators accelerators() {
        return new Accelerators(processes, machines(), settings().get(SettingsTable.TMPDIR), output);
    }

    private Settings settings() {
        return Settings.read(environment);
    }
}
