package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The automatic layout, asked for by a command. */
@VmTest(
        config = "simple-storage.yaml",
        extraDisks = {"5G", "5G"})
class SimpleStorageTest {

    @Test
    @DisplayName("the root is on the first disk")
    void theRootIsOnTheFirstDisk(Facts facts) {
        String disk = facts.diskBySerial("disk-a").orElseThrow().kernelName();
        assertThat(facts.mount("/").orElseThrow().source()).startsWith("/dev/" + disk);
    }
}
