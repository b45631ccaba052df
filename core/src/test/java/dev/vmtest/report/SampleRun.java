package dev.vmtest.report;

import dev.vmtest.result.CheckRecord;
import dev.vmtest.result.Evidence;
import dev.vmtest.result.PhaseResult;
import dev.vmtest.result.PhaseResult.Stage;
import dev.vmtest.result.Proof;
import dev.vmtest.result.RunResults;
import dev.vmtest.result.RunResults.AcceleratorRecord;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Make results as runs have them: one test for each verdict, with the logs that belong to them. */
final class SampleRun {

    static final AcceleratorRecord TCG = new AcceleratorRecord("tcg", "/dev/kvm does not exist");

    static final List<PhaseResult> ALL_PHASES = List.of(
            new PhaseResult("prepare", 0.8, 0, List.of()),
            new PhaseResult(
                    "install",
                    81.4,
                    80.9,
                    List.of(
                            new Stage("boot", 38.2),
                            new Stage("partitioning", 6.1),
                            new Stage("extract", 19.8),
                            new Stage("curthooks", 15.0)),
                    "full: asked for"),
            new PhaseResult("boot", 44.2, 43.9, List.of()),
            new PhaseResult("collect", 0.3, 0, List.of()),
            new PhaseResult("check", 0.1, 0, List.of()));

    private SampleRun() {}

    static CheckRecord holds(String name, String source) {
        return new CheckRecord(name, source, CheckRecord.PASSED, "");
    }

    static CheckRecord fails(String name, String source, String message) {
        return new CheckRecord(name, source, CheckRecord.FAILED, message);
    }

    static TestResult passed(String name, String release) {
        List<CheckRecord> checks = new ArrayList<>();
        for (int number = 1; number <= 12; number++) {
            checks.add(
                    holds("disk1-part" + number + ": size", "examples/tests/basic.yaml:" + (10 + number * 6) + ":5"));
        }
        checks.add(new CheckRecord(
                "disk2: wwn", "examples/tests/basic.yaml:90:5", CheckRecord.SKIPPED, "virtio-blk disks have none"));
        return result(name, release, Verdict.PASSED, ALL_PHASES, checks, Evidence.NONE);
    }

    /** A test that passed, of whose configuration no check holds so many parts. */
    static TestResult unjudged(int parts) {
        TestResult plain = passed("UnjudgedTest", "bookworm");
        List<CheckRecord> checks = new ArrayList<>(plain.checks());
        for (int part = 1; part <= parts; part++) {
            checks.add(CheckRecord.notJudged("mine.yaml:" + part + ":1", "not judged: key" + part + ": <why>"));
        }
        return result(plain.name(), plain.release(), Verdict.PASSED, ALL_PHASES, checks, Evidence.NONE);
    }

    static TestResult warned(String warning) {
        TestResult plain = passed("WarnedTest", "bookworm");
        return new TestResult(
                plain.name(),
                plain.release(),
                plain.installer(),
                plain.verdict(),
                plain.seconds(),
                plain.phases(),
                plain.checks(),
                plain.evidence(),
                plain.directory(),
                plain.reproduce(),
                List.of(warning),
                Proof.NONE);
    }

    static TestResult failed() {
        List<CheckRecord> checks = new ArrayList<>(passed("X", "y").checks());
        checks.add(fails(
                "root_format: label",
                "examples/tests/basic.yaml:48:7",
                "expected 'cloudimg-rootfs', the file system of /dev/vda2 has 'rootfs'"));
        checks.add(fails(
                "swap_mount: fstab", "examples/tests/basic.yaml:61:5", "/etc/fstab has no line for swap /dev/vda3"));
        return result("BasicTest", "trixie", Verdict.FAILED, ALL_PHASES, checks, Evidence.NONE);
    }

    static TestResult installFailed() {
        Evidence evidence = new Evidence(
                "the console shows a failed install: 'curtin: Installation failed'",
                List.of(
                        "[   61.204] mkfs.btrfs: device /dev/vdb1 is mounted",
                        "[   61.310] finish: cmd-install/stage-partitioning: FAIL: builtin",
                        "[   61.318] curtin: Installation failed",
                        "[   61.402] systemd[1]: cloud-final.service: Failed with result 'exit-code'."),
                "guest shutdown, QEMU's exit status 0",
                "finish cmd-install/stage-partitioning FAIL",
                "logs/install-serial.log",
                2);
        return result(
                "FilesystemBatteryTest",
                "bookworm",
                Verdict.INSTALL_FAILED,
                ALL_PHASES.subList(0, 2),
                List.of(),
                evidence);
    }

    static TestResult bootFailed() {
        Evidence evidence = new Evidence(
                "the installed system did not reach a login: ALERT! LABEL=root does not exist",
                List.of("Begin: Waiting for root file system ...", "ALERT! LABEL=root does not exist", "(initramfs)"),
                "ended after 300 s by the boot timeout",
                "",
                "logs/boot-serial.log");
        return result("UefiBasicTest", "trixie", Verdict.BOOT_FAILED, ALL_PHASES.subList(0, 3), List.of(), evidence);
    }

