package dev.vmtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests for {@code vmtest check --coverage}. */
class CoverageOptionTests {

    private static final Path EXAMPLES = Path.of("../examples/tests");

    /** The lines of the suite's examples that no check looks at, each with its reason; it may only become smaller. */
    private static final List<String> UNCLAIMED = List.of(
            "bridge_maxwait: the kernel does not show it",
            "bridge_waitport: the kernel does not show it",
            "state: the administrator brings it up, and there is none in a test");

    @TempDir
    private Path directory;

    private TestHost host;

    @BeforeEach
    void makeHost() throws IOException {
        host = new TestHost(directory);
    }

    @Test
    void saysOfEachLineWhoLooksAtIt() {
        Path file = host.write("mine.yaml", "swap: {size: 512M}\nvmtest: {boot_cloudconf: {final_message: here}}\n");

        TestHost.Result result = host.run("check", "--coverage", file.toString());

        assertThat(result.status()).isEqualTo(ExitStatus.SUCCESS);
        assertThat(result.out().lines())
                .contains(
                        file + ": no problem found",
                        file
                                + ":2: no check: vmtest.boot_cloudconf.final_message: what cloud-init makes of it at the first boot",
                        file + ": 2 lines: 1 checked, 0 without effect, 1 without a check")
                .anyMatch(line -> line.startsWith(file + ":1: checked: swap.size: swap file"))
                .noneMatch(line -> line.contains("not judged"));
    }

    @Test
    void countsNothingOfAFileWithProblems() {
        Path wrong = host.write("wrong.yaml", "swap: {sise: 512M}\n");
        Path right = host.write("right.yaml", "swap: {size: 512M}\n");

        TestHost.Result result = host.run("check", "--coverage", wrong.toString(), right.toString());

        assertThat(result.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(result.out().lines().toList())
                .last()
                .isEqualTo("2 files, 1 line: 1 checked, 0 without effect, 0 without a check");
    }

    @Test
    void theSuitesExamplesHaveFewLinesThatNoCheckLooksAt() throws IOException {
        List<String> command = new ArrayList<>(List.of("check", "--coverage", "--set", "ROOTFS_FORMAT=ext4"));
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            files.map(Path::toString)
                    .filter(name -> name.endsWith(".yaml"))
                    .sorted()
                    .forEach(command::add);
        }

        List<String> lines =
                host.run(command.toArray(String[]::new)).out().lines().toList();

        List<String> unclaimed =
                lines.stream().filter(line -> line.contains(": no check: ")).toList();
        assertThat(lines).last().asString().endsWith(" " + UNCLAIMED.size() + " without a check");
        assertThat(unclaimed)
                .zipSatisfy(UNCLAIMED, (line, reason) -> assertThat(line).endsWith(reason));
    }
}
