package dev.vmtest.installer.curtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.installer.InstallerFinding;
import dev.vmtest.process.SupervisedProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExternalInstallerNeedsTests {

    @TempDir
    private Path directory;

    private final SupervisedProcesses processes = new SupervisedProcesses();

    @AfterEach
    void endProcesses() {
        processes.close();
    }

    private String program(String name, String script) throws IOException {
        Path file = Files.writeString(directory.resolve(name), "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file.toString();
    }

    private InstallerFinding examine(String command, String debianPython) {
        return new ExternalInstallerNeeds(command, debianPython, processes).examine(directory);
    }

    @Test
    void oneThatPacksItselfNeedsNothing() throws IOException {
        String curtin = program("curtin", "case $1 in version) echo 24.0 ;; pack) echo '#!/bin/sh' ;; esac\n");

        InstallerFinding finding = examine(curtin, "/nonexistent/python");

        assertThat(finding.version()).isEqualTo("24.0");
        assertThat(finding.trouble()).isEmpty();
        assertThat(finding.missing()).isEmpty();
    }

    @Test
    void everyModuleThatIsMissingIsNamedThoughItSaysOnlyTheFirst() throws IOException {
        String python = program("python", "case $2 in *pyudev* | *debian* | *aptsources*) exit 1 ;; esac\n");
        String curtin = program("curtin", "echo \"ModuleNotFoundError: No module named 'debian'\" >&2; exit 1\n");

        InstallerFinding finding = examine("env PYTHON=" + python + " " + curtin, python);

        assertThat(finding.version()).isEmpty();
        assertThat(finding.trouble()).isEqualTo("does not run: its Python has no module 'debian'");
        assertThat(finding.missing()).containsExactly("aptsources", "debian", "pyudev");
        assertThat(finding.packages()).containsExactly("python3-apt", "python3-debian", "python3-pyudev");
        assertThat(finding.remedy()).isEmpty();
    }

    @Test
    void packagesDoNotHelpAPythonThatIsNotDebians() throws IOException {
        String python = program("python", "case $2 in *attr* | *yaml*) exit 1 ;; esac\n");
        String debian = program("debian-python", "case $2 in *yaml*) exit 1 ;; esac\n");
        String curtin = program("curtin", "echo \"ModuleNotFoundError: No module named 'attr.x'\" >&2; exit 1\n");

        InstallerFinding finding = examine("env PYTHON=" + python + " " + curtin, debian);

        assertThat(finding.missing()).containsExactly("attr", "yaml");
        assertThat(finding.packages()).containsExactly("python3-yaml");
        assertThat(finding.remedy()).startsWith("env PYTHON=" + debian);
    }

    @Test
    void anUnknownModuleAndAnEmptyPackAreSaid() throws IOException {
        String unknown = program("unknown", "echo \"No module named 'strange'\" >&2; exit 1\n");
        String empty = program("empty", "case $1 in version) echo 24.0 ;; esac\n");
        String python = program("python", "");

        assertThat(examine("env PYTHON=" + python + " " + unknown, python).missing())
                .containsExactly("strange");
        assertThat(examine("env PYTHON=" + python + " " + unknown, python).remedy())
                .contains("version");
        assertThat(examine(empty, python).trouble()).contains("packed nothing");
        assertThat(examine(empty, python).version()).isEqualTo("24.0");
        assertThat(examine("/nonexistent/curtin", python).trouble()).contains("/nonexistent/curtin version");
    }
}
