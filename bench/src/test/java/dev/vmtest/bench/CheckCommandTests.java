package dev.vmtest.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.process.Command;
import dev.vmtest.process.Completed;
import dev.vmtest.process.SupervisedProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plays Maven and vmtest to {@code tools/check}, and reads its closing line and exit status. */
class CheckCommandTests {

    private static final Duration LONGEST = Duration.ofSeconds(60);

    @TempDir
    private Path tree;

    @BeforeEach
    void copyTheCommand() throws IOException {
        Files.createDirectories(tree.resolve("tools/lib"));
        for (String part :
                List.of("tools/check", "tools/build", "tools/offline", "tools/lib/steps", "tools/lib/dry-run")) {
            Files.copy(SourceTree.resolve(part), tree.resolve(part), StandardCopyOption.COPY_ATTRIBUTES);
        }
        maven(report("core", 10, 0, 0, 1) + report("cli", 4, 0, 0, 0));
        vmtest(0, "passed", "passed");
        program("tools/outside-project", "exit 0");
    }

    @Test
    void addsUnitTestsAndVirtualMachineTests() throws Exception {
        Completed check = check();

        assertThat(check.stdout().lines())
                .contains("skipped: core.broken: no such emulator")
                .last()
                .isEqualTo("16 passed, 0 failed, 1 skipped");
        assertThat(check.exitStatus()).isZero();
    }

    @Test
    void printsNoCodesForATerminal() throws Exception {
        maven(report("core", 10, 0, 0, 1) + "printf '\\033[0m\\033[1mBUILD\\033[m\\n'\n");

        assertThat(check().stdout()).contains("\nBUILD\n").doesNotContain("\033");
    }

    @Test
    void failsWhenMavenFailsOutsideOfATest() throws Exception {
        maven(report("core", 10, 0, 0, 1) + "case $* in *verify*) exit 1 ;; esac\n");

        Completed check = check();

        assertThat(check.stderr()).contains("Maven failed outside of a test");
        assertThat(check.exitStatus()).isEqualTo(1);
    }

    @Test
    void failsWithAUnitTestAndNamesIt() throws Exception {
        maven(report("core", 10, 1, 2, 0));

        Completed check = check();

        assertThat(check.stdout().lines()).last().isEqualTo("10 passed, 3 failed, 0 skipped");
        assertThat(check.stdout()).contains("failure: core.broken");
        assertThat(check.exitStatus()).isEqualTo(1);
    }

    @Test
    void failsWithAVirtualMachineTest() throws Exception {
        vmtest(1, "passed", "boot-failed");

        Completed check = check();

        assertThat(check.stdout().lines()).last().isEqualTo("14 passed, 2 failed, 1 skipped");
        assertThat(check.exitStatus()).isEqualTo(1);
    }

    @Test
    void countsTroubleOfTheHostAsFailed() throws Exception {
        vmtest(3, "infrastructure", "passed");

        Completed check = check();

        assertThat(check.stdout().lines()).last().isEqualTo("14 passed, 2 failed, 1 skipped");
        assertThat(check.exitStatus()).isEqualTo(1);
    }

    @Test
    void countsATestWithoutAVerdictAsFailed() throws Exception {
        vmtest(0, "passed");

        Completed check = check();

        assertThat(check.stdout().lines()).last().isEqualTo("15 passed, 1 failed, 1 skipped");
        assertThat(check.exitStatus()).isEqualTo(1);
    }

    @Test
    void failsWithTheProjectOfSomebodyElse() throws Exception {
        program("tools/outside-project", "exit 1");

        Completed check = check();

        assertThat(check.stdout().lines()).last().isEqualTo("15 passed, 1 failed, 1 skipped");
        assertThat(check.exitStatus()).isEqualTo(1);
    }

