package dev.vmtest.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.config.ConfigFiles;
import dev.vmtest.config.Problem;
import dev.vmtest.config.Problems;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class StorageSizesTests {

    private static final long GIB = 1L << 30;
    private static final long MIB = 1L << 20;

    private Problems problems = new Problems();

    private StorageConfig read(int version, String actions) {
        String yaml = "storage:\n  version: " + version + "\n  config:\n" + actions.indent(2);
        StorageConfig config = StorageReader.read(ConfigFiles.parse("c.yaml", yaml, problems), problems);
        problems.throwIfAny();
        return Objects.requireNonNull(config);
    }

    private List<String> check(StorageConfig config, Map<String, Long> disks) {
        StorageSizes.check(config, disks, problems);
        return problems.all().stream().map(Problem::toString).toList();
    }

    @Test
    void refusesPartitionsBeyondTheDisk() {
        StorageConfig config = read(1, """
                - {id: sda, type: disk, serial: a, ptable: gpt}
                - {id: p1, type: partition, device: sda, size: 2G}
                - {id: p2, type: partition, device: sda, size: 8G}
                """);

        assertThat(check(config, Map.of("sda", 10 * GIB)))
                .containsExactly(
                        "c.yaml:6:44: partition 'p2' does not fit: with what stands before it, it needs 10242M of"
                                + " disk 'sda', which has 10G; make it smaller, or the disk larger");
    }

    @Test
    void acceptsWhatFitsAndWhatIsUnknown() {
        StorageConfig config = read(1, """
                - {id: sda, type: disk, serial: a, ptable: gpt}
                - {id: p1, type: partition, device: sda, size: 9G}
                """);

        assertThat(check(config, Map.of("sda", 10 * GIB))).isEmpty();
        assertThat(check(config, Map.of())).isEmpty();
        assertThat(new StorageSizes(config).leastDiskSize("sda")).isEqualTo(10 * GIB);
    }

    @Test
    void honoursOffsetsInVersion2Only() {
        String actions = """
                - {id: sda, type: disk, serial: a, ptable: gpt}
                - {id: p1, type: partition, device: sda, size: 1G, offset: 9728M}
                """;

        assertThat(check(read(1, actions), Map.of("sda", 10 * GIB))).isEmpty();
        assertThat(check(read(2, actions), Map.of("sda", 10 * GIB))).hasSize(1);
    }

    @Test
    void logicalPartitionsFitTheExtendedOfTheirSizeInVersion1Only() {
        String actions = """
                - {id: sda, type: disk, serial: a, ptable: msdos}
                - {id: e, type: partition, device: sda, size: 4G, flag: extended}
                - {id: l1, type: partition, device: sda, size: 2G, flag: logical}
                - {id: l2, type: partition, device: sda, size: 2G, flag: logical}
                """;

        assertThat(check(read(1, actions), Map.of("sda", 5 * GIB))).isEmpty();
        assertThat(check(read(1, actions), Map.of("sda", 4 * GIB + MIB)))
                .singleElement()
                .asString()
                .contains("partition 'e' does not fit: with what stands before it, it needs 4099M");
        problems = new Problems();
        StorageReader.read(
                ConfigFiles.parse("c.yaml", "storage:\n  version: 2\n  config:\n" + actions.indent(2), problems),
                problems);
        assertThat(problems.all())
                .singleElement()
                .asString()
                .contains("partition 'l2' lies from byte", "outside of the extended partition 'e'");
    }

    @Test
    void refusesLogicalPartitionsBeyondTheExtended() {
        StorageConfig config = read(1, """
                - {id: sda, type: disk, serial: a, ptable: msdos}
                - {id: e, type: partition, device: sda, size: 4G, flag: extended}
                - {id: l1, type: partition, device: sda, size: 2G, flag: logical}
                - {id: l2, type: partition, device: sda, size: 3G, flag: logical}
                """);

        assertThat(check(config, Map.of("sda", 10 * GIB)))
                .singleElement()
                .asString()
                .startsWith("c.yaml:7:44: partition 'l2' does not fit:")
                .contains("of partition 'e', which has 4098M");
    }

    @Test
    void refusesVolumesBeyondTheirGroup() {
        StorageConfig config = read(1, """
                - {id: a, type: disk, serial: a}
                - {id: b, type: disk, serial: b}
                - {id: md, type: raid, name: md, raidlevel: 1, devices: [a, b]}
                - {id: vg, type: lvm_volgroup, name: vg, devices: [md]}
                - {id: lv1, type: lvm_partition, name: lv1, volgroup: vg, size: 3G}
                - {id: lv2, type: lvm_partition, name: lv2, volgroup: vg, size: 3G}
                """);

        assertThat(check(config, Map.of("a", 5 * GIB, "b", 6 * GIB)))
                .containsExactly("c.yaml:9:61: lvm_partition 'lv2' does not fit: it needs 3G, and lvm_volgroup 'vg' has"
                        + " 2044M left; make it smaller, or the disks larger");
        assertThat(new StorageSizes(config).leastDiskSize("a")).isEqualTo(7 * GIB);
    }

    @Test
    void refusesACacheThatTheKernelRefuses() {
        String actions = """
                - {id: a, type: disk, serial: a}
                - {id: b, type: disk, serial: b, ptable: gpt}
                - {id: c, type: partition, device: b, size: 256M}
                - {id: cached, type: bcache, backing_device: a, cache_device: c}
                """;

        assertThat(check(read(1, actions), Map.of()))
                .containsExactly("c.yaml:7:51: bcache 'cached': the cache 'c' has 256M, and the kernel accepts none"
                        + " below 257M; make it larger");
    }

    @Test
    void acceptsTheSmallestCache() {
        String actions = """
                - {id: a, type: disk, serial: a}
                - {id: b, type: disk, serial: b, ptable: gpt}
                - {id: c, type: partition, device: b, size: 257M}
                - {id: cached, type: bcache, backing_device: a, cache_device: c}
                """;

        assertThat(check(read(1, actions), Map.of())).isEmpty();
    }
}
