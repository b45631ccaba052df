package dev.vmtest.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.process.Command;
import dev.vmtest.process.Completed;
import dev.vmtest.process.SupervisedProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plays Maven to {@code tools/build}, and reads what it says and when it builds. */
class BuildCommandTests {

    private static final Duration LONGEST = Duration.ofSeconds(60);

    @TempDir
    private Path tree;

    @BeforeEach
    void copyTheCommand() throws IOException {
        Files.createDirectories(tree.resolve("tools/lib"));
        Files.createDirectories(tree.resolve("path"));
        for (String part : List.of("tools/build", "tools/lib/steps")) {
            Files.copy(SourceTree.resolve(part), tree.resolve(part), StandardCopyOption.COPY_ATTRIBUTES);
        }
        Files.createDirectories(tree.resolve("core/src/main"));
        for (String source : List.of("pom.xml", ".mvn", "examples", "core/pom.xml", "core/src/main/A.java")) {
            write(source, "");
        }
        maven(0);
    }

    @Test
    void saysWhatIsBeingDone() throws Exception {
        Completed build = build("quick");

        assertThat(build.stdout())
                .matches("(?s)vmtest: +\\d+ s  building vmtest with Maven .*")
                .containsPattern("vmtest: +\\d+ s  compiling core, 531 files\n")
                .containsPattern("vmtest: +\\d+ s  built\n")
                .doesNotContain("\033", "[INFO]");
        assertThat(build.exitStatus()).isZero();
    }

    @Test
    void buildsNothingTwice() throws Exception {
        build("quick");

        assertThat(build("quick").stdout()).isEqualTo("vmtest: nothing has changed since the last build\n");
        assertThat(calls()).hasSize(1);
    }

    @Test
    void buildsAgainWhenASourceHasChanged() throws Exception {
        build("quick");
        Path source = tree.resolve("core/src/main/A.java");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));

        build("quick");

        assertThat(calls()).hasSize(2);
    }

    @Test
    void buildsAgainAfterACommitSoThatTheVersionIsTrue() throws Exception {
        program("tools/version", "echo 0.1+second");
        write("core/target/classes/dev/vmtest/session/version.txt", "0.1+first\n");
        build("quick");
        build("quick");
        write("core/target/classes/dev/vmtest/session/version.txt", "0.1+second\n");
        build("quick");

        assertThat(calls()).hasSize(2);
    }

    @Test
    void takesAWholeBuildForAQuickOneAndNotTheReverse() throws Exception {
        build("quick");
        write("core/target/classes/A.class", "");
        build("whole");
        build("quick");

        assertThat(calls())
                .satisfiesExactly(
                        first -> assertThat(first).contains("-Pquick"),
                        second -> assertThat(second).doesNotContain("-Pquick"));
        // what was compiled without the checks must be compiled again
        assertThat(tree.resolve("core/target/classes/A.class")).doesNotExist();
    }

    @Test
    void showsTheErrorsOfABuildThatFailedAndTriesAgain() throws Exception {
        maven(1);

        Completed failed = build("quick");

        assertThat(failed.exitStatus()).isEqualTo(1);
        assertThat(failed.stderr()).contains("[ERROR] A.java:[1,1] no class").contains("target/build.log");

        maven(0);
        assertThat(build("quick").exitStatus()).isZero();
    }

    @Test
    void putsTheClassesIntoAnArchiveThatWorks() throws Exception {
        Path archive = tree.resolve("cli/target/vmtest.jsa");
        program("bin/vmtest", """
                case $VMTEST_JAVA_OPTIONS in
                -XX:ArchiveClassesAtExit=*) echo classes >"${VMTEST_JAVA_OPTIONS#*=}"; exit 3 ;;
                -XX:SharedArchiveFile=*) [ "$(cat "${VMTEST_JAVA_OPTIONS#*=}")" = classes ] ;;
                *) exit 9 ;;
                esac
                """);
        assertThat(build("quick").exitStatus()).isZero();
        assertThat(archive).hasContent("classes");

        write("cli/target/vmtest.jsa", "of the build before");
        program("bin/vmtest", """
                case $VMTEST_JAVA_OPTIONS in
                -XX:ArchiveClassesAtExit=*) echo half >"${VMTEST_JAVA_OPTIONS#*=}" ;;
                *) exit 134 ;;
                esac
                """);
        Completed whole = build("whole");
        assertThat(whole.exitStatus()).isZero();
        assertThat(whole.stdout()).contains("built");
        assertThat(archive).doesNotExist();
        assertThat(tree.resolve("cli/target/vmtest.jsa.new")).doesNotExist();
    }

    @Test
    void refusesAnotherKind() throws Exception {
        assertThat(build("slow").exitStatus()).isEqualTo(2);
    }

    private List<String> calls() throws IOException {
        return Files.readAllLines(tree.resolve("calls"));
    }

    private Completed build(String kind) throws Exception {
        try (SupervisedProcesses processes = new SupervisedProcesses()) {
            return processes.run(
                    Command.of("sh", tree.resolve("tools/build").toString(), kind)
                            .withEnvironment("PATH", tree.resolve("path") + ":" + System.getenv("PATH")),
                    LONGEST);
        }
    }

    private void maven(int status) throws IOException {
        program("path/mvn", """
                echo "$*" >>'%1$s/calls'
                mkdir -p '%1$s/cli/target/lib'
                printf '[INFO] Building vmtest core 0.1.0-SNAPSHOT                    [2/5]\\n'
                printf '[INFO] Compiling 531 source files with javac [debug release 17] to target/classes\\n'
                [ %2$d = 0 ] || echo '[ERROR] A.java:[1,1] no class'
                printf '\\033[0m'
                exit %2$d
                """.formatted(tree, status));
    }

    private void program(String name, String script) throws IOException {
        write(name, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(tree.resolve(name), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void write(String name, String text) throws IOException {
        Path file = tree.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
