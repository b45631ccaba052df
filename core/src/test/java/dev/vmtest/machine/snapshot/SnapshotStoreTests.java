package dev.vmtest.machine.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vmtest.machine.Accelerator;
import dev.vmtest.machine.Boot;
import dev.vmtest.machine.ConsoleLine;
import dev.vmtest.machine.DiskDriver;
import dev.vmtest.machine.DiskSpec;
import dev.vmtest.machine.Firmware;
import dev.vmtest.machine.MachineException;
import dev.vmtest.machine.MachineSpec;
import dev.vmtest.machine.NicSpec;
import dev.vmtest.machine.ProcessorShare;
import dev.vmtest.machine.Snapshot;
import dev.vmtest.machine.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SnapshotStoreTests {

    @TempDir
    Path directory;

    private final AtomicInteger saved = new AtomicInteger();
    private final List<String> notices = new ArrayList<>();

    @Test
    void makesASnapshotOnce() throws Exception {
        Snapshot first = store("7.2").obtain(request(2048), notices::add);
        Snapshot second = store("7.2").obtain(request(2048), notices::add);

        assertThat(second).isEqualTo(first);
        assertThat(saved).hasValue(1);
        assertThat(first.state()).hasContent("state 1");
        assertThat(notices).singleElement().asString().startsWith("making the snapshot bios-1cpu-2048M-tcg-");
    }

    @Test
    void saysHowLongAMachineRanToBeSaved() throws Exception {
        List<Duration> made = new ArrayList<>();
        SnapshotListener listener = new SnapshotListener() {
            @Override
            public void notice(String text) {}

            @Override
            public void made(Duration time) {
                made.add(time);
            }
        };

        store("7.2").obtain(request(2048), listener);
        store("7.2").obtain(request(2048), listener);

        assertThat(made).singleElement().satisfies(time -> assertThat(time).isPositive());
    }

    @Test
    void keepsThoseOfTwoQemusSideBySide() throws Exception {
        Snapshot first = store("7.2.22 (Debian)").obtain(request(2048), notices::add);
        Snapshot second = store("10.0.2 (Debian)").obtain(request(2048), notices::add);

        assertThat(store("7.2.22 (Debian)").obtain(request(2048), notices::add)).isEqualTo(first);
        assertThat(store("10.0.2 (Debian)").obtain(request(2048), notices::add)).isEqualTo(second);
        assertThat(saved).hasValue(2);
    }

    @Test
    void makesItAgainForAnUpdateOfQemuAndRemovesTheOld() throws Exception {
        Snapshot first = store("7.2.22 (Debian)").obtain(request(2048), notices::add);
        Snapshot second = store("7.2.23 (Debian)").obtain(request(2048), notices::add);

        assertThat(second.key()).isNotEqualTo(first.key());
        assertThat(first.directory()).doesNotExist();
        assertThat(second.directory()).exists();
    }

    @Test
    void keepsThoseOfOtherMachines() throws Exception {
        Snapshot small = store("7.2").obtain(request(1024), notices::add);
        Snapshot large = store("7.2").obtain(request(2048), notices::add);

        assertThat(small.key()).isNotEqualTo(large.key());
        assertThat(small.directory()).exists();
    }

    @Test
    void doesNotDependOnDisksAndNics() throws Exception {
        SnapshotRequest bare = request(2048);
        SnapshotRequest full = new SnapshotRequest(
                new MachineSpec(
                        1,
                        2048,
                        Firmware.BIOS,
                        List.of(new DiskSpec("a", 1 << 20, DiskDriver.NVME, "a", null, 512, 512, 1)),
                        List.of(new NicSpec("52:54:00:12:34:01", NicSpec.USER))),
                bare.kernel(),
                bare.drives(),
                bare.image(),
                bare.accelerator(),
                null,
                directory);

        assertThat(store("7.2").obtain(full, notices::add))
                .isEqualTo(store("7.2").obtain(bare, notices::add));
    }

    @Test
    void replacesOneThatWasCutOff() throws Exception {
        Snapshot first = store("7.2").obtain(request(2048), notices::add);
        Files.writeString(first.state(), "sta");

        Snapshot second = store("7.2").obtain(request(2048), notices::add);

        assertThat(second.state()).hasContent("state 2");
        assertThat(notices)
                .anySatisfy(notice -> assertThat(notice)
                        .startsWith("warning: the snapshot ")
                        .endsWith("its state has 3 bytes, not 7"));
    }

    @Test
    void replacesOneOfWhichAByteHasChanged() throws Exception {
        Snapshot first = store("7.2").obtain(request(2048), notices::add);
        Files.writeString(first.state(), "S", StandardOpenOption.WRITE);

        Snapshot second = store("7.2").obtain(request(2048), notices::add);

        assertThat(second.state()).hasContent("state 2");
        assertThat(notices).anyMatch(notice -> notice.contains("its state is not what was written"));
    }

    @Test
    void keepsOneThatThisHostCannotReadNow() throws Exception {
        Snapshot first = store("7.2").obtain(request(2048), notices::add);
        Path away = Files.move(first.state(), directory.resolve("away"));
        // A circle of links, which nobody can open; not even root, whom permissions do not stop.
        Files.createSymbolicLink(first.state(), first.state());

        assertThatThrownBy(() -> store("7.2").obtain(request(2048), notices::add))
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("the snapshot " + first.directory() + " cannot be read or made: ");
        Files.delete(first.state());
        Files.move(away, first.state());

        assertThat(store("7.2").obtain(request(2048), notices::add)).isEqualTo(first);
        assertThat(saved).hasValue(1);
    }

    @Test
    void leavesNothingWhenTheMachineCannotBeSaved() {
        SnapshotStore store = new SnapshotStore(
                (machine, state) -> {
                    write(state, "half of i");
                    throw new MachineException("migrate of a machine's state ended: failed");
                },
                "7.2",
                Ticker.SYSTEM);

        assertThatThrownBy(() -> store.obtain(request(2048), notices::add))
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("ended: failed");
        assertThat(visible()).isEmpty();
    }

    @Test
    void saysWhatAGuestThatEndedSaidLast() {
        SnapshotStore store = new SnapshotStore(
                (machine, state) -> {
                    for (String text : List.of("[ 2.1] Kernel panic - not syncing: No working init found.", " ")) {
                        machine.dialogue().listener().line(new ConsoleLine(Duration.ZERO, 1, text, List.of()));
                    }
                    throw new MachineException("QEMU ended before the machine's agent answered");
                },
                "7.2",
                Ticker.SYSTEM);

        assertThatThrownBy(() -> store.obtain(request(2048), notices::add))
                .hasMessageContaining("agent answered; its console ends with: [ 2.1] Kernel panic - not syncing");
    }

    @Test
    void letsOthersWaitForTheOneWhoMakesIt() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        SnapshotStore slow = new SnapshotStore(
                (machine, state) -> {
                    saved.incrementAndGet();
                    awaitQuietly(waiting);
                    write(state, "state");
                },
                "7.2",
                Ticker.SYSTEM);
        CompletableFuture<Snapshot> first = CompletableFuture.supplyAsync(() -> obtain(slow, notice -> {}));
        while (saved.get() == 0 && !first.isDone()) {
            Thread.onSpinWait();
        }
        Snapshot second = obtain(slow, notice -> waiting.countDown());

        assertThat(second).isEqualTo(first.join());
        assertThat(saved).hasValue(1);
    }

    @Test
    void removesOneWhoseAgentIsSilentTwiceInARow() throws Exception {
        Snapshot snapshot = store("7.2").obtain(request(2048), notices::add);

        assertThat(store("7.2").silent(snapshot)).isFalse();
        store("7.2").answered(snapshot);
        assertThat(store("7.2").silent(snapshot)).isFalse();
        assertThat(store("7.2").obtain(request(2048), notices::add)).isEqualTo(snapshot);
        assertThat(snapshot.directory()).exists();

        assertThat(store("7.2").silent(snapshot)).isTrue();
        assertThat(snapshot.directory()).doesNotExist();
    }

    @Test
    void onlyAHostThatHadTimeIsQuiet() {
        Duration span = Duration.ofSeconds(15);

        assertThat(new ProcessorShare(span, Duration.ofSeconds(1), Duration.ofMillis(1400)).isQuiet())
                .isTrue();
        assertThat(new ProcessorShare(span, Duration.ofSeconds(14), Duration.ofMillis(1500)).isQuiet())
                .isFalse();
        assertThat(new ProcessorShare(Duration.ZERO, Duration.ZERO, Duration.ZERO).isQuiet())
                .isFalse();
    }

    @Test
    void discardsWhatDidNotWork() throws Exception {
        Snapshot snapshot = store("7.2").obtain(request(2048), notices::add);

        store("7.2").discard(snapshot);

        assertThat(visible()).isEmpty();
    }

    private List<Path> visible() {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(entry -> !entry.getFileName().toString().endsWith("lock"))
                    .toList();
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private Snapshot obtain(SnapshotStore store, SnapshotListener listener) {
        try {
            return store.obtain(request(2048), listener);
        } catch (MachineException failure) {
            throw new AssertionError(failure);
        }
    }

    private SnapshotStore store(String qemuVersion) {
        return new SnapshotStore(
                (machine, state) -> write(state, "state " + saved.incrementAndGet()), qemuVersion, Ticker.SYSTEM);
    }

    private SnapshotRequest request(int memory) {
        return new SnapshotRequest(
                new MachineSpec(1, memory, Firmware.BIOS, List.of(), List.of()),
                new Boot.DirectKernel(Path.of("/k"), Path.of("/i"), List.of("vmtest.snapshot")),
                List.of(new Boot.Drive(Path.of("/s"), "boot-disk", Boot.Drive.Kind.READ_ONLY)),
                "fingerprint",
                Accelerator.tcg("test"),
                null,
                directory);
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