    static TestResult infrastructure() {
        return result(
                "BasicScsiTest",
                "bookworm",
                Verdict.INFRASTRUCTURE,
                ALL_PHASES.subList(0, 1),
                List.of(),
                Evidence.of("no space left in /srv/vmtest: 2.1 GiB needed, 0.4 GiB free; remove old runs or set"
                        + " CURTIN_VMTEST_TOPDIR"));
    }

    static TestResult unchanged() {
        TestResult plain = result(
                "RaidTest",
                "trixie",
                Verdict.UNCHANGED,
                List.of(),
                List.of(),
                Evidence.of("not run: it passed at 2026-11-29T12:00:00Z with the same inputs <b>"));
        return new TestResult(
                plain.name(),
                plain.release(),
                plain.installer(),
                plain.verdict(),
                0,
                plain.phases(),
                plain.checks(),
                plain.evidence(),
                plain.directory(),
                plain.reproduce(),
                List.of(),
                new Proof(
                        "ab".repeat(32),
                        "2026-11-29T12:00:00Z",
                        "2026-11-29T11:00:00Z",
                        "/tmp/vmtest-2026-11-29T110000",
                        "alpha: Debian"));
    }

    static TestResult skipped() {
        return new TestResult(
                "ZfsRootTest",
                "bookworm",
                "builtin",
                Verdict.SKIPPED,
                0,
                List.of(),
                List.of(),
                Evidence.of("Debian's kernel has no zfs module"),
                "ZfsRootTest",
                "vmtest run ZfsRootTest --release bookworm");
    }

    static TestResult expectedFailure() {
        return result(
                "LvmRootTest",
                "trixie",
                Verdict.EXPECTED_FAILURE,
                ALL_PHASES,
                List.of(fails("lv_root: size", "examples/tests/lvmroot.yaml:30:5", "expected 3 GiB, found 2 GiB")),
                Evidence.of("known issue #12 until 2027-01-01"));
    }

    /** Return a failed test in which everything that comes from outside is one text. */
    static TestResult saying(String text) {
        return new TestResult(
                text,
                text,
                text,
                Verdict.FAILED,
                1,
                List.of(new PhaseResult(text, 1, 1, List.of(new Stage(text, 1)), text)),
                List.of(fails(text, text, text)),
                new Evidence(text, List.of(text), text, text, text),
                "test",
                text);
    }

    static TestResult unexpectedPass() {
        return result(
                "RaidTest",
                "trixie",
                Verdict.UNEXPECTED_PASS,
                ALL_PHASES,
                List.of(holds("md0: level", "examples/tests/raid.yaml:30:5")),
                Evidence.of("known issue #9 no longer happens; remove it"));
    }

    static RunResults all() {
        return of(List.of(
                passed("SimpleTest", "bookworm"),
                passed("SimpleTest", "trixie"),
                failed(),
                installFailed(),
                bootFailed(),
                infrastructure(),
                skipped(),
                expectedFailure(),
                unexpectedPass()));
    }

    static RunResults of(List<TestResult> tests) {
        return new RunResults("0.1.0", "2026-11-22T01:02:03Z", 812.25, TCG, tests);
    }

    /** Write logs as a run leaves them. */
    static void writeLogs(Path topdir, RunResults results, int lines) throws IOException {
        for (TestResult test : results.tests()) {
            if (test.phases().size() < 2) {
                continue;
            }
            Path logs = Files.createDirectories(topdir.resolve(test.directory()).resolve("logs"));
            writeSecrets(topdir.resolve(test.directory()));
            StringBuilder text = new StringBuilder();
            for (int line = 1; line <= lines; line++) {
                text.append("[").append(line / 10.0).append("] systemd[1]: Started unit-");
                text.append(line).append(".service - something with a name.\r\n");
            }
            test.evidence().context().forEach(line -> text.append(line).append("\r\n"));
            Files.writeString(logs.resolve("install-serial.log"), text);
            if (test.phases().size() > 2) {
                Files.writeString(logs.resolve("boot-serial.log"), text);
            }
        }
    }

    /** Leave the list of a test's secrets as a run does. */
    static void writeSecrets(Path directory, String... secrets) throws IOException {
        Path install = Files.createDirectories(directory.resolve("install"));
        Files.writeString(
                install.resolve("secrets.json"),
                Stream.of(secrets).map(secret -> '"' + secret + '"').collect(Collectors.joining(",", "[", "]")));
    }

    private static TestResult result(
            String name,
            String release,
            Verdict verdict,
            List<PhaseResult> phases,
            List<CheckRecord> checks,
            Evidence evidence) {
        return new TestResult(
                name,
                release,
                "builtin",
                verdict,
                Math.round((phases.stream().mapToDouble(PhaseResult::seconds).sum() + 0.4) * 10) / 10.0,
                phases,
                checks,
                evidence,
                name + "-" + release,
                "vmtest run " + name + " --release " + release + " --installer builtin");
    }
}
