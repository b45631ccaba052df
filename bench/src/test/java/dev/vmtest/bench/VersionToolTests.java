package dev.vmtest.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.process.Command;
import dev.vmtest.process.SupervisedProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs tools/version in trees of its own. */
class VersionToolTests {

    private static final Duration LONGEST = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    private final SupervisedProcesses processes = new SupervisedProcesses();

    @BeforeEach
    void makeATree() throws IOException {
        Files.createDirectories(tree("tools"));
        Files.createDirectories(tree("core/src"));
        Files.copy(SourceTree.resolve("tools/version"), tree("tools/version"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.copy(SourceTree.resolve(".gitattributes"), tree(".gitattributes"));
        Files.writeString(tree("pom.xml"), """
                <project>
                  <version>0.9</version>
                  <dependencies>
                    <version>7</version>
                  </dependencies>
                </project>
                """);
        Files.writeString(tree("core/src/A.java"), "class A {}\n");
    }

    @AfterEach
    void end() {
        processes.close();
    }

    private Path tree(String name) {
        return directory.resolve("tree").resolve(name);
    }

    private String run(Path where, String... words) throws Exception {
        return processes
                .run(
                        Command.of(words)
                                .withDirectory(where)
                                .withEnvironment("GIT_CONFIG_GLOBAL", "/dev/null")
                                .withEnvironment("GIT_CEILING_DIRECTORIES", directory.toString()),
                        LONGEST)
                .requireSuccess()
                .stdout()
                .strip();
    }

    private void git(String... words) throws Exception {
        List<String> all = new ArrayList<>(
                List.of("git", "-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "init.defaultBranch=main"));
        all.addAll(List.of(words));
        run(tree(""), all.toArray(String[]::new));
    }

    private String version() throws Exception {
        return run(directory, tree("tools/version").toString());
    }

    private void commit() throws Exception {
        git("init", "--quiet");
        git("add", ".");
        git("commit", "--quiet", "-m", "first");
    }

    @Test
    void aTreeWithoutGitHasTheVersionOfThePom() throws Exception {
        assertThat(version()).isEqualTo("0.9");
    }

    @Test
    void aCommitIsNamedAndThatItsSourcesWereChanged() throws Exception {
        commit();
        String commit = run(tree(""), "git", "rev-parse", "--short=9", "HEAD");

        assertThat(version()).isEqualTo("0.9+" + commit);
        Files.writeString(tree("notes"), "not built\n");
        assertThat(version()).isEqualTo("0.9+" + commit);
        Files.writeString(tree("core/src/A.java"), "class A { int a; }\n");
        assertThat(version()).isEqualTo("0.9+" + commit + ".changed");
    }

    @Test
    void aTagIsTheVersion() throws Exception {
        commit();
        git("tag", "v1.2");

        assertThat(version()).isEqualTo("1.2");
        Files.writeString(tree("core/src/A.java"), "class A { int a; }\n");
        assertThat(version()).isEqualTo("1.2+changed");
    }

    @Test
    void anArchiveThatGitMadeKnowsItsCommit() throws Exception {
        commit();
        String commit = run(tree(""), "git", "rev-parse", "--short", "HEAD");
        git("archive", "--prefix=unpacked/", "--output=../tree.tar", "HEAD");
        run(directory, "tar", "-xf", "tree.tar");

        assertThat(run(directory, "unpacked/tools/version")).isEqualTo("0.9+" + commit);
    }

    @Test
    void aTreeInsideOfAnotherRepositoryIsNoCommitOfThat() throws Exception {
        commit();
        Files.createDirectories(tree("inner/tools"));
        Files.copy(tree("tools/version"), tree("inner/tools/version"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.copy(tree("pom.xml"), tree("inner/pom.xml"));

        assertThat(run(directory, tree("inner/tools/version").toString())).isEqualTo("0.9");
    }

    @Test
    void aFileThatSaysItAlreadyIsLeftAlone() throws Exception {
        Path file = directory.resolve("out/version.txt");
        String tool = tree("tools/version").toString();
        run(directory, tool, file.toString());
        assertThat(file).hasContent("0.9\n");
        FileTime before = FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(file, before);

        run(directory, tool, file.toString());

        assertThat(Files.getLastModifiedTime(file)).isEqualTo(before);
    }
}
