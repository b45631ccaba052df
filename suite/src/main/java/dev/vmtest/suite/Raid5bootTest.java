package dev.vmtest.suite;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Root on a raid5 that has a name. */
@VmTest(
        config = "raid5boot.yaml",
        extraDisks = {"4G", "4G"})
class Raid5bootTest {

    @Test
    @DisplayName("the root is the raid5 of 3 members, found by its unique id")
    void theRootIsTheArray(Facts facts) {
        ArrayRoot.assertRoot(facts, "os-raid1", "raid5", 3);
    }
}
