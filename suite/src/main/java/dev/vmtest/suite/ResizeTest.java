package dev.vmtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Partitions that become smaller and larger, with the file systems and the data on them. */
@VmTest(
        config = "resize.yaml",
        extraCollectScripts = {
            "cat /srv/smaller/existing /srv/larger/existing >existing",
            // ntfsresize schedules a check of what it has resized, which only --force reads before.
            "for part in 5 6; do ntfscat --force /dev/disk/by-id/virtio-disk-a-part$part existing >>existing; done"
        })
class ResizeTest {

    @Test
    @DisplayName("the files of the earlier system are still there")
    void theEarlierFilesAreStillThere(Facts facts) {
        assertThat(facts.lines("existing")).containsExactly("kept on 3", "kept on 4", "kept on 5", "kept on 6");
    }
}
