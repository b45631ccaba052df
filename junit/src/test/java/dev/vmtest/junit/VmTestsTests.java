package dev.vmtest.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vmtest.api.VmTest;
import dev.vmtest.release.ReleaseTable;
import dev.vmtest.testcase.TestDefinition;
import dev.vmtest.testcase.TestDefinition.InstallTarget;
import java.util.List;
import org.junit.jupiter.api.Test;

class VmTestsTests {

    private static final String EMPTY = "/dev/null";

    @VmTest(config = EMPTY)
    static final class Plain {}

    @VmTest(
            config = EMPTY,
            releases = {"bionic", "focal"},
            targetRelease = "xenial",
            targetFileType = "root-tgz",
            targetKernelPackage = "linux-generic-lts-xenial",
            renderer = "networkd",
            supportedReleases = {"xenial", "bionic"},
            archSkip = "s390x")
    static final class Older {}

    @Test
    void whatIsNotSaidIsUsual() {
        TestDefinition definition = VmTests.definition(Plain.class);

        assertThat(definition.name()).isEqualTo("Plain");
        assertThat(definition.target()).isEqualTo(InstallTarget.SAME);
        assertThat(definition.supportedReleases()).isEmpty();
        assertThat(definition.releases()).isEqualTo(ReleaseTable.usualNames());
        assertThat(VmTests.isForAnyRelease(Plain.class)).isTrue();
    }

    @Test
    void everyReleaseThatAClassNamesIsInItsDefinition() {
        TestDefinition definition = VmTests.definition(Older.class);

        assertThat(definition.releases()).containsExactly("bionic", "focal");
        assertThat(definition.target())
                .isEqualTo(new InstallTarget("xenial", "root-tgz", "linux-generic-lts-xenial", "networkd"));
        assertThat(definition.supportedReleases()).isEqualTo(List.of("xenial", "bionic"));
        assertThat(definition.skippedArchitectures()).containsExactly("s390x");
    }

    @Test
    void aClassWithoutTheAnnotationIsNamed() {
        assertThatThrownBy(() -> VmTests.definition(String.class))
                .hasMessage("java.lang.String is not annotated with @VmTest");
    }
}
