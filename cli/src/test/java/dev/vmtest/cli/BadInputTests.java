package dev.vmtest.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.vmtest.knownissues.KnownIssues;
import dev.vmtest.text.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each thing that a user can get wrong: one clear answer, the right exit status, nothing left behind. */
class BadInputTests {

    private static final String DISK = "  - {id: sda, type: disk, serial: d, ptable: gpt, grub_device: true}\n";

    @TempDir
    private Path directory;

    private TestHost host;
    private List<String> before;

    @BeforeEach
    void makeHost() throws IOException {
        host = new TestHost(directory);
        before = host.files();
    }

    @Test
    void nothingInAFileOrItsNameSteersTheTerminal() {
        Path file = host.write(
                "e\u001b[31mvil\u202e\nname.yaml",
                "storage: {config: [{id: \"d\\e[2J\\x9b\\u202e\", type: \"no\\nsuch\\u2028type\"}]}\n");

        for (String command : List.of("check", "plan", "run")) {
            TestHost.Result result = host.run(command, file.toString());

            assertThat(result.status()).isEqualTo(ExitStatus.USAGE);
            assertThat(result.out() + result.err())
                    .isEqualTo(Printable.text(result.out() + result.err()))
                    .contains("no such type");
            assertThat(result.lines()).allMatch(line -> line.startsWith(directory.toString()));
        }
    }

