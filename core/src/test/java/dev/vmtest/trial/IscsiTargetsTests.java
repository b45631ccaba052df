package dev.vmtest.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vmtest.config.ConfigText;
import dev.vmtest.config.Problems;
import dev.vmtest.installconfig.MachineNeeds;
import dev.vmtest.iscsi.GuestDoor;
import dev.vmtest.iscsi.IscsiAccount;
import dev.vmtest.iscsi.IscsiException;
import dev.vmtest.iscsi.IscsiServer;
import dev.vmtest.iscsi.IscsiTarget;
import dev.vmtest.machine.GuestForward;
import dev.vmtest.process.SupervisedProcesses;
import dev.vmtest.secret.Secret;
import dev.vmtest.storage.Disk;
import dev.vmtest.testcase.ConfigSource;
import dev.vmtest.testcase.SampleDefaults;
import dev.vmtest.testcase.TestCase;
import dev.vmtest.testcase.TestCases;
import dev.vmtest.testcase.TestDefinition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Serve the disks of tests with a server that only remembers. */
class IscsiTargetsTests {

    private static final String YAML = """
            vmtest: {disks: [{id: far, size: 5G, auth: 'user:passw0rd', iauth: 'iuser:ipassw0rd'}]}
            storage:
              version: 1
              config:
              - {id: d, type: disk, serial: a, ptable: msdos}
              - {id: p, type: partition, device: d, size: 3G}
              - {id: f, type: format, fstype: ext4, volume: p}
              - {id: m, type: mount, device: f, path: /}
              - {id: far, type: disk, path: 'iscsi:__RFC4173__'}
              - {id: Other_1, type: disk, path: 'iscsi:__RFC4173__'}
              - {id: known, type: disk, path: 'iscsi:10.0.0.1:6:3260:1:known'}
            """;

    @TempDir
    Path directory;

    private final SupervisedProcesses processes = new SupervisedProcesses();
    private final Remembering server = new Remembering();

    private static final class Remembering implements IscsiServer {

        @Override
        public Optional<GuestDoor> door() {
            return Optional.ofNullable(door);
        }

        private final List<IscsiTarget> targets = new ArrayList<>();
        private @Nullable GuestDoor door;
        private boolean refuses;
        private boolean closed;

        @Override
        public int port() {
            return 40001;
        }

        @Override
        public String hostFromGuest() {
            return "10.0.2.2";
        }

