package dev.vmtest.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.config.Problems;
import dev.vmtest.iscsi.IscsiServer;
import dev.vmtest.iscsi.SharedTgt;
import dev.vmtest.iscsi.TgtServer;
import dev.vmtest.process.Command;
import dev.vmtest.process.Completed;
import dev.vmtest.process.Processes;
import dev.vmtest.process.Running;
import dev.vmtest.process.SupervisedProcesses;
import dev.vmtest.settings.Settings;
import dev.vmtest.testcase.ConfigSource;
import dev.vmtest.testcase.TestCase;
import dev.vmtest.testcase.TestCases;
import dev.vmtest.testcase.TestDefinition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IscsiOfRunTests {

    private static final String ISCSI = """
            vmtest:
              nics: [{mac: '52:54:00:12:34:00', bridge: %s}]
            storage:
              version: 1
              config:
                - {id: main, type: disk, serial: main, ptable: msdos, grub_device: true}
                - {id: part, type: partition, device: main, size: 3G, flag: boot}
                - {id: root, type: format, fstype: ext4, volume: part}
                - {id: mount, type: mount, device: root, path: /}
                - {id: far, type: disk, path: 'iscsi:__RFC4173__', ptable: msdos}
            """;

    @TempDir
    Path directory;

    private final SupervisedProcesses processes = new SupervisedProcesses();
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void installTgt() throws Exception {
        Path programs = Files.createDirectory(directory.resolve("bin"));
        for (String program : List.of("tgtd", "tgtadm")) {
            assertThat(Files.createFile(programs.resolve(program)).toFile().setExecutable(true))
                    .isTrue();
        }
        environment.put("PATH", programs.toString());
        environment.put("TMPDIR", directory.toString());
    }

    @AfterEach
    void end() {
        processes.close();
    }

    private IscsiOfRun iscsi() {
        return iscsi(processes);
    }

    private IscsiOfRun iscsi(Processes host) {
        return new IscsiOfRun(Settings.read(environment), environment, host);
    }

    private List<String> obstacles(String installer, String config) {
        return obstacles(installer, config, processes);
    }

    private List<String> obstacles(String installer, String config, Processes host) {
        Problems problems = new Problems();
        List<TestCase> tests = new TestCases(TestDefaults.of(new SessionOptions(installer), Settings.read(environment)))
                .of(
                        TestDefinition.ofConfig("Far", new ConfigSource("far.yaml", config), List.of("bookworm")),
                        List.of("bookworm"),
                        problems);
        problems.throwIfAny();
        return iscsi(host).obstacles(tests);
    }

    @Test
    void aServerOfTheRunServesTheBuiltInInstallerOnUserNetworking() {
        assertThat(obstacles("builtin", ISCSI.formatted("user"))).isEmpty();
    }

    @Test
    void whoDoesNotReachTheLoopbackAddressNeedsAnotherServer() {
        assertThat(obstacles("curtin=curtin", ISCSI.formatted("user"), new Host(1)))
                .singleElement()
                .asString()
                .startsWith("Far has iSCSI disks, and curtin discovers targets")
                .contains("(unshare: Operation not permitted)")
                .contains("vmtest iscsi DIRECTORY ADDRESS");
        assertThat(obstacles("builtin", ISCSI.formatted("br0")))
                .singleElement()
                .asString()
                .startsWith("Far has iSCSI disks and a bridge")
                .contains("vmtest iscsi DIRECTORY ADDRESS");

        environment.put("CURTIN_VMTEST_ISCSI_PORTAL", "192.0.2.1:3260");
        assertThat(obstacles("curtin=curtin", ISCSI.formatted("br0"))).isEmpty();
    }

    @Test
    void whoDiscoversTargetsGetsAServerInANetworkOfItsOwn() {
        assertThat(obstacles("curtin=curtin", ISCSI.formatted("user"), new Host(0)))
                .isEmpty();
    }

    @Test
    void onlyATestThatHasIscsiDisksNeedsTheirPrograms() throws Exception {
        Files.delete(directory.resolve("bin/tgtd"));

        assertThat(obstacles("builtin", "{}")).isEmpty();
        assertThat(obstacles("builtin", ISCSI.formatted("user")))
                .containsExactly("the program tgtd is not installed, which Far needs for its iSCSI disks; install it"
                        + " with 'apt-get install tgt'");
    }

    @Test
    void theEnvironmentSaysWhichServerIsUsed() throws Exception {
        environment.put("PATH", System.getenv("PATH"));
        try (IscsiServer own = iscsi().start(directory.resolve("log"), false)) {
            assertThat(own).isInstanceOf(TgtServer.class);
        }
        environment.put("CURTIN_VMTEST_ISCSI_PORTAL", "192.0.2.1:3261");
        IscsiServer shared = iscsi().start(directory.resolve("log"), false);
        assertThat(shared).isInstanceOf(SharedTgt.class);
        assertThat(shared.port()).isEqualTo(3261);
        assertThat(shared.hostFromGuest()).isEqualTo("192.0.2.1");
    }

    /** Answers each command as a host does that gives users networks of their own, or does not. */
    private record Host(int exitStatus) implements Processes {

        @Override
        public Completed run(Command command, Duration timeout) {
            assertThat(command.program()).isEqualTo("unshare");
            return new Completed(command, exitStatus, "", "unshare: Operation not permitted\n", Duration.ZERO);
        }

        @Override
        public Running start(Command command, Path output) {
            throw new IllegalStateException("nothing is started here");
        }

        @Override
        public Running startInteractive(Command command) {
            throw new IllegalStateException("nothing is started here");
        }
    }
}
