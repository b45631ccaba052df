package dev.vmtest.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.installer.InstallerChoice;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReproductionTests {

    private static final InstallerChoice CURTIN = new InstallerChoice("curtin", "/opt/my curtin/bin/curtin");

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
        assertThat(again(InstallerChoice.BUILTIN, Fidelity.RESUME, file("../it's.yaml")))
                .isEqualTo("vmtest run '/home/me/it'\\''s.yaml' --release trixie");
        assertThat(again(InstallerChoice.BUILTIN, Fidelity.RESUME, file("/srv/a.yaml")))
                .isEqualTo("vmtest run /srv/a.yaml --release trixie");
    }

    @Test
    void aClassOfTheSuiteIsFoundByItsName() {
        assertThat(again(CURTIN, Fidelity.FULL, ofClass("dev.vmtest.suite.LvmTest")))
                .isEqualTo("vmtest run LvmTest --release trixie"
                        + " --installer 'curtin=/opt/my curtin/bin/curtin' --fidelity full");
    }

    @Test
    void aClassOfAnOwnProjectIsRunByMavenThere() {
        assertThat(again(InstallerChoice.BUILTIN, Fidelity.RESUME, ofClass("com.example.OurTest")))
                .isEqualTo("cd '/home/me/my project' && mvn test '-Dtest=com.example.OurTest'");
        assertThat(again(CURTIN, Fidelity.FULL, ofClass("com.example.OurTest")))
                .isEqualTo("cd '/home/me/my project' &&"
                        + " CURTIN_VMTEST_CURTIN_EXE='/opt/my curtin/bin/curtin' CURTIN_VMTEST_FIDELITY=full"
                        + " mvn test '-Dtest=com.example.OurTest'");
    }
}
