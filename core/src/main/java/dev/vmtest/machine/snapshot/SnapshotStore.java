package dev.vmtest.machine.snapshot;

import dev.vmtest.disk.DiskImages.FreeSpace;
import dev.vmtest.machine.Boot;
import dev.vmtest.machine.ConsoleListener;
import dev.vmtest.machine.Dialogue;
import dev.vmtest.machine.FirmwareFiles;
import dev.vmtest.machine.Limits;
import dev.vmtest.machine.MachineException;
import dev.vmtest.machine.MachineFiles;
import dev.vmtest.machine.MachineRequest;
import dev.vmtest.machine.MachineSpec;
import dev.vmtest.machine.Snapshot;
import dev.vmtest.machine.Ticker;
import dev.vmtest.machine.qemu.Accelerators;
import dev.vmtest.machine.qemu.AgentOrders;
import dev.vmtest.machine.qemu.QemuMachines;
import dev.vmtest.machine.qemu.Savers;
import dev.vmtest.machine.qemu.Slots;
import dev.vmtest.process.LockFile;
import dev.vmtest.process.TemporaryDirectory;
import dev.vmtest.text.PlainTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keep machines that were saved when their agent was ready: made once while others wait, looked over
 * before each use, replaced when anything that they depend on has changed.
 *
 * <p>Each is a directory {@code <shape>-<key>} with the machine's state and a description of that file.
 * It appears whole or not at all.
 */
public final class SnapshotStore {

