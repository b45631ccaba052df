package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Disks with arrays, volume groups, mappings, caches, mounts and swap that are all in use when the install begins. */
@VmTest(
        config = "dirty_stacks.yaml",
        extraDisks = {"3G", "3G", "3G"},
        extraCollectScripts = {
            "cat /proc/mdstat > mdstat",
            "wipefs --json /dev/disk/by-dname/whole_disk > whole-signatures"
        })
class DirtyStacksTest {

    @Test
    @DisplayName("nothing of the old stacks came back")
    void nothingOfTheOldStacksCameBack(Facts facts) {
        assertThat(facts.lines("mdstat")).noneMatch(line -> line.startsWith("md"));
        assertThat(facts.devices())
                .extracting(device -> device.type())
                .doesNotContain("raid1", "crypt")
                .containsOnlyOnce("lvm");
        assertThat(facts.devices()).noneMatch(device -> device.kernelName().startsWith("bcache"));
    }

    @Test
    @DisplayName("the old member of a mirror holds its new file system only")
    void theOldMemberHoldsItsNewFileSystemOnly(Facts facts) {
        assertThat(facts.text("whole-signatures"))
                .contains("\"xfs\"")
                .doesNotContain("linux_raid_member")
                .containsOnlyOnce("\"type\"");
    }
}
