package dev.vmtest.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vmtest.machine.qemu.Platform;
import dev.vmtest.process.Command;
import dev.vmtest.process.SupervisedProcesses;
import dev.vmtest.release.Architecture;
import dev.vmtest.text.MistakeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QemuChoiceTests {

    private static final String EMULATOR = Platform.of(Architecture.host()).emulator();

    @TempDir
    private Path directory;

    @Test
    void leavesTheOneOnThePathWhereThereIsNoOther() {
        QemuChoice choice = choose(Map.of("PATH", "/usr/bin"));

        assertThat(choice.programs()).isEmpty();
        assertThat(choice.changes()).isEmpty();
        assertThat(choice.environment()).isEqualTo(Map.of("PATH", "/usr/bin"));
    }

    @Test
    void takesTheOneThatWasUnpacked() throws Exception {
        Path programs = emulator(directory.resolve("unpacked/usr/bin"));

        assertThat(choose(Map.of("PATH", "/usr/bin")).environment()).containsEntry("PATH", programs + ":/usr/bin");
    }

    @Test
    void takesTheSystemsWhenAsked() throws Exception {
        emulator(directory.resolve("unpacked/usr/bin"));

        assertThat(choose(Map.of("CURTIN_VMTEST_QEMU", "system")).programs()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bin", "usr/bin", "."})
    void takesTheOneThatIsNamed(String below) throws Exception {
        emulator(directory.resolve("unpacked/usr/bin"));
        Path programs = emulator(directory.resolve("own").resolve(below).normalize());

        assertThat(choose(Map.of("VMTEST_QEMU", directory.resolve("own").toString()))
                        .programs())
                .hasValueSatisfying(found -> assertThat(found.normalize()).isEqualTo(programs));
    }

    @Test
    void takesTheProgramItselfForItsDirectory() throws Exception {
        Path programs = emulator(directory.resolve("own"));

        assertThat(choose(Map.of("VMTEST_QEMU", programs.resolve(EMULATOR).toString()))
                        .programs())
                .hasValue(programs);
    }

    @Test
    void refusesAPlaceWithoutQemu() {
        assertThatThrownBy(() -> choose(Map.of("CURTIN_VMTEST_QEMU", directory.toString()))
                        .programs())
                .isInstanceOf(MistakeException.class)
                .hasMessage("CURTIN_VMTEST_QEMU names " + directory + ", and no program " + EMULATOR
                        + " is there, nor in bin or usr/bin below it; name the directory of a QEMU, or system for the"
                        + " one on the PATH");
    }

    @Test
    void refusesAProgramOfAnotherNameRatherThanTakingTheSystems() throws Exception {
        Path other = emulator(directory.resolve("own")).resolve("another-emulator");
        Files.move(directory.resolve("own").resolve(EMULATOR), other);

        assertThatThrownBy(() -> choose(Map.of("VMTEST_QEMU", other.toString())).programs())
                .isInstanceOf(MistakeException.class)
                .hasMessageContaining(other.toString());
    }

    @Test
    void commandsStartItAndPeopleAreToldItsFile() throws Exception {
        Path programs = emulator(directory.resolve("own"));
        QemuChoice choice = choose(Map.of("VMTEST_QEMU", programs.toString()));

        try (SupervisedProcesses processes = new SupervisedProcesses(choice.changes())) {
            assertThat(processes
                            .run(Command.of(EMULATOR), Duration.ofSeconds(20))
                            .stdout())
                    .isEqualTo("this one\n");
            assertThat(processes.typed(EMULATOR))
                    .isEqualTo(programs.resolve(EMULATOR).toString());
            assertThat(processes.typed("sh")).isEqualTo("sh");
        }
    }

    @ParameterizedTest
    @CsvSource({"7.2.22,true", "10.0.2,false", "11.1.0,false"})
    void saysWhatANewerOneWouldWin(String version, boolean advises) throws Exception {
        Path programs = emulator(directory.resolve("own"));
        Files.writeString(
                programs.resolve(EMULATOR), "#!/bin/sh\necho 'QEMU emulator version " + version + " (Debian)'\n");

        String said = choose(Map.of("VMTEST_QEMU", programs.toString())).describe();

        assertThat(said).startsWith(version + " in " + programs);
        assertThat(said.contains("tools/qemu")).isEqualTo(advises);
    }

    private QemuChoice choose(Map<String, String> environment) {
        return QemuChoice.of(environment, directory.resolve("unpacked"));
    }

    private static Path emulator(Path programs) throws IOException {
        Files.createDirectories(programs);
        Path program = programs.resolve(EMULATOR);
        Files.writeString(program, "#!/bin/sh\necho this one\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return programs;
    }
}
