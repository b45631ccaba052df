package dev.vmtest.trial;

import dev.vmtest.config.ConfigText;
import dev.vmtest.config.MapValue;
import dev.vmtest.image.EphemeralBoot;
import dev.vmtest.image.InstallImage;
import dev.vmtest.machine.Accelerator;
import dev.vmtest.machine.Boot;
import dev.vmtest.machine.Firmware;
import dev.vmtest.machine.FirmwareFiles;
import dev.vmtest.machine.MachineException;
import dev.vmtest.machine.Snapshot;
import dev.vmtest.machine.snapshot.SnapshotListener;
import dev.vmtest.machine.snapshot.SnapshotRequest;
import dev.vmtest.machine.snapshot.SnapshotStore;
import dev.vmtest.testcase.TestCase;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
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

    private final @Nullable Store store;
    private final Function<InstallImage, Path> directories;
    private final Map<String, String> failures = new ConcurrentHashMap<>();

    /** Tests of one machine that run side by side: the second hears how the first fared before it tries. */
    private final Map<String, ReentrantLock> turns = new ConcurrentHashMap<>();

    /** Find and remove snapshots; an interface so that decisions can be tested without machines. */
    interface Store {

        /** Do {@link SnapshotStore#obtain}. */
        Snapshot obtain(SnapshotRequest request, SnapshotListener listener) throws MachineException;

        /** Do {@link SnapshotStore#discard}. */
        void discard(Snapshot snapshot);

        /** Do {@link SnapshotStore#silent}. */
        boolean silent(Snapshot snapshot);

        /** Do {@link SnapshotStore#answered}. */
        void answered(Snapshot snapshot);
    }

    /**
     * Resume where it is possible.
     *
     * @param store keeps the snapshots
     * @param directories where those of an image lie
     */
    public Resumption(SnapshotStore store, Function<InstallImage, Path> directories) {
        this(
                new Store() {
                    @Override
                    public Snapshot obtain(SnapshotRequest request, SnapshotListener listener) throws MachineException {
                        return store.obtain(request, listener);
                    }

                    @Override
                    public void discard(Snapshot snapshot) {
                        store.discard(snapshot);
                    }

                    @Override
                    public boolean silent(Snapshot snapshot) {
                        return store.silent(snapshot);
                    }

                    @Override
                    public void answered(Snapshot snapshot) {
                        store.answered(snapshot);
                    }
                },
                directories);
    }

    /** Resume from what a store has, or never where there is none. */
    Resumption(@Nullable Store store, Function<InstallImage, Path> directories) {
        this.store = store;
        this.directories = directories;
    }

    /** Never resume. */
    public static Resumption never() {
        return new Resumption((Store) null, image -> Path.of(""));
    }

    /** Return how the install environment of a test starts; makes the snapshot if there is none yet. */
    InstallStart decide(TestCase test, InstallImage image, Accelerator accelerator, SnapshotListener listener) {
        Store asked = store;
        if (asked == null) {
            return new InstallStart.Full("asked for", false);
        }
        String obstacle = obstacle(test, image);
        if (!obstacle.isEmpty()) {
            return new InstallStart.Full(obstacle, false);
        }
        String machine = machine(test, image);
        ReentrantLock turn = turns.computeIfAbsent(machine, key -> new ReentrantLock());
        if (!turn.tryLock()) {
            listener.notice("waiting for another test that makes the same snapshot");
            turn.lock();
        }
        try {
            String known = failures.get(machine);
            return known == null
                    ? obtain(asked, test, image, accelerator, listener)
                    : new InstallStart.Full(known, true);
        } finally {
            turn.unlock();
        }
    }

    private InstallStart obtain(
            Store asked, TestCase test, InstallImage image, Accelerator accelerator, SnapshotListener listener) {
        Boot.DirectKernel kernel = new Boot.DirectKernel(
                image.kernel(),
                image.initrd(),
                EphemeralBoot.untilSaved(
                        EphemeralBoot.Root.disk(), test.machine().architecture().serialDevice()));
        try {
            SnapshotRequest request = new SnapshotRequest(
                    test.machine(),
                    kernel,
                    ImageDrives.of(image),
                    image.fingerprint(),
                    accelerator,
                    test.machine().firmware() == Firmware.UEFI
                            ? FirmwareFiles.find(test.machine().architecture())
                            : null,
                    directories.apply(image));
            return new InstallStart.Resumed(asked.obtain(request, listener), kernel);
        } catch (MachineException failure) {
            String reason = "there is no snapshot: " + failure.getMessage();
            failures.put(machine(test, image), reason);
            return new InstallStart.Full(reason, true);
        }
    }

    /**
     * Take note that a snapshot could not be resumed, and return how its test starts instead. Only a snapshot that QEMU
     * has refused is removed, and one whose agent was silent twice in a row on a host that had time: a QEMU that cannot
     * start, or a host that is too busy, say nothing about it.
     */
    InstallStart.Full failed(TestCase test, InstallImage image, ResumeFailure failure) {
        if (store != null && failure.isRefused()) {
            store.discard(failure.snapshot());
        }
        boolean thrownAway = store != null && failure.isSilent() && store.silent(failure.snapshot());
        String reason = "resuming failed: " + failure.getMessage()
                + (thrownAway
                        ? ", as the time before, so the snapshot is thrown away and the next run makes it anew"
                        : "");
        failures.put(machine(test, image), reason);
        return new InstallStart.Full(reason, true);
    }

    /** Take note of how a test started whose machine has run. */
    void succeeded(InstallStart start) {
        if (store != null && start instanceof InstallStart.Resumed resumed) {
            store.answered(resumed.snapshot());
        }
    }

    /** Return what tests that share a snapshot have in common. */
    private static String machine(TestCase test, InstallImage image) {
        return image.fingerprint() + " " + test.machine().firmware() + " "
                + test.machine().cpus() + " " + test.machine().memory();
    }

    private static String obstacle(TestCase test, InstallImage image) {
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
            if (!image.isBuilt()) {
                return "the image " + image.description() + " was mirrored and has no agent";
            }
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
}
