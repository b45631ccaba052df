package dev.vmtest.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.machine.MachineEnd;
import dev.vmtest.result.Evidence;
import dev.vmtest.result.Failure;
import dev.vmtest.result.FailureClass;
import dev.vmtest.result.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Recognise each class by what real consoles and tools say. */
class FailureRulesTests {

    private final Path directory;

    FailureRulesTests(@TempDir Path directory) {
        this.directory = directory;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    out-of-memory|[   61.1] Out of memory: Killed process 512 (unsquashfs) total-vm:1048576kB, anon-rss:90000kB
                    out-of-memory|[   61.1] dpkg invoked oom-killer: gfp_mask=0x140cca(GFP_HIGHUSER_MOVABLE), order=0
                    out-of-memory|[   61.1] Kernel panic - not syncing: System is deadlocked on memory
                    out-of-memory|[   12.0] cloud-init[431]: MemoryError
                    kernel-panic|[    4.2] Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)
                    kernel-panic|the guest's kernel panicked
                    disk-full|tar: usr/share/doc/a: Cannot write: No space left on device
                    disk-full|cp: error writing 'b': Disk quota exceeded
                    missing-package|[   20.0] cloud-init[431]: E: Unable to locate package no-such-thing
                    missing-package|E: Package 'thin-provisioning-tools' has no installation candidate
                    missing-package|[  116.0] python3[217]: No module named 'systemd'
                    installer-traceback|[   31.4] cloud-init[431]: Traceback (most recent call last):
                    """)
    void aLineIsASignOfItsClass(String failureClass, String line) {
        Failure failure = classify(Verdict.INSTALL_FAILED, Evidence.of(line));
        assertThat(failure.failureClass().text()).isEqualTo(failureClass);
        assertThat(line).endsWith(failure.sign());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    curtin: installing package thin-provisioning-tools
                    Setting up out-of-memory-killer (1.0) ...
                    [    4.2] random: crng init done
                    E: Sub-process /usr/bin/dpkg returned an error code (1)
                    """)
    void whatNoRuleKnowsIsUnknown(String line) {
        assertThat(classify(Verdict.BOOT_FAILED, Evidence.of(line))).isEqualTo(new Failure(FailureClass.UNKNOWN, ""));
    }

    @Test
    void theSignOfATracebackIsItsException() {
        Evidence evidence = new Evidence(
                "the installer reported cmd-install finish FAIL",
                List.of(
                        "[  31.4] cloud-init[431]: Traceback (most recent call last):",
                        "[  31.4] cloud-init[431]:   File \"/curtin/util.py\", line 1, in subp",
                        "[  31.4] cloud-init[431]: curtin.util.ProcessExecutionError: Unexpected error",
                        "[  31.4] cloud-init[431]: Exit code: 2"),
                "",
                "",
                "");
        assertThat(classify(Verdict.INSTALL_FAILED, evidence))
                .isEqualTo(new Failure(FailureClass.TRACEBACK, "curtin.util.ProcessExecutionError: Unexpected error"));
    }

    @Test
    void whatExplainsMoreComesFirst() {
        Evidence evidence = new Evidence(
                "the guest was not done after 300 s",
                List.of("Traceback (most recent call last):", "OSError: [Errno 28] No space left on device: 'x'"),
                "",
                "",
                "");
        assertThat(classify(Verdict.INSTALL_FAILED, evidence).failureClass()).isEqualTo(FailureClass.DISK_FULL);
    }

    @Test
    void theLogIsLookedThroughFromItsEnd() throws IOException {
        Files.createDirectories(directory.resolve("logs"));
        String early = "E: Unable to locate package too-early\n";
        String filler =
                Stream.generate(() -> "x".repeat(1023) + "\n").limit(1100).collect(Collectors.joining());
        Files.writeString(
                directory.resolve("logs/install-serial.log"), early + filler + "E: Unable to locate package seen\n");
        Evidence evidence = new Evidence("it failed", List.of(), "", "", "logs/install-serial.log");
        assertThat(classify(Verdict.INSTALL_FAILED, evidence).sign()).isEqualTo("E: Unable to locate package seen");
    }

    @Test
    void noLogOutsideTheTestIsRead() throws IOException {
        Path test = Files.createDirectory(directory.resolve("test"));
        Files.writeString(directory.resolve("outside"), "E: Unable to locate package x\n");
        Files.createSymbolicLink(test.resolve("link"), directory.resolve("outside"));
        for (String log : List.of("../outside", "link", "missing")) {
            Evidence evidence = new Evidence("it failed", List.of(), "", "", log);
            assertThat(FailureRules.classify(Verdict.BOOT_FAILED, evidence, test)
                            .failureClass())
                    .as(log)
                    .isEqualTo(FailureClass.UNKNOWN);
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyLimitOfAMachineIsATimeout(MachineEnd.TimedOut.Limit limit) {
        MachineEnd end = new MachineEnd.TimedOut(Duration.ofSeconds(90), limit, Duration.ofMinutes(1));
        assertThat(classify(Verdict.BOOT_FAILED, Evidence.of(end.summary())).failureClass())
                .isEqualTo(FailureClass.TIMEOUT);
    }

    @Test
    void aMachineThatSaysThatItPanickedDid() {
        assertThat(classify(Verdict.BOOT_FAILED, Evidence.of(new MachineEnd.GuestPanic(Duration.ZERO).summary()))
                        .failureClass())
                .isEqualTo(FailureClass.KERNEL_PANIC);
    }

    @Test
    void aTimeoutSaysWhatItWaitedFor() {
        Evidence evidence = new Evidence(
                "the guest gave no sign of life for 150 s; QEMU runs",
                List.of(),
                "",
                "cmd-install/stage-curthooks start: configuring the installed system",
                "");
        assertThat(classify(Verdict.INSTALL_FAILED, evidence))
                .isEqualTo(new Failure(
                        FailureClass.TIMEOUT,
                        "the guest gave no sign of life for 150 s; it had last reported"
                                + " cmd-install/stage-curthooks start: configuring the installed system"));
    }

    @Test
    void whatAnInstallerReportsOfItselfIsTheProducts() {
        assertThat(classify(
                        Verdict.INSTALL_FAILED,
                        Evidence.of("the installer reported cmd-install finish FAIL; no more words")))
                .isEqualTo(new Failure(FailureClass.PRODUCT, "the installer reported cmd-install finish FAIL"));
    }

    @Test
    void aVerdictMaySayItAlone() {
        assertThat(classify(Verdict.PASSED, Evidence.NONE)).isEqualTo(Failure.NONE);
        assertThat(classify(Verdict.FAILED, Evidence.of("a check")).failureClass())
                .isEqualTo(FailureClass.PRODUCT);
        assertThat(classify(Verdict.INFRASTRUCTURE, Evidence.of("no KVM")).failureClass())
                .isEqualTo(FailureClass.INFRASTRUCTURE);
        assertThat(classify(Verdict.INFRASTRUCTURE, FullDisk.evidence(directory))
                        .failureClass())
                .isEqualTo(FailureClass.DISK_FULL);
    }

    @Test
    void aClassThatIsKnownStays() {
        Failure starved = new Failure(FailureClass.STARVED, "QEMU ran for 1 s");
        assertThat(classify(
                        Verdict.INFRASTRUCTURE,
                        Evidence.of("Traceback (most recent call last):").withFailure(starved)))
                .isEqualTo(starved);
    }

    private Failure classify(Verdict verdict, Evidence evidence) {
        return FailureRules.classify(verdict, evidence, directory);
    }
}
