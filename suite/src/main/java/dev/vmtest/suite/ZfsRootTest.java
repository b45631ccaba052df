package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import dev.vmtest.facts.ZfsPool;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Root in a pool of ZFS whose file systems are written out. Needs an image of the variant zfs. */
@VmTest(config = "zfsroot.yaml")
class ZfsRootTest {

    @Test
    @DisplayName("the system runs from the pool, and the kernel was told so by name")
    void theRootIsInThePool(Facts facts) {
        assertThat(facts.mount("/").orElseThrow().source()).isEqualTo("rpool/ROOT/zfsroot");
        assertThat(facts.mount("/").orElseThrow().fileSystem()).isEqualTo("zfs");
        assertThat(facts.commandLine()).contains("root=ZFS=rpool/ROOT/zfsroot");
    }

    @Test
    @DisplayName("the homes are file systems of their own, and what one is told holds for those in it")
    void theHomesAreApart(Facts facts) {
        assertThat(facts.mount("/home").orElseThrow().source()).isEqualTo("rpool/home");
        assertThat(facts.mount("/root").orElseThrow().source()).isEqualTo("rpool/home/root");
        assertThat(facts.stacks().datasets())
                .filteredOn(dataset -> dataset.name().startsWith("rpool/home"))
                .hasSize(2)
                .allSatisfy(dataset -> assertThat(dataset.properties()).containsEntry("setuid", "off"));
    }

    @Test
    @DisplayName("the pool is one that every ZFS can read, and is imported from the cache")
    void thePoolIsOld(Facts facts) {
        assertThat(facts.stacks().pools()).singleElement().satisfies(pool -> {
            assertThat(pool.properties()).containsEntry("version", "28");
            assertThat(pool.cached()).isTrue();
        });
        assertThat(facts.stacks().pools()).extracting(ZfsPool::health).containsExactly("ONLINE");
    }
}
