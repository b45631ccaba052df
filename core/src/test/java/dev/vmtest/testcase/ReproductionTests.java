package dev.vmtest.testcase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.installer.InstallerChoice;
import dev.vmtest.installer.builtin.BuiltinChoice;
import dev.vmtest.installer.curtin.CurtinChoice;
import dev.vmtest.process.Command;
import dev.vmtest.process.Completed;
import dev.vmtest.process.SupervisedProcesses;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ReproductionTests {

    private static final InstallerChoice CURTIN = new CurtinChoice("/opt/my curtin/bin/curtin");

    private static String again(InstallerChoice installer, Fidelity fidelity, TestDefinition definition) {
        return new Reproduction(installer, fidelity, Path.of("/home/me/my project")).of(definition, "trixie");
    }

    private static TestDefinition file(String path) {
        return TestDefinition.ofConfig("some-name", new ConfigSource(path, "{}"), List.of("trixie"));
    }

    private static TestDefinition ofClass(String origin) {
        TestDefinition any = file("lvm.yaml");
        return new TestDefinition(
                origin.substring(origin.lastIndexOf('.') + 1),
                origin,
                any.config(),
                any.releases(),
                any.machine(),
                List.of(),
                null,
                null,
                "",
                List.of(),
                List.of(),
                List.of(),
                TestDefinition.InstallTarget.SAME);
    }

    @Test
    void aFileIsFoundFromAnyDirectory() {
        assertThat(again(BuiltinChoice.CHOICE, Fidelity.RESUME, file("../it's.yaml")))
                .isEqualTo("vmtest run '/home/me/it'\\''s.yaml' --release trixie");
        assertThat(again(BuiltinChoice.CHOICE, Fidelity.RESUME, file("/srv/a.yaml")))
                .isEqualTo("vmtest run /srv/a.yaml --release trixie");
    }

    @Test
    void aValueOfATemplateIsNotToldButAskedFor() throws Exception {
        TestDefinition template = TestDefinition.ofConfig(
                "t",
                new ConfigSource("/srv/t.yaml", "{}", Map.of("KEY", "S3cret", "ROOT_FS", "ext4")),
                List.of("trixie"));

        String line = again(BuiltinChoice.CHOICE, Fidelity.RESUME, template);

        assertThat(line)
                .isEqualTo("vmtest run /srv/t.yaml --release trixie"
                        + " --set KEY=\"${KEY:?}\" --set ROOT_FS=\"${ROOT_FS:?}\"");
        try (SupervisedProcesses processes = new SupervisedProcesses()) {
            Command pasted = Command.of("sh", "-c", "vmtest() { printf '%s|' \"$@\"; }; " + line)
                    .withEnvironment("KEY", "S3 cret");
            Completed without = processes.run(pasted, Duration.ofSeconds(20));
            assertThat(without.succeeded()).isFalse();
            assertThat(without.stderr()).contains("ROOT_FS");
            assertThat(processes
                            .run(pasted.withEnvironment("ROOT_FS", "ext4"), Duration.ofSeconds(20))
                            .requireSuccess()
                            .stdout())
                    .isEqualTo("run|/srv/t.yaml|--release|trixie|--set|KEY=S3 cret|--set|ROOT_FS=ext4|");
        }
    }

    @Test
    void aClassOfTheSuiteIsFoundByItsName() {
        assertThat(again(CURTIN, Fidelity.FULL, ofClass("dev.vmtest.suite.LvmTest")))
                .isEqualTo("vmtest run LvmTest --release trixie"
                        + " --installer 'curtin=/opt/my curtin/bin/curtin' --fidelity full");
    }

    @Test
    void aClassOfAnOwnProjectIsRunByMavenThere() {
        assertThat(again(BuiltinChoice.CHOICE, Fidelity.RESUME, ofClass("com.example.OurTest")))
                .isEqualTo("cd '/home/me/my project' && mvn test '-Dtest=com.example.OurTest'");
        assertThat(again(CURTIN, Fidelity.FULL, ofClass("com.example.OurTest")))
                .isEqualTo("cd '/home/me/my project' &&"
                        + " CURTIN_VMTEST_CURTIN_EXE='/opt/my curtin/bin/curtin' CURTIN_VMTEST_FIDELITY=full"
                        + " mvn test '-Dtest=com.example.OurTest'");
    }
}
