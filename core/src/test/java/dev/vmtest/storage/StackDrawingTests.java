package dev.vmtest.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.config.ConfigFiles;
import dev.vmtest.config.Problems;
import java.io.StringReader;
import java.util.Objects;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class StackDrawingTests {

    private static StorageConfig config(String actions) {
        Problems problems = new Problems();
        String yaml = "storage:\n  version: 1\n  config:\n" + actions.indent(2);
        StorageConfig config =
                Objects.requireNonNull(StorageReader.read(ConfigFiles.parse("c.yaml", yaml, problems), problems));
        problems.throwIfAny();
        return config;
    }

    @Test
    void drawsEachActionOnceAndNamesItBelowItsOtherDevices() {
        StorageConfig config = config("""
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
                """);

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

    @Test
    void drawsAWellFormedDocumentWithABoxForEachActionAndALineForEachReference() throws Exception {
        StorageConfig config = config("""
                - {id: a, type: disk, serial: '<&">'}
                - {id: b, type: disk, serial: b}
                - {id: md, type: raid, name: md0, raidlevel: 1, devices: [a, b]}
                - {id: f, type: format, volume: md, fstype: ext4}
                - {id: m, type: mount, device: f, path: /a-path-that-is-too-long-for-a-box-to-show}
                """);

        Document svg = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(StackDrawing.svg(config))));

        assertThat(svg.getElementsByTagName("rect").getLength()).isEqualTo(5);
        assertThat(svg.getElementsByTagName("path").getLength()).isEqualTo(4);
        assertThat(svg.getDocumentElement().getTextContent())
                .contains("a: disk with serial <&\">")
                .contains("m: mounted at /a-path-that-is-too-long-for-a-box-to-show")
                .contains("mounted at /a-path-that-is-to…");
    }
}
