package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import dev.vmtest.facts.ZfsDataset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Root in a pool of ZFS that one word asks for. Needs an image of the variant zfs. */
@VmTest(config = "basic-zfsroot.yaml")
class ZfsRootFsTypeTest {

    @Test
    @DisplayName("the system runs from the pool, and the kernel was told so by name")
    void theRootIsInThePool(Facts facts) {
        assertThat(facts.mount("/").orElseThrow().source()).isEqualTo("rpool/ROOT/zfsroot");
        assertThat(facts.commandLine()).contains("root=ZFS=rpool/ROOT/zfsroot");
    }

    @Test
    @DisplayName("nothing else is in the pool, and fstab does not know it")
    void nothingElseIsInThePool(Facts facts) {
        assertThat(facts.stacks().datasets())
                .extracting(ZfsDataset::name)
                .containsExactlyInAnyOrder("rpool", "rpool/ROOT", "rpool/ROOT/zfsroot");
        assertThat(facts.fstab()).noneMatch(entry -> entry.path().equals("/"));
    }
}
