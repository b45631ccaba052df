package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Every file system that Debian can make, and mounts that need no device. */
@VmTest(
        config = "filesystem_battery.yaml",
        extraDisks = {"20G"},
        extraCollectScripts = {
            // mount and unmount each partition that fstab leaves alone
            """
            for device in /dev/disk/by-dname/fsbattery-part*; do
                type=$(blkid -o value -s TYPE "$device") || type=unknown
                [ "$type" = swap ] && continue
                grep -q "^$(readlink -f "$device") " /proc/mounts && continue
                name=${device##*/}
                mkdir -p /run/battery
                if mount "$device" /run/battery; then echo "$name mount: PASS"; else echo "$name mount: FAIL"; fi
                if umount /run/battery; then echo "$name umount: PASS"; else echo "$name umount: FAIL"; fi
            done > battery-mount-umount
            """,
            "dumpe2fs -h \"$(blkid -L myext4)\" > myext4.dump",
            "for path in /my/bind-over-var-cache /my/bind-ro-etc/passwd; do"
                    + " if [ -e $path ]; then echo \"$path: present\"; else echo \"$path: missing\"; fi;"
                    + " done > my-path-checks"
        })
class FilesystemBatteryTest {

    @Test
    @DisplayName("every file system mounts and unmounts")
    void everyFileSystemMountsAndUnmounts(Facts facts) {
        List<String> lines = facts.lines("battery-mount-umount");
        // ext2, ext3, ext4 and fat16 are not in fstab
        assertThat(lines).hasSize(8).allMatch(line -> line.endsWith(": PASS"));
    }

    @Test
    @DisplayName("mkfs got the extra options of the ext4 file system")
    void mkfsGotTheExtraOptions(Facts facts) {
        String features = facts.lines("myext4.dump").stream()
                .filter(line -> line.startsWith("Filesystem features:"))
                .findFirst()
                .orElseThrow();
        assertThat(features).contains("has_journal").doesNotContain("ext_attr");
    }

    @Test
    @DisplayName("files are visible through the bind mounts")
    void filesAreVisibleThroughBindMounts(Facts facts) {
        assertThat(facts.lines("my-path-checks"))
                .containsExactly("/my/bind-over-var-cache: present", "/my/bind-ro-etc/passwd: present");
    }
}
