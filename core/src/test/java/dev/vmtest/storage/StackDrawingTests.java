package dev.vmtest.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.config.ConfigFiles;
import dev.vmtest.config.Problems;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class StackDrawingTests {

    @Test
    void drawsEachActionOnceAndNamesItBelowItsOtherDevices() {
        Problems problems = new Problems();
        String yaml = """
                storage:
                  version: 1
                  config:
                  - {id: a, type: disk, serial: disk-a, ptable: gpt}
                  - {id: a1, type: partition, device: a, size: 1G, flag: raid}
                  - {id: a2, type: partition, device: a, size: 2G}
                  - {id: b, type: disk, wwn: '0x1'}
                  - {id: far, type: disk, path: 'iscsi:me:secret@host:6:3260:1:target', preserve: true}
                  - {id: md, type: raid, name: md0, raidlevel: 1, devices: [a1, b]}
                  - {id: vg, type: lvm_volgroup, name: vg0, devices: [md]}
                  - {id: lv, type: lvm_partition, name: data, volgroup: vg}
                  - {id: safe, type: dm_crypt, volume: lv, dm_name: data_crypt, key: k}
                  - {id: fast, type: bcache, name: fast, backing_device: a2, cache_mode: writeback}
                  - {id: f, type: format, volume: safe, fstype: ext4}
                  - {id: m, type: mount, device: f, path: /srv}
                  - {id: t, type: mount, spec: none, fstype: tmpfs, path: /tmp}
                """;
        StorageConfig config =
                Objects.requireNonNull(StorageReader.read(ConfigFiles.parse("c.yaml", yaml, problems), problems));

        problems.throwIfAny();
        assertThat(StackDrawing.lines(config))
                .containsExactly(
                        "a  disk with serial disk-a, gpt",
                        "├─ a1  partition 1, 1G, raid",
                        "│  └─ md  raid 1 of 2",
                        "│     └─ vg  volume group vg0",
                        "│        └─ lv  volume data, the rest",
                        "│           └─ safe  encrypted as data_crypt",
                        "│              └─ f  ext4",
                        "│                 └─ m  mounted at /srv",
                        "└─ a2  partition 2, 2G",
                        "   └─ fast  bcache, writeback",
                        "b  disk with wwn 0x1",
                        "└─ md  (above)",
                        "far  disk with path iscsi:…, kept",
                        "t  mounted at /tmp");
    }
}
