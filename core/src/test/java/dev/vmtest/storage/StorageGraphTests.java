package dev.vmtest.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vmtest.config.ConfigFiles;
import dev.vmtest.config.Problems;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class StorageGraphTests {

    private static StorageGraph graph(String actions) {
        Problems ignored = new Problems();
        String yaml = "storage:\n  version: 1\n  config:\n" + actions.indent(2);
        return new StorageGraph(
                Objects.requireNonNull(StorageReader.read(ConfigFiles.parse("c.yaml", yaml, ignored), ignored)));
    }

    @Test
    void saysWhatStandsOnWhat() {
        StorageGraph graph = graph("""
                - {id: a, type: disk, serial: a, ptable: gpt}
                - {id: b, type: disk, serial: b}
                - {id: c, type: disk, serial: c}
                - {id: a1, type: partition, device: a, size: 1G}
                - {id: md, type: raid, name: md, raidlevel: 1, devices: [a1, b], spare_devices: [c]}
                - {id: f, type: format, volume: md, fstype: ext4}
                - {id: m, type: mount, device: f, path: /}
                """);

        assertThat(graph.dependencies("md")).extracting(StorageAction::id).containsExactly("a1", "b", "c");
        assertThat(graph.dependents("md")).extracting(StorageAction::id).containsExactly("f");
        assertThat(graph.foundations("m"))
                .extracting(StorageAction::id)
                .containsExactly("f", "md", "a1", "b", "c", "a");
        assertThat(graph.disks("m")).extracting(Disk::id).containsExactly("b", "c", "a");
        assertThat(graph.disks("a")).extracting(Disk::id).containsExactly("a");
        assertThat(graph.disks("nothing")).isEmpty();
    }

    @Test
    void ordersByReferencesAndOtherwiseAsTheFile() {
        StorageGraph graph = graph("""
                - {id: f, type: format, volume: p, fstype: ext4}
                - {id: p, type: partition, device: d, size: 1G}
                - {id: e, type: disk, serial: e}
                - {id: d, type: disk, serial: d, ptable: gpt}
                """);

        assertThat(graph.topologicalOrder()).extracting(StorageAction::id).containsExactly("d", "p", "f", "e");
    }

    /** The documentation partitions arrays and bcache devices by a disk action with their path. */
    @Test
    void aDiskStandsOnTheDeviceThatItsPathNames() {
        StorageGraph graph = graph("""
                - {id: a, type: disk, serial: a}
                - {id: b, type: disk, serial: b}
                - {id: c, type: disk, serial: c}
                - {id: backed, type: bcache, name: fast, backing_device: a}
                - {id: md, type: raid, name: data, raidlevel: 1, devices: [b, c]}
                - {id: x, type: disk, path: /dev/bcache0, ptable: gpt}
                - {id: y, type: disk, path: /dev/md/data, ptable: gpt}
                - {id: other, type: disk, path: /dev/bcache1}
                - {id: x1, type: partition, device: x, size: 1G}
                - {id: y1, type: partition, device: y, size: 1G}
                """);

        assertThat(graph.foundations("x1")).extracting(StorageAction::id).containsExactly("x", "backed", "a");
        assertThat(graph.disks("x1")).extracting(Disk::id).containsExactly("a");
        assertThat(graph.disks("y1")).extracting(Disk::id).containsExactly("b", "c");
        assertThat(graph.dependencies("other")).isEmpty();
    }

    @Test
    void namesACircle() {
        StorageGraph graph = graph("""
                - {id: a, type: bcache, backing_device: b}
                - {id: b, type: bcache, backing_device: a}
                """);

        assertThatThrownBy(graph::topologicalOrder)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageEndingWith("a -> b -> a");
        assertThat(graph.foundations("a")).extracting(StorageAction::id).containsExactly("b", "a");
    }
}
