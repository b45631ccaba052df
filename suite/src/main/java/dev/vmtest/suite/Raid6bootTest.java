package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Root on a raid6 whose metadata keeps a name of its own. */
@VmTest(
        config = "raid6boot.yaml",
        extraDisks = {"4G", "4G", "4G"})
class Raid6bootTest {

    @Test
    @DisplayName("the root is the raid6 of 4 members, found by its unique id")
    void theRootIsTheArray(Facts facts) {
        ArrayRoot.assertRoot(facts, "md0", "raid6", 4);
    }

    @Test
    @DisplayName("the metadata keeps the name")
    void theMetadataKeepsTheName(Facts facts) {
        assertThat(facts.links()).anyMatch(link -> link.path().matches("/dev/disk/by-id/md-name-[^:]+:foobar"));
    }
}