    @Test
    void countsWhatWasNotProvenAsSkipped() throws Exception {
        vmtest(0, "expected-failure", "skipped");

        Completed check = check();

        assertThat(check.stdout().lines()).last().isEqualTo("14 passed, 0 failed, 3 skipped");
        assertThat(check.exitStatus()).isZero();
    }

    @Test
    void believesAnExitStatusThatNoVerdictExplains() throws Exception {
        vmtest(3, "passed", "passed");

        assertThat(check().exitStatus()).isEqualTo(1);
    }

    @Test
    void failsWithABuildThatFailed() throws Exception {
        program("path/mvn", "exit 1");

        Completed check = check();

        assertThat(check.stdout().lines())
                .last()
                .asString()
                .startsWith("0 passed, ")
                .endsWith(" failed, 0 skipped");
        assertThat(check.stderr()).contains("the build failed");
        assertThat(check.exitStatus()).isEqualTo(1);
    }

    @Test
    void failsWhenNoUnitTestRan() throws Exception {
        maven("");

        Completed check = check();

        assertThat(check.stdout().lines()).last().isEqualTo("3 passed, 1 failed, 0 skipped");
        assertThat(check.exitStatus()).isEqualTo(1);
    }

    @Test
    void forgetsTheReportsOfAnEarlierRun() throws Exception {
        Path stale = tree.resolve("suite/target/surefire-reports/TEST-stale.xml");
        Files.createDirectories(stale.getParent());
        Files.writeString(stale, "<testsuite name=\"stale\" tests=\"7\" errors=\"7\" skipped=\"0\" failures=\"0\">\n");

        assertThat(check().exitStatus()).isZero();
    }

    private Completed check() throws Exception {
        try (SupervisedProcesses processes = new SupervisedProcesses()) {
            return processes.run(
                    Command.of("sh", tree.resolve("tools/check").toString())
                            .withEnvironment("PATH", tree.resolve("path") + ":" + System.getenv("PATH"))
                            .withEnvironment("VMTEST_CHECK_TESTS", "SimpleTest BasicTest")
                            .withEnvironment("CURTIN_VMTEST_PARALLEL", "1"),
                    LONGEST);
        }
    }

    private void maven(String reports) throws IOException {
        program("path/mvn", "cd '" + tree + "'\n" + reports);
    }

    /** Return shell lines that write the report of a class as Surefire does. */
    private static String report(String module, int tests, int errors, int failures, int skipped) {
        String problems = (failures > 0 ? "    <failure message=\"x\" type=\"y\">\n" : "")
                + (skipped > 0
                        ? "    <skipped type=\"z\"><![CDATA[z: Assumption failed: no such emulator\n\tat x]]></skipped>\n"
                        : "");
        return """
                mkdir -p %1$s/target/surefire-reports
                cat > %1$s/target/surefire-reports/TEST-%1$s.xml <<'END'
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuite version="3.0.2" name="%1$s" time="1.5" tests="%2$d" errors="%3$d" skipped="%5$d" failures="%4$d">
                  <testcase name="broken" classname="%1$s" time="0.1">
                %6$s    <system-out><![CDATA[<testsuite tests="99" errors="99" skipped="0" failures="0">]]></system-out>
                  </testcase>
                </testsuite>
                END
                """.formatted(module, tests, errors, failures, skipped, problems);
    }

    private void vmtest(int status, String... verdicts) throws IOException {
        StringBuilder properties = new StringBuilder();
        for (String verdict : verdicts) {
            properties
                    .append("      <property name=\"verdict\" value=\"")
                    .append(verdict)
                    .append("\"/>\n");
        }
        program("bin/vmtest", """
                [ "$1" = run ] || exit 0
                while [ "$1" != --topdir ]; do shift; done
                mkdir -p "$2"
                cat > "$2/junit.xml" <<'END'
                <testsuites>
                %s</testsuites>
                END
                exit %d
                """.formatted(properties, status));
    }

    private void program(String name, String body) throws IOException {
        Path file = tree.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\nset -e\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