        @Override
        public void add(IscsiTarget target) throws IscsiException {
            if (refuses) {
                throw new IscsiException("refused");
            }
            targets.add(target);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @AfterEach
    void end() {
        processes.close();
    }

    private static TestCase test(String yaml) {
        Problems problems = new Problems();
        List<TestCase> cases = new TestCases(SampleDefaults.BUILTIN)
                .of(
                        TestDefinition.ofConfig("Far", new ConfigSource("far.yaml", yaml), List.of("bookworm")),
                        List.of("bookworm"),
                        problems);
        problems.throwIfAny();
        return cases.get(0);
    }

    private IscsiTargets targets(TestCase test) throws Exception {
        return new IscsiTargets(
                (log, discovers) -> server, processes, test, Workspace.create(directory.resolve("Far-bookworm")));
    }

    @Test
    void aServerInANetworkOfItsOwnAnswersInTheMachinesFirstUserNetwork() throws Exception {
        server.door = new GuestDoor("10.0.2.100", 3260, List.of("bash", "/tmp/door"));
        TestCase served = targets(test(YAML)).serve();
        assertThat(served.machine().nics().get(0).forwards())
                .containsExactly(new GuestForward("10.0.2.100", 3260, List.of("bash", "/tmp/door")));
    }

    @Test
    void eachBootOfATestHasWhatAnswersForItsServer() throws Exception {
        server.door = new GuestDoor("10.0.2.100", 3260, List.of("bash", "/tmp/door"));
        PlayedRun played = new PlayedRun(directory);
        played.yaml = YAML;
        played.iscsi = (log, discovers) -> server;
        var unused = played.run();
        assertThat(played.guest.machines())
                .isNotEmpty()
                .allSatisfy(
                        machine -> assertThat(machine.nics().get(0).forwards()).hasSize(1));
    }

    @Test
    void aServerThatGuestsReachNeedsNothingThatAnswersForIt() throws Exception {
        TestCase served = targets(test(YAML)).serve();
        assertThat(served.machine().nics())
                .isNotEmpty()
                .allMatch(nic -> nic.forwards().isEmpty());
    }

    @Test
    void servesEachDiskAndTellsInstallerAndChecksWhere() throws Exception {
        TestCase served;
        try (IscsiTargets targets = targets(test(YAML))) {
            served = targets.serve();
        }

        Path far = directory.resolve("Far-bookworm/disks/iscsi-far.img");
        Path other = directory.resolve("Far-bookworm/disks/iscsi-Other_1.img");
        assertThat(server.targets)
                .containsExactly(
                        new IscsiTarget(
                                "iqn.2024-01.dev.vmtest:far-bookworm.far",
                                far,
                                new IscsiAccount("user", new Secret("passw0rd")),
                                new IscsiAccount("iuser", new Secret("ipassw0rd"))),
                        new IscsiTarget("iqn.2024-01.dev.vmtest:far-bookworm.other-1", other, null, null));
        assertThat(Files.size(far)).isEqualTo(5L << 30);
        List<String> paths = List.of(
                "iscsi:user:passw0rd:iuser:ipassw0rd@10.0.2.2:6:40001:1:iqn.2024-01.dev.vmtest:far-bookworm.far",
                "iscsi:10.0.2.2:6:40001:1:iqn.2024-01.dev.vmtest:far-bookworm.other-1",
                "iscsi:10.0.0.1:6:3260:1:known");
        assertThat(served.config().effectiveStorage(false).all(Disk.class))
                .extracting(Disk::path)
                .containsAll(paths)
                .doesNotContain("iscsi:__RFC4173__");
        assertThat(ConfigText.yaml(served.merged())).contains(paths).doesNotContain("__RFC4173__");
        assertThat(directory.resolve("Far-bookworm/logs/iscsi.txt"))
                .content()
                .contains("far is unit 1 of iqn.2024-01.dev.vmtest:far-bookworm.far at 10.0.2.2:40001")
                .doesNotContain("passw0rd");
        assertThat(server.closed).isTrue();
        assertThat(MachineNeeds.of(served.config()).disks())
                .isEqualTo(MachineNeeds.of(test(YAML).config()).disks());
    }

    @Test
    void startsNothingForATestWithoutIscsiDisks() throws Exception {
        TestCase test = test(YAML.replace("iscsi:__RFC4173__", "iscsi:10.0.0.2:6:3260:1:x")
                .replace(
                        "'iscsi:10.0.0.2:6:3260:1:x'}\n  - {id: Other_1",
                        "'iscsi:10.0.0.2:6:3260:2:x'}\n  - {id: Other_1")
                .replaceFirst("vmtest:.*\n", ""));
        try (IscsiTargets targets = new IscsiTargets(
                (log, discovers) -> {
                    throw new IscsiException("started");
                },
                processes,
                test,
                Workspace.create(directory.resolve("Far-bookworm")))) {
            assertThat(targets.serve()).isSameAs(test);
        }
    }

    @Test
    void refusesALayoutThatDoesNotFitOnAnIscsiDisk() {
        assertThatThrownBy(() -> test(YAML.replace(
                        "path: 'iscsi:__RFC4173__'}\n  - {id: Other",
                        "ptable: gpt, path: 'iscsi:__RFC4173__'}\n"
                                + "  - {id: big, type: partition, device: far, size: 6G}\n  - {id: Other")))
                .hasMessageContaining("partition 'big' does not fit");
    }

    @Test
    void endsTheServerOfATargetThatIsRefused() throws Exception {
        server.refuses = true;
        try (IscsiTargets targets = targets(test(YAML))) {
            assertThatThrownBy(targets::serve).isInstanceOf(IscsiException.class);
        }

        assertThat(server.closed).isTrue();
    }
}
