package dev.vmtest.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.process.Command;
import dev.vmtest.process.Completed;
import dev.vmtest.process.SupervisedProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Makes releases of a tree with the poms of this one, with a Maven that is played. */
class ReleaseToolTests {

    private static final Duration LONGEST = Duration.ofMinutes(2);

    @TempDir
    private Path tree;

    private final SupervisedProcesses processes = new SupervisedProcesses();
    private String current = "";

    /** What a user's new project is made from. */
    private static final String PROJECT = "cli/src/main/resources/dev/vmtest/cli/maven";

    @BeforeEach
    void makeATree() throws Exception {
        Files.createDirectories(tree.resolve("tools/lib"));
        for (String file : List.of("tools/release", "tools/lib/dry-run", "pom.xml", "CHANGELOG.md")) {
            Files.copy(SourceTree.resolve(file), tree.resolve(file));
        }
        for (String module : List.of("bom", "core", "cli", "packaging", PROJECT)) {
            Files.createDirectories(tree.resolve(module));
            Files.copy(SourceTree.resolve(module + "/pom.xml"), tree.resolve(module + "/pom.xml"));
        }
        write("CHANGELOG.md", "# Changelog\n\n## Unreleased\n\n- Something new.\n");
        maven("touch built");
        write(".gitignore", "/path/\n/built\n");
        git("init", "--quiet", "--initial-branch=main");
        git("add", "--all");
        git("commit", "--quiet", "-m", "Begin");
        current = version("pom.xml");
        assertThat(current).endsWith("-SNAPSHOT");
    }

    @AfterEach
    void endProcesses() {
        processes.close();
    }

    @Test
    void writesTheVersionEverywhereTagsAndBeginsTheNext() throws Exception {
        Completed made = release("3.4.5");

        assertThat(made.stderr()).isEmpty();
        assertThat(made.exitStatus()).isZero();
        assertThat(made.stdout()).contains("released 3.4.5, and began 3.4.6-SNAPSHOT", "git push origin HEAD v3.4.5");
        assertThat(tree.resolve("built")).exists();
        assertThat(git("log", "--format=%s")).containsExactly("Begin 3.4.6-SNAPSHOT", "Release 3.4.5", "Begin");
        assertThat(git("tag")).containsExactly("v3.4.5");
        for (String pom : List.of("pom.xml", "bom/pom.xml", "core/pom.xml", "cli/pom.xml", "packaging/pom.xml")) {
            assertThat(String.join("\n", git("show", "v3.4.5:" + pom)))
                    .as(pom)
                    .contains("<version>3.4.5</version>")
                    .doesNotContain(current);
            assertThat(read(pom)).as(pom).contains("<version>3.4.6-SNAPSHOT</version>");
        }
        assertThat(String.join("\n", git("show", "v3.4.5:" + PROJECT + "/pom.xml")))
                .contains("<vmtest.version>3.4.5</vmtest.version>");
        assertThat(String.join("\n", git("show", "v3.4.5:packaging/pom.xml")))
                .contains("<debian.version>3.4.5</debian.version>");
        assertThat(read("packaging/pom.xml")).contains("<debian.version>3.4.6~snapshot</debian.version>");
        assertThat(String.join("\n", git("show", "v3.4.5:CHANGELOG.md")))
                .containsPattern("## 3.4.5 - 20\\d\\d-\\d\\d-\\d\\d\n\n- Something new.")
                .doesNotContain("Unreleased");
        assertThat(read("CHANGELOG.md")).containsSubsequence("## Unreleased\n\n## 3.4.5 - ", "- Something new.");
        assertThat(git("status", "--porcelain")).isEmpty();
    }

    @Test
    void aTrialRunOnlySaysWhatWouldBeDone() throws Exception {
        Completed said = release("--dry-run", "3.4.5");

        assertThat(said.exitStatus()).isZero();
        assertThat(said.stdout().lines())
                .contains(
                        "would replace pom.xml",
                        "would replace CHANGELOG.md",
                        "would commit:    Release 3.4.5 (1 lines of the changelog)",
                        "would tag:       v3.4.5",
                        "would commit:    Begin 3.4.6-SNAPSHOT");
        assertThat(git("log", "--format=%s")).containsExactly("Begin");
        assertThat(tree.resolve("built")).doesNotExist();
        assertThat(version("pom.xml")).isEqualTo(current);
    }

    @Test
    void whereATestFailsTheFilesAreAsTheyWere() throws Exception {
        maven("exit 1");

        Completed failed = release("3.4.5");

        assertThat(failed.exitStatus()).isNotZero();
        assertThat(failed.stderr()).contains("the release was not made; the files are as they were");
        assertThat(git("log", "--format=%s")).containsExactly("Begin");
        assertThat(git("status", "--porcelain")).isEmpty();
        assertThat(git("tag")).isEmpty();
    }

    @Test
    void whatIsNotReadyIsRefusedWithTheRemedy() throws Exception {
        for (String wrong : List.of("", "1", "1.2", "1.2.3.4", "1.2.x", "v1.2.3", "1..3")) {
            assertRefused(wrong, "'" + wrong + "' is no version; write VERSION=MAJOR.MINOR.PATCH");
        }
        git("tag", "v1.2.3");
        assertRefused("1.2.3", "the tag v1.2.3 is there already");
        write("CHANGELOG.md", "# Changelog\n\n## Unreleased\n\n## 1.0.0 - 2026-01-01\n\n- Old.\n");
        assertRefused("1.2.4", "files are changed that are not committed");
        git("commit", "--quiet", "--all", "-m", "Say nothing");
        assertRefused("1.2.4", "CHANGELOG.md says nothing under '## Unreleased'");
        assertThat(tree.resolve("built")).doesNotExist();
    }

    private void assertRefused(String version, String why) throws Exception {
        Completed refused = release(version);
        assertThat(refused.exitStatus()).as(version).isEqualTo(2);
        assertThat(refused.stderr()).startsWith("vmtest: ").contains(why);
    }

    private Completed release(String... words) throws Exception {
        return run(tree.resolve("tools/release").toString(), words);
    }

    private Completed run(String program, String... words) throws Exception {
        return processes.run(
                Command.of(program)
                        .with(words)
                        .withDirectory(tree)
                        .withEnvironment("PATH", tree.resolve("path") + ":" + System.getenv("PATH"))
                        .withEnvironment("GIT_CONFIG_GLOBAL", "/dev/null")
                        .withEnvironment("GIT_AUTHOR_NAME", "Somebody")
                        .withEnvironment("GIT_AUTHOR_EMAIL", "somebody@example.org")
                        .withEnvironment("GIT_COMMITTER_NAME", "Somebody")
                        .withEnvironment("GIT_COMMITTER_EMAIL", "somebody@example.org"),
                LONGEST);
    }

    private List<String> git(String... words) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(words));
        return run("git", arguments.toArray(String[]::new))
                .requireSuccess()
                .stdout()
                .lines()
                .toList();
    }

    private void maven(String does) throws IOException {
        Path program = Files.createDirectories(tree.resolve("path")).resolve("mvn");
        Files.writeString(program, "#!/bin/sh\n" + does + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(tree.resolve(file), text);
    }

    private String read(String file) throws IOException {
        return Files.readString(tree.resolve(file));
    }

    private String version(String pom) throws IOException {
        return read(pom)
                .lines()
                .filter(line -> line.matches("  <version>.*</version>"))
                .map(line -> line.replaceAll("\\s*</?version>", ""))
                .findFirst()
                .orElseThrow();
    }
}
