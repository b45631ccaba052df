package dev.vmtest.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.installer.Installers;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.Verdict;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Test an installer that the library does not know: a package of its own and one line of registration. */
class ThirdInstallerTests {

    @TempDir
    Path directory;

    private PlayedRun played;

    @BeforeEach
    void play() throws Exception {
        played = new PlayedRun(directory);
        played.installer = Installers.of("tiny", "");
        played.guest.events();
    }

    @Test
    void itsLastWordsAreItsWitness() throws Exception {
        played.guest.installConsole("tiny: the system is installed\n");

        TestResult result = played.run();

        assertThat(result.verdict()).as(result.evidence().summary()).isEqualTo(Verdict.PASSED);
        assertThat(result.installer()).isEqualTo("tiny");
        assertThat(result.phases()).extracting(phase -> phase.name()).contains("install", "boot", "collect", "check");
        assertThat(result.reproduce()).contains("--installer tiny");
    }

    @Test
    void anInstallThatSaysNothingFailed() throws Exception {
        played.guest.installConsole("tiny: almost\n");

        TestResult result = played.run();

        assertThat(result.verdict()).isEqualTo(Verdict.INSTALL_FAILED);
        assertThat(result.evidence().summary()).contains("the console never said 'tiny: the system is installed'");
    }

    @Test
    void whatItMustNotSayIsAFailure() throws Exception {
        played.guest.installConsole("tiny: it failed\ntiny: the system is installed\n");

        TestResult result = played.run();

        assertThat(result.verdict()).isEqualTo(Verdict.INSTALL_FAILED);
        assertThat(result.evidence().summary()).contains("the console says: tiny: it failed");
    }
}