    /** The language that an image's agent must speak, as its item {@code agent} says. */
    public static final int AGENT_VERSION = AgentOrders.VERSION;

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotStore.class);
    private static final String MAKING = ".making-";
    private static final int KEY_DIGITS = 16;
    private static final long MIB = 1L << 20;

    /** The boot that is saved needs as long as any, and its end is not waited for. */
    private static final Limits LIMITS =
            new Limits(Duration.ofSeconds(60), Duration.ofSeconds(20), Duration.ofSeconds(30));

    private final Savers savers;
    private final String qemuVersion;
    private final Ticker ticker;

    /**
     * Make a store.
     *
     * @param qemuVersion {@link Accelerators#qemuVersion()}
     * @param ticker measures how long making takes
     */
    public SnapshotStore(QemuMachines machines, String qemuVersion, Ticker ticker) {
        this((Savers) machines, qemuVersion, ticker);
    }

    SnapshotStore(Savers savers, String qemuVersion, Ticker ticker) {
        this.savers = savers;
        this.qemuVersion = qemuVersion;
        this.ticker = ticker;
    }

    /** Say how many slots for disks and NICs a machine would need that a resumed one doesn't have; 0 if it fits. */
    public static int missingSlots(MachineSpec spec) {
        return Math.max(0, Slots.needed(spec) - Slots.COUNT);
    }

    /**
     * Return the snapshot, made now unless a whole one is there.
     *
     * @param listener told what is done
     * @throws MachineException when there is none and none can be made; nothing is left behind
     */
    @SuppressWarnings("try") // the lock is held, not used
    public Snapshot obtain(SnapshotRequest request, SnapshotListener listener) throws MachineException {
        String key = SnapshotKey.of(request, qemuVersion);
        String name = request.shape(qemuVersion) + key.substring(0, KEY_DIGITS);
        Path place = request.directory().resolve(name);
        Path lock = request.directory().resolve("." + request.shape(qemuVersion) + "lock");
        try (LockFile.Held unused = LockFile.of(lock)
                .exclusive(() -> listener.notice("waiting for another run that makes the same snapshot"))) {
            if (Files.exists(place)) {
                Optional<String> damage = SnapshotFile.damage(place, key);
                if (damage.isEmpty()) {
                    return new Snapshot(key, place);
                }
                listener.notice("warning: the snapshot " + place + " is damaged and made again: " + damage.get());
                SnapshotFile.delete(place);
            }
            make(request, key, place, listener);
            return new Snapshot(key, place);
        } catch (IOException failure) {
            throw new MachineException("the snapshot " + place + " cannot be read or made", failure);
        }
    }

    /**
     * Hear that the agent of a machine was silent on a host that had time for it. If that is so twice in a row, also in two
     * runs, the snapshot is removed.
     *
     * @return whether it is removed
     */
    public boolean silent(Snapshot snapshot) {
        try {
            if (!SnapshotFile.noteSilence(snapshot.directory())) {
                return false;
            }
        } catch (IOException failure) {
            LOG.debug("the silence of an agent cannot be noted at {}", snapshot.directory(), failure);
            return false;
        }
        discard(snapshot);
        return true;
    }

    /** Hear that the agent of a machine has answered. */
    public void answered(Snapshot snapshot) {
        try {
            SnapshotFile.noteAnswer(snapshot.directory());
        } catch (IOException failure) {
            LOG.debug("the answer of an agent cannot be noted at {}", snapshot.directory(), failure);
        }
    }

    /** Remove a snapshot that QEMU has refused, so that the next one who asks makes it anew. */
    public void discard(Snapshot snapshot) {
        try {
            SnapshotFile.delete(snapshot.directory());
        } catch (IOException failure) {
            LOG.warn(
                    "the snapshot {} cannot be removed: {}",
                    snapshot.directory(),
                    PlainTrouble.of(failure, snapshot.directory()));
        }
    }

    private void make(SnapshotRequest request, String key, Path place, SnapshotListener listener)
            throws MachineException, IOException {
        Path directory = request.directory();
        long room = FreeSpace.OF_HOST.bytes(directory);
        if (room < request.spec().memory() * MIB) {
            throw new MachineException("no room for a snapshot in " + directory + ": " + room / MIB
                    + " MiB are free and it may take " + request.spec().memory());
        }
        listener.notice("making the snapshot " + place.getFileName() + " to resume from");
        try (TemporaryDirectory work = TemporaryDirectory.create(directory, MAKING)) {
            Path unfinished = Files.createDirectory(work.path().resolve("snapshot"));
            long began = ticker.nanos();
            save(request, work.path(), unfinished);
            listener.made(Duration.ofNanos(ticker.nanos() - began));
            SnapshotFile.describe(unfinished, key);
            Files.move(unfinished, place, StandardCopyOption.ATOMIC_MOVE);
        }
        for (Path old : replaced(directory, request.shape(qemuVersion), place)) {
            SnapshotFile.delete(old);
        }
    }

    /** Why a machine could not be saved is often in what its guest said last. */
    private void save(SnapshotRequest request, Path work, Path unfinished) throws MachineException, IOException {
        AtomicReference<@Nullable String> last = new AtomicReference<>();
        ConsoleListener listener = line -> {
            if (!line.text().isBlank()) {
                last.set(line.text().strip());
            }
        };
        try {
            savers.save(machine(request, work, listener), Snapshot.stateIn(unfinished));
        } catch (MachineException failure) {
            String said = last.get();
            throw said == null
                    ? failure
                    : new MachineException(failure.getMessage() + "; its console ends with: " + said, failure);
        }
    }

    private static MachineRequest machine(SnapshotRequest request, Path work, ConsoleListener listener)
            throws MachineException {
        FirmwareFiles firmware = request.firmware();
        Path variables = work.resolve("variables.fd");
        if (firmware != null) {
            firmware.createVariables(variables);
        }
        MachineSpec bare = new MachineSpec(
                request.spec().cpus(), request.spec().memory(), request.spec().firmware(), List.of(), List.of());
        return new MachineRequest(
                bare,
                new Boot(
                        request.kernel(),
                        request.drives(),
                        firmware == null ? null : variables,
                        new Boot.Way.UntilReady()),
                request.accelerator(),
                MachineFiles.in(work, firmware == null ? null : firmware.code()),
                LIMITS,
                Dialogue.listening(listener));
    }

    private static List<Path> replaced(Path directory, String shape, Path place) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(entry -> entry.getFileName().toString().startsWith(shape) && !entry.equals(place))
                    .toList();
        }
    }
}
