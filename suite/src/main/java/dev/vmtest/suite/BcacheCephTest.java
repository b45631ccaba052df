package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A storage node: six cached disks, two NVMe caches, a root on a mirror. */
@VmTest(
        config = "bcache-ceph-nvme.yaml",
        cpus = 2,
        uefi = true,
        extraDisks = {"20G", "20G", "20G", "20G", "20G", "20G", "20G"},
        nvmeDisks = {"20G", "20G"})
class BcacheCephTest {

    @Test
    @DisplayName("every backing device belongs to one of the two cache sets")
    void everyBackingDeviceBelongsToACacheSet(Facts facts) {
        assertThat(facts.stacks().bcacheSuperblocks()).hasSize(8);
        Set<String> sets = facts.stacks().bcacheSuperblocks().stream()
                .filter(superblock -> !superblock.backing())
                .map(superblock -> superblock.cacheSet())
                .collect(Collectors.toSet());
        assertThat(sets).hasSize(2);
        assertThat(facts.stacks().bcaches())
                .hasSize(6)
                .allSatisfy(bcache -> assertThat(sets).contains(bcache.cacheSet()));
    }
}
