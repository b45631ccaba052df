package dev.vmtest.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.facts.Facts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefaultChecksTests {

    private static final String KERNEL = "linux-image-cloud-amd64";
    private static final RecordedEvent START = new RecordedEvent("cmd-install", "start", 1.0, null, List.of());
    private static final RecordedEvent STAGE =
            new RecordedEvent("cmd-install/stage-early", "start", 1.5, null, List.of());
    private static final RecordedEvent FINISH =
            new RecordedEvent("cmd-install", "finish", 2.0, "SUCCESS", List.of("/tmp/install.log"));
    private static final List<RecordedEvent> EVENTS = List.of(START, STAGE, FINISH);
    private static final List<String> POST_FILES = List.of("/tmp/install.log");
    private static final String VERSION = "99.1-2-gabc";
    private static final String LOG = """
            curtin: Installation started. (99.1-2-gabc)
            something else (in parentheses)
            curtin: Installation finished.
            """;

    @TempDir
    Path directory;

    private Set<String> failures(FakeSystem system, List<RecordedEvent> events, String kernel) {
        return DefaultChecks.list(
                        FakeSystem.TARGET, new InstallRecord(events, VERSION, LOG, POST_FILES), kernel, Set.of())
                .stream()
                .map(check -> check.hold(system.facts()))
                .filter(result -> !result.passed())
                .map(CheckResult::name)
                .collect(Collectors.toSet());
    }

    private Set<String> failures(List<RecordedEvent> events) {
        return failures(FakeSystem.in(directory), events, KERNEL);
    }

    @Test
    void allPassOnARightSystem() {
        assertThat(failures(EVENTS)).isEmpty();
    }

    @Test
    void allFailWithoutFactsAndEvents() {
        var facts = Facts.read(directory);

        assertThat(DefaultChecks.list(
                        FakeSystem.TARGET, new InstallRecord(List.of(), VERSION, "", POST_FILES), KERNEL, Set.of()))
                .isNotEmpty()
                .allSatisfy(check -> assertThat(check.hold(facts).passed()).isFalse());
    }

    private String versionFinding(String log) {
        return DefaultChecks.list(
                        FakeSystem.TARGET, new InstallRecord(EVENTS, VERSION, log, POST_FILES), KERNEL, Set.of())
                .stream()
                .filter(check -> check.name().equals("installer version"))
                .map(check -> check.hold(FakeSystem.in(directory).facts()))
                .map(result -> result.verdict() + " " + result.message())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theInstallerMustBeTheOneOfTheHost() {
        assertThat(versionFinding(LOG)).isEqualTo("PASSED the installer was 99.1-2-gabc");
        assertThat(versionFinding(LOG.replace("99.1-2-gabc", "99.1")))
                .isEqualTo("FAILED the installer should be 99.1-2-gabc as on this host but was 99.1");
        assertThat(versionFinding(LOG + LOG.replace("99.1-2-gabc", "99.1")))
                .isEqualTo("FAILED the installer should be 99.1-2-gabc as on this host but was 99.1-2-gabc, 99.1");
        assertThat(versionFinding("no such line"))
                .isEqualTo("FAILED the install log should say that 99.1-2-gabc was started but names none");
        assertThat(versionFinding(""))
                .isEqualTo("FAILED the install log should say that 99.1-2-gabc was started but was not reported");
    }

    @Test
    void anotherKernelFails() {
        assertThat(failures(FakeSystem.in(directory), EVENTS, "linux-image-amd64"))
                .containsExactly("installed kernel package");
    }

    @Test
    void aKernelThatIsOnlyConfiguredFails() {
        FakeSystem system = FakeSystem.in(directory)
                .replace(
                        "debian-packages.txt",
                        "install ok installed\t" + KERNEL,
                        "deinstall ok config-files\t" + KERNEL);

        assertThat(failures(system, EVENTS, KERNEL)).containsExactly("installed kernel package");
    }

    @Test
    void aSwapOfFstabThatIsOffFails() {
        FakeSystem system = FakeSystem.in(directory).removeLines("proc-swaps", "/dev/vda3");

        assertThat(failures(system, EVENTS, KERNEL)).containsExactly("swaps used");
    }

    @Test
    void aFailedUnitFails() {
        FakeSystem system =
                FakeSystem.in(directory).write("facts/systemd-failed", "ssh.service loaded failed failed Shell\n");

        assertThat(failures(system, EVENTS, KERNEL)).containsExactly("no failed units");
    }

    @Test
    void theInstallEnvironmentsInterfaceFileFails() {
        FakeSystem system = FakeSystem.in(directory).append("find_interfacesd", "/etc/network/interfaces.d/eth0.cfg\n");

        assertThat(failures(system, EVENTS, KERNEL)).containsExactly("interfaces.d/eth0.cfg removed");
    }

    @Test
    void eventsThatAreWrongFail() {
        assertThat(failures(List.of(STAGE, FINISH))).isEmpty();
        assertThat(failures(List.of(FINISH, START))).contains("reporting: first event", "reporting: last event");
        RecordedEvent failed = new RecordedEvent("cmd-install", "finish", 2.0, "FAIL", FINISH.files());
        assertThat(failures(List.of(START, STAGE, failed))).containsExactly("reporting: last event");
    }

    @Test
    void eventsReportedAtOnceFail() {
        RecordedEvent same = new RecordedEvent("cmd-install/stage-early", "start", 1.0, null, List.of());

        assertThat(failures(List.of(START, same, FINISH))).containsExactly("reporting: timestamps");
    }

    @Test
    void theLogMustComeExactlyOnce() {
        RecordedEvent bare = new RecordedEvent("cmd-install", "finish", 2.0, "SUCCESS", List.of());
        List<RecordedEvent> twice = new ArrayList<>(EVENTS);
        twice.add(0, new RecordedEvent("cmd-install", "start", 0.5, null, FINISH.files()));

        assertThat(failures(List.of(START, STAGE, bare))).containsExactly("reporting: install log");
        assertThat(failures(twice)).containsExactly("reporting: install log");
    }
}
