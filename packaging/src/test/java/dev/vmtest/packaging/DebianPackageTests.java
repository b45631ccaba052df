package dev.vmtest.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.process.Command;
import dev.vmtest.process.Completed;
import dev.vmtest.process.SupervisedProcesses;
import dev.vmtest.session.HostTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Installs the package with dpkg below an empty root and uses what is there. */
class DebianPackageTests {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private static final SupervisedProcesses PROCESSES = new SupervisedProcesses();

    @TempDir
    private static Path root;

    @BeforeAll
    static void install() throws Exception {
        Path database = Files.createDirectories(root.resolve("var/lib/dpkg"));
        Files.createDirectories(database.resolve("updates"));
        Files.createDirectories(database.resolve("info"));
        Files.createFile(database.resolve("status"));
        dpkg("--install", System.getProperty("vmtest.package"));
    }

    @AfterAll
    static void end() {
        PROCESSES.close();
    }

    /** The empty root has none of the packages that ours depends on. */
    private static void dpkg(String... words) throws Exception {
        List<String> command = new ArrayList<>();
        if (!run("id", "-u").stdout().strip().equals("0")) {
            command.addAll(List.of("unshare", "--map-root-user"));
        }
        command.addAll(List.of("dpkg", "--root=" + root, "--log=" + root.resolve("dpkg.log"), "--force-depends"));
        command.addAll(Arrays.asList(words));
        run(command.toArray(String[]::new));
    }

    private static Completed run(String... words) throws Exception {
        return PROCESSES.run(Command.of(words).withDirectory(root), LIMIT).requireSuccess();
    }

    private static String vmtest(String... words) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(root.resolve("usr/bin/vmtest").toString()));
        command.addAll(Arrays.asList(words));
        return run(command.toArray(String[]::new)).stdout();
    }

    @Test
    void theCommandKnowsItsSuiteAndItsConfigurations() throws Exception {
        assertThat(vmtest("--version")).startsWith("vmtest ");
        assertThat(vmtest("list")).contains("SimpleTest").contains("UefiBasicTest");
        assertThat(vmtest(
                        "plan",
                        root.resolve("usr/share/vmtest/examples/tests/simple.yaml")
                                .toString()))
                .startsWith("#!/bin/sh");
    }

    @Test
    void everyCommandHasAManPage() throws Exception {
        Set<String> pages = new TreeSet<>();
        try (Stream<Path> files = Files.list(root.resolve("usr/share/man/man1"))) {
            files.forEach(file -> pages.add(file.getFileName().toString()));
        }
        List<String> commands = vmtest("--help")
                .lines()
                .dropWhile(line -> !line.startsWith("Commands:"))
                .skip(1)
                .takeWhile(line -> line.startsWith("  "))
                .filter(line -> line.matches(" {2}[a-z].*"))
                .map(line -> line.strip().split(" ", 2)[0])
                .filter(command -> !command.equals("help"))
                .map(command -> "vmtest-" + command + ".1.gz")
                .toList();
        assertThat(commands).hasSizeGreaterThan(7);
        assertThat(pages).containsAll(commands).contains("vmtest.1.gz", "vmtest-images-build.1.gz");
        assertThat(page("vmtest-run")).contains("vmtest-run \\- Installs, boots and judges each test");
        assertThat(page("vmtest-image-exec")).contains("vmtest-image-exec \\- Runs COMMAND");
    }

    private static String page(String name) throws Exception {
        return run(
                        "gzip",
                        "-cd",
                        root.resolve("usr/share/man/man1/" + name + ".1.gz").toString())
                .stdout();
    }

    @Test
    void bashCompletesTheCommand() throws Exception {
        Path completion = root.resolve("usr/share/bash-completion/completions/vmtest");
        String said = run("bash", "-c", ". \"$1\" && complete -p vmtest", "bash", completion.toString())
                .stdout();
        assertThat(said).contains("vmtest");
    }

    @Test
    void everyProgramThatVmtestRunsIsNamedByItsPackage() throws Exception {
        String control =
                run("dpkg-deb", "--field", System.getProperty("vmtest.package")).stdout();
        for (HostTool tool : HostTool.values()) {
            assertThat(control)
                    .as("the package of %s", tool.program())
                    .containsPattern("(?m)^(Depends|Recommends|Suggests):.*\\b" + tool.debianPackage() + "\\b");
        }
    }

    @Test
    void nothingIsLeftWhenItIsRemoved() throws Exception {
        Path other = Files.createTempDirectory(root, "other");
        Path before = root;
        root = other;
        try {
            install();
            assertThat(files(other.resolve("usr"))).isNotEmpty();
            dpkg("--purge", "vmtest");
            assertThat(files(other.resolve("usr"))).isEmpty();
        } finally {
            root = before;
        }
    }

    private static List<Path> files(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
