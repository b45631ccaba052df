package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Mirrors for the root and /var, and a boot loader on the EFI system partition of each disk. */
@VmTest(
        config = "mirrorboot-uefi.yaml",
        uefi = true,
        extraDisks = {"10G"},
        extraCollectScripts = {
            "(cd /boot/efi && find . -type f -exec sha256sum {} + | sort -k2) > esp-first",
            "mount -o ro /dev/disk/by-dname/second_disk-part1 /mnt"
                    + " && (cd /mnt && find . -type f -exec sha256sum {} + | sort -k2) > esp-second; umount /mnt"
        })
class MirrorbootPartitionsUefiTest {

    @Test
    @DisplayName("the root is the raid1 of 2 members, found by its unique id")
    void theRootIsTheArray(Facts facts) {
        ArrayRoot.assertRoot(facts, "md0", "raid1", 2);
    }

    @Test
    @DisplayName("both EFI system partitions hold the same boot loader")
    void bothSystemPartitionsHoldTheSameLoader(Facts facts) {
        assertThat(facts.lines("esp-second")).anyMatch(line -> line.endsWith("/BOOTX64.EFI"));
        assertThat(facts.lines("esp-second")).containsAll(facts.lines("esp-first"));
    }
}
