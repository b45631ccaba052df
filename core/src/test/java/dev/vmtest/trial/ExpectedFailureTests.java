package dev.vmtest.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.machine.MachineEnd;
import dev.vmtest.result.CheckRecord;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Play installs that are meant to fail: only the failure that is meant is a pass. */
class ExpectedFailureTests {

    private static final String STAGE_FAILED =
            FakeGuest.event("cmd-install/stage-late", "finish", 2, ", \"result\": \"FAIL\"");
    private static final String COMMAND_FAILED =
            FakeGuest.event("cmd-install/stage-late/licence", "finish", 2, ", \"result\": \"FAIL\"");
    private static final String FAILED = failedWith("curtin: Installation started. (vmtest test)\nno licence\n", "");

    private final PlayedRun played;

    ExpectedFailureTests(@TempDir Path directory) throws IOException {
        played = new PlayedRun(directory);
        played.guest.installConsole("E: Unable to locate package x\n");
        played.guest.events(FakeGuest.STARTED_EVENT, COMMAND_FAILED, STAGE_FAILED, FAILED);
    }

    private static String failedWith(String log, String moreFiles) {
        return FakeGuest.event(
                "cmd-install",
                "finish",
                3,
                ", \"result\": \"FAIL\", \"files\": [{\"path\": \"/tmp/install.log\", \"encoding\": \"base64\","
                        + " \"content\": \"" + base64(log.getBytes(StandardCharsets.UTF_8)) + "\"}" + moreFiles + "]");
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private void expect(String how) {
        played.yaml += "vmtest: {expect: {install_failed: " + how + "}}\n";
    }

    private static List<String> failed(TestResult result) {
        return result.checks().stream()
                .filter(CheckRecord::hasFailed)
                .map(check -> check.name() + ": " + check.message())
                .toList();
    }

    @Test
    void theFailureThatIsMeantPassesWithItsEvidence() throws IOException {
        expect("{end: power-off, stage: late, console: 'locate package', event: licence, log: '^no lic'}");

        TestResult result = played.run();

        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(result.checks())
                .filteredOn(check -> check.verdict().equals(CheckRecord.PASSED))
                .extracting(check -> check.name() + ": " + check.message())
                .containsExactly(
                        "install failure: it fails: the console says: E: Unable to locate package x;"
                                + " the installer reported cmd-install finish FAIL",
                        "install failure: by the installer: the installer had reported cmd-install",
                        "install failure: end: the guest powered off",
                        "install failure: stage: it failed in the stage late",
                        "install failure: console: console line 1: E: Unable to locate package x",
                        "install failure: log: log: no licence",
                        "install failure: event: event cmd-install/stage-late/licence: ");
        assertThat(result.checks())
                .allSatisfy(check -> assertThat(check.source()).matches("layout.yaml:[0-9]+:[0-9]+"));
        assertThat(result.checks())
                .filteredOn(CheckRecord::isNotJudged)
                .singleElement()
                .satisfies(check -> assertThat(check.message()).contains("the install is meant to fail"));
        PlayedRun.assertPhases(result, "prepare", "install", "check");
    }

    @Test
    void anotherFailureIsAFailureThatSaysSo() throws IOException {
        expect("{stage: early, console: 'no space'}");

        TestResult result = played.run();

        assertThat(result.verdict()).isEqualTo(Verdict.INSTALL_FAILED);
        assertThat(result.evidence().summary())
                .startsWith("it failed, but not as expected: layout.yaml:")
                .contains("install failure: stage: it failed in the stage late and should have in early (and 1 more)")
                .endsWith("the console says: E: Unable to locate package x; the installer reported cmd-install finish"
                        + " FAIL");
        assertThat(failed(result))
                .hasSize(2)
                .last()
                .isEqualTo("install failure: console: nothing of the console" + " matches 'no space'");
    }

    @Test
    void aSuccessIsAFailureThatSaysSo() throws IOException {
        played.guest = new FakeGuest(played.system.directory());
        expect("{stage: early}");

        TestResult result = played.run();

        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(result.evidence().summary())
                .contains("install failure: it fails: the install should fail, but it worked to its end");
        PlayedRun.assertPhases(result, "prepare", "install", "check");
    }

    @Test
    void aPanicThatIsMeantPasses() throws IOException {
        expect("{end: kernel-panic, stage: early}");
        played.guest.events(FakeGuest.STARTED_EVENT, FakeGuest.STAGE_EVENT);
        played.guest.installEnd(new MachineEnd.GuestPanic(PlayedRun.VM_TIME));

        assertThat(played.run().verdict()).isEqualTo(Verdict.PASSED);
    }

    @Test
    void aPanicBeforeTheInstallerBeganIsNotTheOneThatIsMeant() throws IOException {
        expect("{end: kernel-panic}");
        played.guest.events();
        played.guest.installEnd(new MachineEnd.GuestPanic(PlayedRun.VM_TIME));

        TestResult result = played.run();

        assertThat(result.verdict()).isEqualTo(Verdict.INSTALL_FAILED);
        assertThat(failed(result))
                .containsExactly("install failure: by the installer: the installer had not begun: it reported nothing");
    }

    @Test
    void aHostThatFailsIsNoFailureThatIsMeant() throws IOException {
        expect("{stage: late}");
        played.guest.installEnd(new MachineEnd.QemuExited(PlayedRun.VM_TIME, 1, "no memory"));

        assertThat(played.run().verdict()).isEqualTo(Verdict.INFRASTRUCTURE);
    }

    @Test
    void aLimitThatIsMeantPasses() throws IOException {
        expect("{end: time-out, stage: early}");
        played.guest.events(FakeGuest.STARTED_EVENT, FakeGuest.STAGE_EVENT);
        played.guest.installEnd(PlayedRun.TIMED_OUT);

        TestResult result = played.run();

        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(result.checks())
                .anySatisfy(check -> assertThat(check.message()).isEqualTo("it was in the stage early"));
    }

    @Test
    void theArchiveThatTheInstallerReportsIsLookedInto() throws IOException {
        expect("{error_tarfile: [install.log, version]}");
        played.guest.events(FakeGuest.STARTED_EVENT, failedWith("log\n", archive("curtin-logs-1/install.log")));

        TestResult result = played.run();

        assertThat(failed(result))
                .containsExactly("install failure: archive: version: /var/log/curtin/curtin-error-logs.tar holds"
                        + " [install.log]");
        assertThat(played.topdir.resolve("Layout-bookworm/install/error-logs/curtin-logs-1/install.log"))
                .hasContent("text");
    }

    @Test
    void anArchiveThatLeadsOutsideIsRefused() throws IOException {
        expect("{error_tarfile: [install.log]}");
        played.guest.events(FakeGuest.STARTED_EVENT, failedWith("log\n", archive("../../install.log")));

        assertThat(failed(played.run())).singleElement().asString().contains("left out of /var/log/curtin");
    }

    @Test
    void keptDataOfSuchAnInstallAreNotHeldAgain() throws IOException {
        expect("{stage: late}");
        assertThat(played.run().verdict()).isEqualTo(Verdict.PASSED);

        assertThat(played.objection()).contains("its install is meant to fail");
    }

    private static String archive(String name) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
            TarArchiveEntry entry = new TarArchiveEntry(name, true);
            byte[] content = "text".getBytes(StandardCharsets.UTF_8);
            entry.setSize(content.length);
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
        }
        return ", {\"path\": \"/var/log/curtin/curtin-error-logs.tar\", \"encoding\": \"base64\", \"content\": \""
                + base64(bytes.toByteArray()) + "\"}";
    }
}
