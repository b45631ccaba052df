package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.BlockDevice;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A disk with two paths. */
@VmTest(config = "multipath.yaml")
class MultipathBasicTest {

    @Test
    @DisplayName("both paths have the same holder")
    void bothPathsHaveTheSameHolder(Facts facts) {
        BlockDevice map = MultipathMaps.of(facts, "IPR-0_1234567890");
        assertThat(facts.disksBySerial("IPR-0_1234567890"))
                .hasSize(2)
                .allSatisfy(path -> assertThat(map.parents()).contains(path.kernelName()));
    }

    @Test
    @DisplayName("the kernel was told the root by the name of its mapping")
    void theKernelWasToldTheMapping(Facts facts) {
        assertThat(facts.commandLine()).contains("root=/dev/mapper/mpatha-part1");
    }

    @Test
    @DisplayName("fstab names the partitions of the map by its unique id")
    void fstabNamesTheMap(Facts facts) {
        assertThat(facts.fstab())
                .filteredOn(entry -> entry.path().equals("/") || entry.path().equals("/home"))
                .hasSize(2)
                .allSatisfy(entry -> assertThat(entry.spec()).matches("/dev/disk/by-id/dm-uuid-part[12]-mpath-.*"));
    }
}
