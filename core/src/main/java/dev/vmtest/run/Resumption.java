package dev.vmtest.run;

import dev.vmtest.config.ConfigText;
import dev.vmtest.config.MapValue;
import dev.vmtest.image.EphemeralBoot;
import dev.vmtest.image.InstallImage;
import dev.vmtest.machine.Accelerator;
import dev.vmtest.machine.Boot;
import dev.vmtest.machine.Firmware;
import dev.vmtest.machine.FirmwareFiles;
import dev.vmtest.machine.MachineException;
import dev.vmtest.machine.QemuArguments;
import dev.vmtest.machine.Snapshot;
import dev.vmtest.machine.SnapshotListener;
import dev.vmtest.machine.SnapshotRequest;
import dev.vmtest.machine.SnapshotStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decide for each test whether its install environment is resumed, and find the snapshot.
 *
 * <p>What stands in the way is never an error: the test takes the full way, and its result says why.
 * What failed once in a run is not tried again in it.
 */
public final class Resumption {

    /** Names that depend on the order and the place in which disks appear; when they are plugged in, it is another. */
    private static final Pattern ORDERED_NAME =
            Pattern.compile("/dev/(?:[svh]d[a-z]+|nvme[0-9]+)[0-9a-z]*|/dev/disk/by-path/[^\\s'\"]*");

    private static final Pattern BARE_NAME = Pattern.compile("\\b(?:[svh]d[a-z]+|nvme[0-9]+n[0-9]+)\\b");

    /** The section in which disks are named without their directory. */
    private static final String BLOCK_META = "block-meta";

    private final Fidelity fidelity;
    private final Store store;
    private final Map<String, String> failures = new ConcurrentHashMap<>();

    /** Find and remove snapshots; an interface so that decisions can be tested without machines. */
    interface Store {

        /** Do {@link SnapshotStore#obtain}. */
        Snapshot obtain(SnapshotRequest request, SnapshotListener listener) throws MachineException;

        /** Do {@link SnapshotStore#discard}. */
        void discard(Snapshot snapshot);
    }

    private final Function<InstallImage, Path> directories;

    /**
     * Resume where it is possible.
     *
     * @param store keeps the snapshots
     * @param directories where those of an image lie
     */
    public Resumption(SnapshotStore store, Function<InstallImage, Path> directories) {
        this(
                Fidelity.RESUME,
                new Store() {
                    @Override
                    public Snapshot obtain(SnapshotRequest request, SnapshotListener listener) throws MachineException {
                        return store.obtain(request, listener);
                    }

                    @Override
                    public void discard(Snapshot snapshot) {
                        store.discard(snapshot);
                    }
                },
                directories);
    }

    Resumption(Fidelity fidelity, @Nullable Store store, Function<InstallImage, Path> directories) {
        this.fidelity = fidelity;
        this.store = store == null ? new None() : store;
        this.directories = directories;
    }

    /** Never resume. */
    public static Resumption never() {
        return new Resumption(Fidelity.FULL, null, image -> Path.of(""));
    }

    /** Return how the install environment of a test starts; makes the snapshot if there is none yet. */
    InstallStart decide(TestCase test, InstallImage image, Accelerator accelerator, SnapshotListener listener) {
        String obstacle = obstacle(test, image);
        if (!obstacle.isEmpty()) {
            return new InstallStart.Full(obstacle, false);
        }
        String machine = machine(test, image);
        String known = failures.get(machine);
        if (known != null) {
            return new InstallStart.Full(known, true);
        }
        Boot.DirectKernel kernel = new Boot.DirectKernel(
                image.kernel(),
                image.initrd(),
                EphemeralBoot.untilSaved(EphemeralBoot.Root.disk(), QemuArguments.serialDevice()));
        try {
            SnapshotRequest request = new SnapshotRequest(
                    test.machine(),
                    kernel,
                    ImageDrives.of(image),
                    image.fingerprint(),
                    accelerator,
                    test.machine().firmware() == Firmware.UEFI ? FirmwareFiles.find() : null,
                    directories.apply(image));
            return new InstallStart.Resumed(store.obtain(request, listener), kernel);
        } catch (MachineException failure) {
            String reason = "there is no snapshot: " + failure.getMessage();
            failures.put(machine, reason);
            return new InstallStart.Full(reason, true);
        }
    }

    /** Take note that a snapshot could not be resumed, and return how its test starts instead. */
    InstallStart.Full failed(TestCase test, InstallImage image, Snapshot snapshot, String why) {
        store.discard(snapshot);
        String reason = "resuming failed: " + why;
        failures.put(machine(test, image), reason);
        return new InstallStart.Full(reason, true);
    }

    /** Return what tests that share a snapshot have in common. */
    private static String machine(TestCase test, InstallImage image) {
        return image.fingerprint() + " " + test.machine().firmware() + " "
                + test.machine().cpus() + " " + test.machine().memory();
    }

    private String obstacle(TestCase test, InstallImage image) {
        if (fidelity == Fidelity.FULL) {
            return "asked for";
        }
        List<String> arguments = KernelArguments.of(test);
        if (!arguments.isEmpty()) {
            return "the test adds kernel arguments: " + String.join(" ", arguments);
        }
        Optional<String> name = orderedName(test);
        if (name.isPresent()) {
            return "the configuration names " + name.get() + ", which depends on the order of the disks";
        }
        int disks = test.machine().disks().size();
        if (test.config().storage() == null && disks > 1) {
            return "the configuration leaves it to the installer which of " + disks + " disks is the first";
        }
        int missing = SnapshotStore.missingSlots(test.machine());
        if (missing > 0) {
            return "the machine has " + missing + " disks and NICs more than can be plugged in";
        }
        if (image.agentVersion().orElse(0) != SnapshotStore.AGENT_VERSION) {
            return "the image " + image.description() + " has no agent of this version; build it again with"
                    + " 'vmtest images build --release " + image.release() + "'";
        }
        return "";
    }

    private static Optional<String> orderedName(TestCase test) {
        Matcher name = ORDERED_NAME.matcher(ConfigText.yaml(test.merged()));
        if (name.find()) {
            return Optional.of(name.group());
        }
        if (!(test.merged().get(BLOCK_META) instanceof MapValue section)) {
            return Optional.empty();
        }
        Matcher bare = BARE_NAME.matcher(ConfigText.yaml(section));
        return bare.find() ? Optional.of(bare.group()) : Optional.empty();
    }

    /** Stands for a store where nothing is ever asked for. */
    private static final class None implements Store {

        @Override
        public Snapshot obtain(SnapshotRequest request, SnapshotListener listener) throws MachineException {
            throw new MachineException("no snapshots are kept");
        }

        @Override
        public void discard(Snapshot snapshot) {}
    }
}
