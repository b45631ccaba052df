package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Mirrors in the place of archives; a file whose name has no ending. */
@VmTest(config = "apt_source_modify.yaml")
class AptSourceModifyTest {

    @Test
    @DisplayName("a file without an ending gets one")
    void aFileWithoutAnEndingGetsOne(Facts facts) {
        assertThat(facts.apt().files())
                .containsKey("/etc/apt/sources.list.d/my-repo.list")
                .doesNotContainKey("/etc/apt/sources.list.d/my-repo");
    }

    @Test
    @DisplayName("the package that exists nowhere else is installed")
    void theProofIsInstalled(Facts facts) {
        assertThat(facts.packages().get("vmtest-proof"))
                .hasToString("DebianPackage[name=vmtest-proof, version=1.0, status=install ok installed]");
    }
}
