package dev.vmtest.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.config.ConfigFiles;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.Problem;
import dev.vmtest.config.Problems;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PrepPartitionTests {

    private final Problems problems = new Problems();

    private MapValue add(String actions) {
        String yaml = "storage:\n  version: 1\n  config:\n" + actions.indent(2);
        return PrepPartition.addTo(ConfigFiles.parse("c.yaml", yaml, problems), problems);
    }

    private StorageConfig layout(String actions) {
        MapValue added = add(actions);
        StorageConfig layout = StorageReader.read(added, problems);
        problems.throwIfAny();
        return Objects.requireNonNull(layout);
    }

    private static List<String> partitions(StorageConfig layout, String disk) {
        return layout.all(Partition.class).stream()
                .filter(partition -> partition.device().equals(disk))
                .map(partition -> partition.id() + " " + partition.number() + " " + partition.flag())
                .toList();
    }

    @Test
    void takesThePlaceOfThePartitionThatBiosNeeds() {
        StorageConfig layout = layout("""
                - {id: sda, type: disk, serial: a, ptable: gpt, grub_device: true}
                - {id: core, type: partition, device: sda, number: 3, size: 1M, flag: bios_grub}
                - {id: root, type: partition, device: sda, number: 1, size: 4G}
                - {id: f1, type: format, volume: root, fstype: ext4}
                - {id: m1, type: mount, device: f1, path: /}
                """);

        assertThat(partitions(layout, "sda")).containsExactly("prep_partition 3 PREP", "root 1 null");
        Partition prep = (Partition) layout.find("prep_partition").orElseThrow();
        assertThat(prep.size()).isEqualTo(8L << 20);
        assertThat(prep.wipe()).isEqualTo(Wipe.ZERO);
        assertThat(prep.grubDevice()).isTrue();
        assertThat(layout.all(Disk.class).get(0).grubDevice()).isFalse();
        BootRules.check(layout, false, problems);
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void makesAGptOfAnMsdosTableWithLogicalPartitions() {
        StorageConfig layout = layout("""
                - {id: sda, type: disk, serial: a, ptable: msdos, grub_device: true}
                - {id: p1, type: partition, device: sda, number: 1, size: 4G, flag: boot}
                - {id: p2, type: partition, device: sda, number: 2, size: 5G, flag: extended}
                - {id: p5, type: partition, device: sda, number: 5, size: 1G, flag: logical}
                """);

        assertThat(layout.all(Disk.class).get(0).partitionTable()).isEqualTo(PartitionTable.GPT);
        assertThat(partitions(layout, "sda")).containsExactly("p1 1 null", "prep_partition 3 PREP", "p5 5 null");
    }

    @Test
    void isOnEachDiskThatShallBootAndOnNoOther() {
        StorageConfig layout = layout("""
                - {id: sda, type: disk, serial: a, ptable: msdos, grub_device: true}
                - {id: a1, type: partition, device: sda, size: 4G}
                - {id: sdb, type: disk, serial: b, ptable: gpt, grub_device: true}
                - {id: sdc, type: disk, serial: c, ptable: msdos}
                - {id: c1, type: partition, device: sdc, size: 4G, flag: boot}
                """);

        assertThat(partitions(layout, "sda")).hasSize(2).last().asString().startsWith("prep_partition ");
        assertThat(partitions(layout, "sdb")).singleElement().asString().startsWith("prep_partition_sdb ");
        assertThat(partitions(layout, "sdc")).singleElement().asString().endsWith("BOOT");
    }

    @Test
    void isOnTheFirstDiskWhereNoneIsChosen() {
        StorageConfig layout = layout("""
                - {id: sda, type: disk, serial: a, ptable: gpt}
                - {id: sdb, type: disk, serial: b, ptable: gpt}
                """);

        assertThat(layout.all(Partition.class))
                .singleElement()
                .extracting(Partition::device)
                .isEqualTo("sda");
    }

    @Test
    void leavesALayoutThatHasOne() {
        String actions = """
                - {id: sda, type: disk, serial: a, ptable: gpt, grub_device: true}
                - {id: mine, type: partition, device: sda, size: 8M, flag: prep}
                """;

        assertThat(partitions(layout(actions), "sda")).hasSize(1);
        assertThat(layout(actions).all(Disk.class).get(0).grubDevice()).isTrue();
    }

    @Test
    void leavesAConfigurationWithoutALayout() {
        MapValue config = ConfigFiles.parse("c.yaml", "network: {version: 1, config: []}\n", problems);

        assertThat(PrepPartition.addTo(config, problems)).isSameAs(config);
    }

    @Test
    void saysWhereThereIsNoRoom() {
        add("""
                - {id: sda, type: disk, serial: a, ptable: msdos, grub_device: true}
                - {id: p1, type: partition, device: sda, size: 1G}
                - {id: p2, type: partition, device: sda, size: 1G}
                - {id: p3, type: partition, device: sda, size: 1G}
                - {id: p4, type: partition, device: sda, size: 1G}
                """);

        assertThat(problems.all())
                .extracting(Problem::toString)
                .containsExactly("c.yaml:4:6: disk 'sda' has 4 primary partitions, which leaves none for the PReP"
                        + " partition that a POWER machine boots from; write 'ptable: gpt', or use at most 3 primary"
                        + " partitions");
    }
}
