package dev.vmtest.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vmtest.process.Command;
import dev.vmtest.process.Completed;
import dev.vmtest.process.SupervisedProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plays apt, dpkg and two QEMUs to {@code tools/qemu}. */
class QemuToolTests {

    private static final Duration LONGEST = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    @BeforeEach
    void playADebianWithBackports() throws IOException {
        List<String> system = Files.readAllLines(Path.of("/etc/os-release"));
        assumeTrue(system.contains("ID=debian"), "this host is no Debian, where tools/qemu leaves everything");
        assumeTrue(
                Files.isReadable(Path.of("/usr/share/keyrings/debian-archive-keyring.gpg")),
                "the package debian-archive-keyring is not installed");
        program("qemu-system-x86_64", "echo 'QEMU emulator version 7.2.22 (Debian)'");
        program("dpkg", "echo amd64");
        program("dpkg-deb", """
                mkdir -p "$3/usr/bin" "$3/usr/lib"
                printf '#!/bin/sh\\necho version 10.0.2\\n' >"$3/usr/bin/qemu-system-x86_64"
                chmod 0755 "$3/usr/bin/qemu-system-x86_64"
                """);
        apt("update) ;;");
        program("apt-cache", "echo 'Version: 1:10.0.2+ds-2~bpo12+1'");
    }

    @Test
    void unpacksANewerOneBesideTheSystems() throws Exception {
        Completed first = run();

        assertThat(first.exitStatus()).isZero();
        assertThat(first.stdout()).contains("fetching QEMU 10.0.2", "the system's own is as it was");
        Path unpacked = unpacked();
        assertThat(unpacked.resolve("usr/bin/qemu-system-x86_64")).isExecutable();
        // what QEMU itself looks for its firmware in
        assertThat(unpacked.resolve("usr/bin/qemu-bundle/usr/bin")).isDirectory();
        assertThat(run().stdout()).as("what is there is not fetched again").isEmpty();
    }

    @Test
    void goesOnWithTheSystemsWhereTheMirrorHasNoBackports() throws Exception {
        apt("update) exit 100 ;;");

        Completed none = run();

        assertThat(none.exitStatus()).isZero();
        assertThat(none.stdout()).contains("QEMU stays the system's: the mirror has no ");
        assertThat(left()).isEmpty();
    }

    @Test
    void goesOnWithTheSystemsWhereTheNewerOneDoesNotStart() throws Exception {
        program("dpkg-deb", "mkdir -p \"$3/usr/bin\" \"$3/usr/lib\"");

        Completed none = run();

        assertThat(none.exitStatus()).isZero();
        assertThat(none.stdout()).contains("QEMU stays the system's: the newer one does not start here");
        assertThat(left()).isEmpty();
    }

    @Test
    void asksForNothingWhereTheSystemsIsNewEnough() throws Exception {
        program("qemu-system-x86_64", "echo 'QEMU emulator version 10.0.2 (Debian)'");
        apt("*) echo asked >&2; exit 1 ;;");

        Completed none = run();

        assertThat(none.stdout() + none.stderr()).isEmpty();
        assertThat(none.exitStatus()).isZero();
    }

    private Completed run() throws Exception {
        try (SupervisedProcesses processes = new SupervisedProcesses()) {
            return processes.run(
                    Command.of(SourceTree.resolve("tools/qemu").toString())
                            .withEnvironment("PATH", directory.resolve("programs") + ":" + System.getenv("PATH"))
                            .withEnvironment(
                                    "XDG_CACHE_HOME", directory.resolve("cache").toString()),
                    LONGEST);
        }
    }

    private Path unpacked() throws IOException {
        List<Path> left = left();
        assertThat(left).hasSize(1);
        return left.get(0);
    }

    private List<Path> left() throws IOException {
        try (Stream<Path> left = Files.list(directory.resolve("cache/vmtest/qemu"))) {
            return left.toList();
        }
    }

    /** Play apt-get with one more case of what it is asked. */
    private void apt(String update) throws IOException {
        program("apt-get", """
                for word; do
                    case $word in
                    indextargets) . /etc/os-release && echo "$VERSION_CODENAME|main|file:/mirror/" ;;
                    download) : >qemu.deb ;;
                    %s
                    esac
                done
                """.formatted(update));
    }

    private void program(String name, String script) throws IOException {
        Path program = directory.resolve("programs").resolve(name);
        Files.createDirectories(program.getParent());
        Files.writeString(program, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