    /** Configurations with one thing wrong, and what the answer says after the file's name. */
    static Stream<Arguments> configurations() {
        return Stream.of(
                arguments("an unknown key", "storge: {}\n", ":1:1: ", "did you mean 'storage'?"),
                arguments("a value of a wrong type", "storage: 7\n", ":1:10: ", "storage"),
                arguments(
                        "a dangling reference",
                        "storage:\n  version: 1\n  config:\n" + DISK
                                + "  - {id: p, type: partition, number: 1, size: 4G, device: sdb}\n",
                        ":5:",
                        "sdb"),
                arguments(
                        "a size that does not fit",
                        "vmtest: {disks: [{id: sda, size: 5G}]}\nstorage:\n  version: 1\n  config:\n" + DISK
                                + "  - {id: b, type: partition, number: 1, size: 1M, device: sda, flag: bios_grub}\n"
                                + "  - {id: p, type: partition, number: 2, size: 20G, device: sda}\n"
                                + "  - {id: f, type: format, volume: p, fstype: ext4}\n"
                                + "  - {id: m, type: mount, device: f, path: /}\n",
                        ":7:",
                        "fit"),
                arguments("a syntax error", "storage: [1, 2\n", ":2:1: ", "invalid YAML"),
                arguments(
                        "a release that nobody knows", "vmtest: {release: jamy}\n", ":1:19: ", "did you mean 'jammy'?"),
                arguments("an empty file", "# nothing yet\n\n", ":1:1: ", "the file is empty"),
                arguments("a list at the top", "- a\n- b\n", ":1:1: ", "mapping"),
                arguments("a firmware that there is not", "vmtest: {firmware: coreboot}\n", ":1:20: ", "bios"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("configurations")
    void aWrongConfigurationIsSaidWithItsPlaceAndNothingIsMade(String what, String yaml, String place, String says) {
        Path file = host.write("wrong.yaml", yaml);
        before = host.files();
        for (String command : List.of("run", "check", "plan")) {
            TestHost.Result result = host.run(command, file.toString());
            assertThat(result.status()).as(command).isEqualTo(ExitStatus.USAGE);
            assertThat(result.lines())
                    .as(command)
                    .isNotEmpty()
                    .anySatisfy(
                            line -> assertThat(line).startsWith(file + place).contains(says));
            noTrace(result);
        }
        nothingIsLeft();
    }

    @Test
    void whatOnlyCurtinInstallsIsNoProblemForIt() {
        Path file = host.write("kexec.yaml", "kexec: {mode: 'on'}\n");
        TestHost.Result builtin = host.run("check", "--installer", "builtin", file.toString());
        assertThat(builtin.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(builtin.lines())
                .containsExactly(file + ":1:9: the built-in installer doesn't cover kexec: mode; remove it, or use"
                        + " --installer curtin");

        TestHost.Result curtin = host.run("check", "--installer", "curtin", file.toString());
        assertThat(curtin.lines()).containsExactly(file + ": no problem found");
        assertThat(curtin.status()).isEqualTo(ExitStatus.SUCCESS);
    }

    @Test
    void whatIsLeftToACurtinIsAWarningBesideTheVerdict() {
        Path file = host.write("twice.yaml", "showtrace: true\nshowtrace: false\n");

        TestHost.Result builtin = host.run("check", file.toString());
        assertThat(builtin.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(builtin.lines())
                .containsExactly(file + ":2:1: key 'showtrace' is given twice; remove it here or at " + file + ":1:1");

        TestHost.Result curtin = host.run("check", "--installer", "curtin=true", file.toString());
        assertThat(curtin.status()).isEqualTo(ExitStatus.SUCCESS);
        assertThat(curtin.lines())
                .containsExactly(
                        file
                                + ":2:1: warning: key 'showtrace' is given twice; the last one counts; remove it here or at "
                                + file + ":1:1",
                        file + ": no problem found, 1 warning");
    }

    @Test
    void allProblemsOfAllFilesComeAtOnce() {
        Path first = host.write("first.yaml", "storge: {}\nswop: {}\n");
        Path second = host.write(
                "second.yaml",
                "storage:\n  version: 1\n  config:\n" + DISK
                        + "  - {id: p, type: partition, number: 1, size: 4G, device: gone}\n");
        Path third = host.write("third.yaml", new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
        before = host.files();
        TestHost.Result result = host.run(
                "run",
                first.toString(),
                second.toString(),
                third.toString(),
                host.path("gone.yaml").toString());
        assertThat(result.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(result.lines())
                .anyMatch(line -> line.startsWith(first + ":1:1: "))
                .anyMatch(line -> line.startsWith(first + ":2:1: "))
                .anyMatch(line -> line.startsWith(second + ":5:") && line.contains("gone"))
                .anyMatch(line -> line.startsWith(third + ":1:1: ") && line.contains("UTF-8"))
                .anyMatch(line -> line.startsWith(host.path("gone.yaml") + ":1:1: no such file"));
        noTrace(result);
        nothingIsLeft();
    }

    @Test
    void aDirectoryIsNoConfiguration() {
        usageError("this is a directory, not a file", "run", host.path("home").toString());
    }

    @Test
    void anUnknownNameIsAnsweredWithTheNearest() {
        usageError("no test class or file is called 'SimplTest'; did you mean 'SimpleTest'?", "run", "SimplTest");
        usageError("no test class or file is called 'storag'; did you mean 'storage'?", "run", "storag");
    }

    @Test
    void anUnknownReleaseIsAnsweredWithThoseThatThereAre() {
        usageError("no release is called 'jamy'; did you mean 'jammy'?", "run", "SimpleTest", "--release", "jamy");
        usageError("no release is called 'plan9'; 'vmtest releases' lists them", "run", "--release", "plan9");
        usageError(
                "no image of 'jammy' can be built; these can: bookworm, trixie",
                "images",
                "build",
                "--release",
                "jammy");
    }

    @Test
    void anUnknownOptionOrCommandIsNamed() {
        usageError("has no option '--paralel'; did you mean '--parallel'?", "run", "--paralel", "2");
        usageError("has no command 'runn'; did you mean 'run'?", "runn");
        usageError("say what to do", new String[0]);
        usageError("say what to do with the images", "images");
    }

    @Test
    void anUnknownInstallerIsNamed() {
        usageError(
                "no installer is called 'anaconda'; these are: builtin, curtin",
                "run",
                "SimpleTest",
                "--installer",
                "anaconda");
    }

    @Test
    void anInstallerThatDoesNotRunEndsTheRunBeforeItBegins() {
        TestHost.Result result = host.run("run", "SimpleTest", "--installer", "curtin=/nowhere/curtin");

        assertThat(result.status()).isEqualTo(3);
        assertThat(result.err()).contains("'/nowhere/curtin version' ended with exit status 127");
    }

    @Test
    void whatIsWrongWithKnownIssuesIsSaidBeforeAnythingRuns() {
        host.write("known.yaml", "known_issues:\n  - {test: SimpleTest, pattern: x, reference: y, expires: later}\n");
        TestHost.Result result = host.run(
                "run", "SimpleTest", "--known-issues", host.path("known.yaml").toString());

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains("known.yaml:2:", "'later' is no date");
    }

    @Test
    void theSuitesKnownIssuesNameTestsThatExist() throws IOException {
        String file = "examples/known-issues.yaml";
        try (InputStream stream =
                Objects.requireNonNull(BadInputTests.class.getClassLoader().getResourceAsStream(file))) {
            KnownIssues issues = KnownIssues.parse(file, new String(stream.readAllBytes(), StandardCharsets.UTF_8));
            assertThat(issues.all())
                    .allSatisfy(issue -> assertThat(Suite.find(issue.test()))
                            .as(issue.toString())
                            .isPresent());
        }
    }

    @Test
    void aFilterThatIsNoneIsNamed() {
        usageError("write it as key=regex", "run", "--filter", "name");
        usageError("tests have no attribute 'colour'", "list", "--filter", "colour=red");
        usageError("no regular expression", "list", "--filter", "name=(");
        usageError("no test is left by --filter name=Nothing", "run", "--filter", "name=Nothing");
    }

    @Test
    void everyWrongVariableIsNamed() {
        host.set("CURTIN_VMTEST_BOOT_TIMEOUT", "soon").set("CURTIN_VMTEST_PARALLEL", "many");
        TestHost.Result result = usageError("CURTIN_VMTEST_BOOT_TIMEOUT='soon' is not valid", "run", "SimpleTest");
        assertThat(result.err()).contains("CURTIN_VMTEST_PARALLEL='many' is not valid");
    }

    @Test
    void aWrongNumberOfTestsAtATimeIsNamed() {
        usageError("CURTIN_VMTEST_PARALLEL='two' is not valid", "run", "SimpleTest", "--parallel", "two");
        usageError("CURTIN_VMTEST_KEEP_DATA_PASS='dicks' is not valid", "run", "SimpleTest", "--keep", "dicks");
    }

    @Test
    void aTopdirThatIsUsedIsRefused() {
        host.write("used/file", "mine");
        Path used = host.path("used");
        Path file = host.write("file", "mine");
        before = host.files();
        usageError("the topdir " + used + " is not empty", run("--topdir", used.toString()));
        usageError("the topdir " + file + " is a file", run("--topdir", file.toString()));
        usageError("because " + file + " is a file", run("--topdir", file + "/below/it"));
    }

    @Test
    void aTopdirThatCannotBeMadeIsTroubleOfTheHost() {
        // Not even root can make a directory here.
        infrastructureError("the topdir /proc/vmtest/run cannot be made", run("--topdir", "/proc/vmtest/run"));
    }

    @Test
    void aMissingImageIsNamedWithTheCommandThatMakesIt() {
        infrastructureError(
                "vmtest images build --release trixie",
                "run",
                "SimpleTest",
                "--release",
                "trixie",
                "--topdir",
                host.path("run").toString());
    }

    @Test
    void anImageThatLostAFileIsNamed() throws IOException {
        Path squashfs = host.path("images/debian/bookworm/amd64/20260101.1/generic/squashfs");
        Files.delete(squashfs);
        before = host.files();
        infrastructureError("the image file " + squashfs + " is missing", run());
    }

    @Test
    void missingProgramsAreNamedWithTheirPackagesAllAtOnce() {
        host.set("PATH", host.path("programs").toString());
        TestHost.Result result = infrastructureError("the program qemu-system-x86_64 is not installed", run());
        assertThat(result.err())
                .contains("apt-get install qemu-system-x86", "apt-get install xorriso", "vmtest doctor");
    }

    @Test
    void tooLittleSpaceIsSaidInNumbers() {
        host.withFreeSpace(512L << 20);
        TestHost.Result result = infrastructureError("2.0 GiB needed, 512.0 MiB available", run());
        assertThat(result.err()).contains("CURTIN_VMTEST_TOPDIR");
    }

    @Test
    void whatTheHostLacksComesAtOnce() {
        host.set("PATH", host.path("programs").toString()).withFreeSpace(0).set("TMPDIR", "/nowhere");
        TestHost.Result result = host.run(
                "run",
                "SimpleTest",
                "--release",
                "bookworm,trixie",
                "--topdir",
                host.path("run").toString());
        assertThat(result.status()).isEqualTo(ExitStatus.INFRASTRUCTURE);
        assertThat(result.err())
                .contains("qemu-system-x86", "GiB needed", "/nowhere is missing", "images build --release trixie");
        nothingIsLeft();
    }

    @Test
    void aDirectoryWithoutARunGivesNoReport() {
        usageError("holds no results", "report", host.path("home").toString());
        usageError("is not a directory", "report", host.path("gone").toString());
    }

    @Test
    void anImageDirectoryThatIsAFileIsTroubleOfTheHost() {
        Path file = host.write("file", "mine");
        before = host.files();
        host.set("IMAGE_DIR", file.toString());
        TestHost.Result result = host.run(run());
        assertThat(result.status()).isEqualTo(ExitStatus.INFRASTRUCTURE);
        noTrace(result);
        nothingIsLeft();
    }

    private String[] run(String... options) {
        return Stream.concat(Stream.of("run", "SimpleTest", "--release", "bookworm"), Stream.of(options))
                .toArray(String[]::new);
    }

    private TestHost.Result usageError(String says, String... arguments) {
        return error(ExitStatus.USAGE, says, arguments);
    }

    private TestHost.Result infrastructureError(String says, String... arguments) {
        return error(ExitStatus.INFRASTRUCTURE, says, arguments);
    }

    private TestHost.Result error(int status, String says, String... arguments) {
        TestHost.Result result = host.run(arguments);
        assertThat(result.err()).contains(says);
        assertThat(result.status()).isEqualTo(status);
        noTrace(result);
        nothingIsLeft();
        return result;
    }

    private static void noTrace(TestHost.Result result) {
        assertThat(result.lines()).noneMatch(line -> line.startsWith("\tat ") || line.contains("Exception"));
    }

    private void nothingIsLeft() {
        assertThat(host.files()).isEqualTo(before);
    }
}
