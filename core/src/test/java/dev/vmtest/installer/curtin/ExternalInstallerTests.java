package dev.vmtest.installer.curtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vmtest.config.ConfigFiles;
import dev.vmtest.config.Problems;
import dev.vmtest.installconfig.InstallConfig;
import dev.vmtest.installer.ImageSystem;
import dev.vmtest.installer.InstallPayload;
import dev.vmtest.installer.InstallRequest;
import dev.vmtest.installer.InstallerException;
import dev.vmtest.installer.SuccessCriteria;
import dev.vmtest.process.Command;
import dev.vmtest.process.ProcessException;
import dev.vmtest.process.SupervisedProcesses;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExternalInstallerTests {

    private final SupervisedProcesses processes = new SupervisedProcesses();

    @TempDir
    Path directory;

    private String curtin = "";

    @BeforeEach
    void writeCurtin() throws IOException {
        Path file = Files.createDirectories(directory.resolve("a place with spaces"))
                .resolve("curtin");
        try (InputStream script =
                Objects.requireNonNull(ExternalInstallerTests.class.getResourceAsStream("fake-curtin.sh"))) {
            Files.copy(script, file);
        }
        assertThat(file.toFile().setExecutable(true)).isTrue();
        curtin = "'" + file + "'";
    }

    @AfterEach
    void endProcesses() {
        processes.close();
    }

    private InstallPayload payload(String commandLine, String config) throws IOException {
        Problems problems = new Problems();
        Path first = Files.writeString(directory.resolve("10-test.yaml"), config);
        Path second = Files.writeString(directory.resolve("90-reporting.yaml"), "reporting: {}\n");
        InstallConfig read = InstallConfig.read(ConfigFiles.load(first, problems), problems);
        InstallPayload payload = new ExternalInstaller(commandLine, processes)
                .payload(
                        new InstallRequest(
                                read,
                                List.of(first, second),
                                "cp:///media/root-ro",
                                ImageSystem.OWN_ROOT,
                                false,
                                "unused",
                                directory),
                        problems);
        problems.throwIfAny();
        return payload;
    }

    private String run(InstallPayload payload) throws IOException, ProcessException {
        Path script = directory.resolve("payload");
        Files.write(script, payload.script());
        Path place = Files.createDirectories(directory.resolve("guest"));
        return processes
                .run(Command.of("sh", script.toString()).withDirectory(place), Duration.ofMinutes(1))
                .requireSuccess()
                .stdout();
    }

    @Test
    void thePackRunsTheInstallWithEveryLayerInOrder() throws Exception {
        InstallPayload payload = payload(curtin, "swap: {size: 0}\n");

        assertThat(run(payload).lines())
                .containsExactly(
                        "called:",
                        "curtin",
                        "-vv",
                        "install",
                        "--config=config/10-test.yaml",
                        "--config=config/90-reporting.yaml",
                        "cp:///media/root-ro");
        assertThat(directory.resolve("guest/config/10-test.yaml")).hasContent("swap: {size: 0}");
        assertThat(directory.resolve("guest/config/90-reporting.yaml")).hasContent("reporting: {}");
        assertThat(payload.success()).isEqualTo(SuccessCriteria.CURTIN);
        assertThat(payload.installerVersion()).isEqualTo("99.1-2-gabc");
    }

    @Test
    void theSourceOfTheConfigurationIsNotDoubled() throws Exception {
        assertThat(run(payload(curtin, "sources: {given: 'tgz:http://10.0.2.2/root-tgz'}\n")))
                .doesNotContain("cp://");
    }

    @Test
    void theCommandLineMayHoldVariablesAndOptions() throws Exception {
        assertThat(payload("env FAKE_CURTIN_VERSION='5 of 6' " + curtin, "{}").installerVersion())
                .isEqualTo("5 of 6");
    }

    @Test
    void theCallIsKeptForWhoeverWantsToRepeatIt() throws Exception {
        payload(curtin, "{}");

        assertThat(directory.resolve("pack.log"))
                .content()
                .contains("curtin pack '--add=config/10-test.yaml:", "packed by pack");
    }

    @Test
    void anEmptyPackIsRefusedWithWhatCurtinSaid() {
        assertThatThrownBy(() -> payload("FAKE_CURTIN=empty " + curtin, "{}"))
                .isInstanceOf(InstallerException.class)
                .hasMessageContaining(
                        "pack' ended with exit status 0, but packed nothing; it said:\n  missing dependencies: yaml")
                .hasMessageContaining("Python modules");
    }

    @Test
    void aFailingPackIsRefusedWithWhatCurtinSaid() {
        assertThatThrownBy(() -> payload("FAKE_CURTIN=failing " + curtin, "{}"))
                .isInstanceOf(InstallerException.class)
                .hasMessageContaining("pack' ended with exit status 7; it said:\n  cannot pack: no space");
    }

    @Test
    void aPackThatIsNoScriptIsRefused() {
        assertThatThrownBy(() -> payload("FAKE_CURTIN=chatty " + curtin, "{}"))
                .isInstanceOf(InstallerException.class)
                .hasMessageContaining("did not write a script that begins with '#!'; it said:\n  packing, please wait");
    }

    @Test
    void anInstallerThatDoesNotRunSaysWhy() {
        ExternalInstaller broken = new ExternalInstaller("FAKE_CURTIN=broken " + curtin, processes);
        assertThatThrownBy(broken::version)
                .isInstanceOf(InstallerException.class)
                .hasMessageContaining("version' ended with exit status 1; it said:\n  ModuleNotFoundError")
                .hasMessageContaining("CURTIN_VMTEST_CURTIN_EXE");

        ExternalInstaller missing = new ExternalInstaller("/nowhere/curtin", processes);
        assertThatThrownBy(missing::version)
                .isInstanceOf(InstallerException.class)
                .hasMessageContaining("'/nowhere/curtin version' ended with exit status 127");
    }

    @Test
    void anInstallerThatSaysNoVersionIsRefused() {
        ExternalInstaller silent = new ExternalInstaller("FAKE_CURTIN=no-version " + curtin, processes);
        assertThatThrownBy(silent::version)
                .isInstanceOf(InstallerException.class)
                .hasMessageContaining("but did not say one version and said nothing");
    }

    @Test
    void asksForSubCommandsOnce() throws IOException {
        Path asked = directory.resolve("asked");
        Path lists =
                script("echo x >>" + asked + "; echo 'usage: curtin [-h] [-c FILE]'; echo '  {in-target,apply_net}'");
        ExternalInstaller installer = new ExternalInstaller(lists.toString(), processes);

        assertThat(installer.names()).containsExactlyInAnyOrder("in-target", "apply_net");
        assertThat(installer.names()).hasSize(2);
        assertThat(asked).hasContent("x\n");
    }

    @Test
    void saysThatItListsNoSubCommands() throws IOException {
        ExternalInstaller silent = new ExternalInstaller(script("echo usage").toString(), processes);

        assertThatThrownBy(silent::names)
                .isInstanceOf(InstallerException.class)
                .hasMessageContaining(" --help' lists no sub-commands; it said:\n  usage");
    }

    private Path script(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("help"), "#!/bin/sh\n" + text + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }
}
