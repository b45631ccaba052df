package dev.vmtest.suite;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Root on a raid10. */
@VmTest(
        config = "raid10boot.yaml",
        extraDisks = {"4G", "4G", "4G"})
class Raid10bootTest {

    @Test
    @DisplayName("the root is the raid10 of 4 members, found by its unique id")
    void theRootIsTheArray(Facts facts) {
        ArrayRoot.assertRoot(facts, "md0", "raid10", 4);
    }
}
