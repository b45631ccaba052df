package dev.vmtest.suite;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Root on a mirror; both disks start GRUB. */
@VmTest(
        config = "mirrorboot.yaml",
        extraDisks = {"4G"})
class MirrorbootTest {

    @Test
    @DisplayName("the root is the raid1 of 2 members, found by its unique id")
    void theRootIsTheArray(Facts facts) {
        ArrayRoot.assertRoot(facts, "md0", "raid1", 2);
    }
}
