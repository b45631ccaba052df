package dev.vmtest.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.config.Problems;
import dev.vmtest.image.ImageFile;
import dev.vmtest.image.InstallImage;
import dev.vmtest.installer.builtin.BuiltinChoice;
import dev.vmtest.installer.curtin.CurtinChoice;
import dev.vmtest.knownissues.KnownIssues;
import dev.vmtest.machine.Accelerator;
import dev.vmtest.machine.AgentSilentException;
import dev.vmtest.machine.MachineException;
import dev.vmtest.machine.Snapshot;
import dev.vmtest.machine.SnapshotRefusedException;
import dev.vmtest.machine.snapshot.SnapshotListener;
import dev.vmtest.machine.snapshot.SnapshotRequest;
import dev.vmtest.testcase.ConfigSource;
import dev.vmtest.testcase.Fidelity;
import dev.vmtest.testcase.SampleDefaults;
import dev.vmtest.testcase.TestCase;
import dev.vmtest.testcase.TestCases;
import dev.vmtest.testcase.TestDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ResumptionTests {

    @TempDir
    Path directory;

    private final FakeStore store = new FakeStore();

    @Test
    void resumesWhatNothingStandsAgainst() throws Exception {
        InstallStart start = decide(Fidelity.RESUME, "{}", image("1"));

        assertThat(start).isInstanceOf(InstallStart.Resumed.class);
        assertThat(start.text()).isEqualTo("resume");
        assertThat(store.requests)
                .singleElement()
                .satisfies(request -> assertThat(request.kernel().commandLine()).contains("vmtest.snapshot"));
    }

    @Test
    void bootsWhenAskedTo() throws Exception {
        assertThat(decide(Fidelity.FULL, "{}", image("1")).text()).isEqualTo("full: asked for");
        assertThat(store.requests).isEmpty();
    }

    @Test
    void repeatsATestTheSameWay() {
        TestDefinition definition =
                TestDefinition.ofConfig("Example", new ConfigSource("example.yaml", "{}"), List.of("bookworm"));
        TestCases.Defaults full = SampleDefaults.of(BuiltinChoice.CHOICE, KnownIssues.NONE, Fidelity.FULL);

        assertThat(new TestCases(full).of(definition, List.of("bookworm"), new Problems()))
                .singleElement()
                .satisfies(test -> assertThat(test.reproduce())
                        .isEqualTo("vmtest run " + here("example.yaml") + " --release bookworm --fidelity full"));
        assertThat(test("{}").reproduce()).isEqualTo("vmtest run " + here("example.yaml") + " --release bookworm");
    }

    private static String here(String file) {
        return Path.of(file).toAbsolutePath().toString();
    }

    @Test
    void bootsForKernelArguments() throws Exception {
        assertThat(decide(Fidelity.RESUME, "vmtest: {kernel_arguments: quiet foo=1}\n", image("1"))
                        .text())
                .isEqualTo("full: the test adds kernel arguments: quiet foo=1");
    }

    @Test
    void bootsForNamesThatDependOnTheOrderOfDisks() throws Exception {
        assertThat(decide(Fidelity.RESUME, "late_commands: {a: [blockdev, --getsz, /dev/vdb1]}\n", image("1"))
                        .text())
                .isEqualTo("full: the configuration names /dev/vdb1, which depends on the order of the disks");
    }

    @Test
    void bootsForNamesWithoutADirectory() throws Exception {
        TestDefinition definition = TestDefinition.ofConfig(
                "Example", new ConfigSource("example.yaml", "block-meta: {devices: [vda]}\n"), List.of("bookworm"));
        TestCases.Defaults curtin = SampleDefaults.of(new CurtinChoice("curtin"), KnownIssues.NONE, Fidelity.RESUME);
        TestCase test = new TestCases(curtin)
                .of(definition, List.of("bookworm"), new Problems())
                .get(0);
        Resumption resumption = new Resumption(store, unused -> directory);

        assertThat(resumption
                        .decide(test, image("1"), Accelerator.tcg("test"), notice -> {})
                        .text())
                .isEqualTo("full: the configuration names vda, which depends on the order of the disks");
    }

    @Test
    void bootsForNamesOfSlots() throws Exception {
        String yaml = "late_commands: {a: [blkid, /dev/disk/by-path/pci-0000:00:05.0]}\n";
        assertThat(decide(Fidelity.RESUME, yaml, image("1")).text())
                .isEqualTo("full: the configuration names /dev/disk/by-path/pci-0000:00:05.0,"
                        + " which depends on the order of the disks");
    }

    @Test
    void bootsAnImageWithoutAgent() throws Exception {
        assertThat(decide(Fidelity.RESUME, "{}", image(null)).text()).startsWith("full: the image ");
        assertThat(decide(Fidelity.RESUME, "{}", image("999")).text()).startsWith("full: the image ");
    }

    @Test
    void bootsWhenNoSnapshotCanBeMadeAndDoesNotTryAgain() throws Exception {
        store.failure = "no room";
        Resumption resumption = new Resumption(store, image -> directory);
        InstallImage image = image("1");

        assertThat(decide(resumption, "{}", image).text())
                .isEqualTo("full instead of resume: there is no snapshot: no room");
        assertThat(decide(resumption, "{}", image).text())
                .isEqualTo("full instead of resume: there is no snapshot: no room");
        assertThat(store.requests).hasSize(1);
    }

    @Test
    @Timeout(30)
    void aTestThatWaitedForASnapshotDoesNotTryWhatFailedMeanwhile() throws Exception {
        CountDownLatch making = new CountDownLatch(1);
        CountDownLatch waiting = new CountDownLatch(1);
        store.failure = "no agent";
        store.making = () -> {
            making.countDown();
            awaitQuietly(waiting);
        };
        Resumption resumption = new Resumption(store, image -> directory);
        InstallImage image = image("1");
        CompletableFuture<InstallStart> first = CompletableFuture.supplyAsync(() -> decide(resumption, "{}", image));
        making.await();

        InstallStart second =
                resumption.decide(test("{}"), image, Accelerator.tcg("test"), notice -> waiting.countDown());

        assertThat(second.text()).isEqualTo("full instead of resume: there is no snapshot: no agent");
        assertThat(first.get()).isEqualTo(second);
        assertThat(store.requests).hasSize(1);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void bootsAfterAResumptionFailedAndKeepsTheSnapshot() throws Exception {
        Resumption resumption = new Resumption(store, image -> directory);
        InstallImage image = image("1");
        TestCase test = test("{}");
        InstallStart.Resumed resumed =
                (InstallStart.Resumed) resumption.decide(test, image, Accelerator.tcg("test"), notice -> {});

        InstallStart.Full instead =
                resumption.failed(test, image, new ResumeFailure(resumed.snapshot(), "it said nothing"));

        assertThat(instead.text()).isEqualTo("full instead of resume: resuming failed: it said nothing");
        assertThat(store.discarded).isEmpty();
        assertThat(decide(resumption, "{}", image)).isEqualTo(instead);
    }

    @Test
    void discardsASnapshotThatQemuRefusesAndNoOther() throws Exception {
        Snapshot snapshot = new Snapshot("key", directory);
        Resumption resumption = new Resumption(store, image -> directory);

        resumption.failed(
                test("{}"), image("1"), new ResumeFailure(snapshot, new MachineException("QEMU cannot be started")));
        assertThat(store.discarded).isEmpty();

        resumption.failed(
                test("{}"), image("1"), new ResumeFailure(snapshot, new SnapshotRefusedException("a wrong state")));
        assertThat(store.discarded).containsExactly(snapshot);
    }

    @Test
    void throwsASnapshotAwayWhoseAgentIsSilentTwiceInARow() throws Exception {
        Snapshot snapshot = new Snapshot("key", directory);
        TestCase test = test("{}");
        InstallImage image = image("1");
        ResumeFailure silent = new ResumeFailure(snapshot, new AgentSilentException("it said nothing"));

        InstallStart.Full first = new Resumption(store, unused -> directory).failed(test, image, silent);
        store.isSilentAgain = true;
        InstallStart.Full busy = new Resumption(store, unused -> directory)
                .failed(test, image, new ResumeFailure(snapshot, new MachineException("it said nothing")));
        InstallStart.Full second = new Resumption(store, unused -> directory).failed(test, image, silent);

        assertThat(first.text()).doesNotContain("thrown away");
        assertThat(busy.text()).doesNotContain("thrown away");
        assertThat(second.text())
                .isEqualTo("full instead of resume: resuming failed: it said nothing, as the time before, so the"
                        + " snapshot is thrown away and the next run makes it anew");
    }

    private InstallStart decide(Fidelity fidelity, String yaml, InstallImage image) {
        return switch (fidelity) {
            case FULL, FULL_HTTP -> decide(Resumption.never(), yaml, image);
            case RESUME -> decide(new Resumption(store, unused -> directory), yaml, image);
        };
    }

    private static InstallStart decide(Resumption resumption, String yaml, InstallImage image) {
        return resumption.decide(test(yaml), image, Accelerator.tcg("test"), notice -> {});
    }

    private static TestCase test(String yaml) {
        Problems problems = new Problems();
        TestDefinition definition =
                TestDefinition.ofConfig("Example", new ConfigSource("example.yaml", yaml), List.of("bookworm"));
        List<TestCase> cases = new TestCases(SampleDefaults.BUILTIN).of(definition, List.of("bookworm"), problems);
        problems.throwIfAny();
        return cases.get(0);
    }

    private InstallImage image(@Nullable String agent) throws IOException {
        List<ImageFile> files = new ArrayList<>();
        for (String ftype : List.of("boot-kernel", "boot-initrd", "squashfs")) {
            files.add(new ImageFile(ftype, directory.resolve(ftype), 1, "sha-of-" + ftype));
        }
        if (agent != null) {
            Path file = Files.writeString(directory.resolve("agent"), agent + "\n");
            files.add(new ImageFile("agent", file, 2, "sha-of-agent"));
        }
        return new InstallImage("debian", "bookworm", "amd64", "generic", "20261122", "inputs", files);
    }

    /** Keep nothing, but remember what was asked for. */
    private final class FakeStore implements Resumption.Store {

        private final List<SnapshotRequest> requests = new ArrayList<>();
        private final List<Snapshot> discarded = new ArrayList<>();
        private String failure = "";
        private boolean isSilentAgain;
        private Runnable making = () -> {};

        @Override
        public Snapshot obtain(SnapshotRequest request, SnapshotListener listener) throws MachineException {
            requests.add(request);
            making.run();
            if (!failure.isEmpty()) {
                throw new MachineException(failure);
            }
            return new Snapshot("key", directory);
        }

        @Override
        public void discard(Snapshot snapshot) {
            discarded.add(snapshot);
        }

        @Override
        public boolean silent(Snapshot snapshot) {
            return isSilentAgain;
        }

        @Override
        public void answered(Snapshot snapshot) {}
    }
}
