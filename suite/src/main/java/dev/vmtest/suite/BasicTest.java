package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Four disks: msdos and GPT tables, fat32 and btrfs on whole disks, swap in a partition and in a
 * file, a PReP partition, a gap in partition numbers, and a disk name that is no legal link name.
 */
@VmTest(
        config = "basic.yaml",
        extraDisks = {"15G", "20G", "25G"})
class BasicTest {

    @Test
    @DisplayName("the gap in the partition numbers is kept")
    void theGapInThePartitionNumbersIsKept(Facts facts) {
        assertThat(facts.label(facts.diskBySerial("disk-d").orElseThrow())
                        .orElseThrow()
                        .slots())
                .extracting(slot -> slot.number())
                .containsExactly(1, 2, 10);
    }

    @Test
    @DisplayName("the file system on the whole disk has the UUID that its link says")
    void theWholeDiskFileSystemHasTheUuidOfItsLink(Facts facts) {
        String disk = facts.diskBySerial("disk-c").orElseThrow().kernelName();
        String uuid = facts.fileSystem(disk).orElseThrow().uuid();
        assertThat(uuid).hasSize(36);
        assertThat(facts.link("/dev/disk/by-uuid/" + uuid).orElseThrow().target())
                .isEqualTo(disk);
    }
}
