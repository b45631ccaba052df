package dev.vmtest.installer.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.config.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionLayoutTests {

    private static final long MIB = 1L << 20;

    private final Problems problems = new Problems();

    private List<PartitionEntry> entries(int version, String table, String... partitions) {
        StringBuilder yaml = new StringBuilder("storage:\n  version: " + version + "\n  config:\n");
        yaml.append("  - {id: d, type: disk, serial: d, ptable: ").append(table).append("}\n");
        for (int index = 0; index < partitions.length; index++) {
            yaml.append("  - {id: p").append(index).append(", type: partition, device: d, ");
            yaml.append(partitions[index]).append("}\n");
        }
        InstallPlan plan = Corpus.plan(yaml.toString(), problems);
        return plan.stages().stream()
                .flatMap(stage -> stage.steps().stream())
                .map(PlannedStep::step)
                .filter(StorageStep.WritePartitionTable.class::isInstance)
                .flatMap(step -> ((StorageStep.WritePartitionTable) step).entries().stream())
                .toList();
    }

    @Test
    void numbersAndPlacesLogicalPartitions() {
        List<PartitionEntry> entries = entries(
                1,
                "msdos",
                "size: 1G, flag: boot",
                "size: 2G, flag: extended",
                "size: 1G, flag: logical",
                "size: 1G, flag: logical",
                "size: 100M");

        assertThat(entries).extracting(PartitionEntry::number).containsExactly(1, 2, 5, 6, 5);
        assertThat(entries.subList(0, 4))
                .extracting(entry -> entry.start() / MIB)
                .containsExactly(1L, 1025L, 1026L, 2051L);
        assertThat(entries.get(1).size()).isEqualTo(2050 * MIB);
        assertThat(entries.get(3).end()).isEqualTo(entries.get(1).end());
        assertThat(entries.get(4).start()).isEqualTo(entries.get(1).end());
    }

    @Test
    void keepsGapsInNumbersAndExactSizes() {
        List<PartitionEntry> entries = entries(
                1, "gpt", "number: 1, size: 3997171713", "number: 2, size: 8MB, flag: prep", "number: 10, size: 1GB");

        assertThat(entries).extracting(PartitionEntry::number).containsExactly(1, 2, 10);
        assertThat(entries).extracting(PartitionEntry::size).containsExactly(3997171713L, 8 * MIB, 1024 * MIB);
        assertThat(entries).extracting(entry -> entry.start() / MIB).containsExactly(1L, 3814L, 3822L);
        assertThat(entries.get(1).type()).isEqualTo("9E1A2D38-C612-4316-AA26-8B49521E5A8B");
    }

    @Test
    void honoursOffsetsInVersion2Only() {
        assertThat(entries(2, "gpt", "size: 1G, offset: 4G").get(0).start()).isEqualTo(4096 * MIB);
        assertThat(entries(1, "gpt", "size: 1G, offset: 4G").get(0).start()).isEqualTo(MIB);
    }

    @Test
    void givesBootItsOwnTypeInVersion2Only() {
        assertThat(entries(1, "msdos", "size: 1G, flag: boot").get(0).type()).isEqualTo("83");
        PartitionEntry second = entries(2, "msdos", "size: 1G, flag: boot").get(0);
        assertThat(second.type()).isEqualTo("ef");
        assertThat(second.bootable()).isTrue();
    }

    /** Place random tables, and hold them against sums that are worked out another way. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void placesRandomTablesWithoutOverlap(long seed) {
        Random random = new Random(seed);
        boolean msdos = random.nextBoolean();
        List<String> partitions = new ArrayList<>();
        List<Long> sizes = new ArrayList<>();
        int primaries = 1 + random.nextInt(msdos ? 3 : 20);
        for (int index = 0; index < primaries; index++) {
            sizes.add(1 + random.nextLong(4096 * MIB));
            partitions.add("size: " + sizes.get(index));
        }
        int logicals = msdos ? random.nextInt(6) : 0;
        long inside = 0;
        if (logicals > 0) {
            for (int index = 0; index < logicals; index++) {
                sizes.add((1 + random.nextInt(2048)) * MIB);
                inside += sizes.get(primaries + index);
            }
            partitions.add("size: " + inside + ", flag: extended");
            for (int index = 0; index < logicals; index++) {
                partitions.add("size: " + sizes.get(primaries + index) + ", flag: logical");
            }
        }

        List<PartitionEntry> entries = entries(1, msdos ? "msdos" : "gpt", partitions.toArray(String[]::new));

        assertThat(entries).hasSize(partitions.size());
        long blocks = 1;
        for (int index = 0; index < primaries; index++) {
            assertThat(entries.get(index).start())
                    .as("seed %d, partition %d", seed, index)
                    .isEqualTo(blocks * MIB);
            assertThat(entries.get(index).size()).isEqualTo(sizes.get(index));
            blocks += (sizes.get(index) + MIB - 1) / MIB;
        }
        if (logicals > 0) {
            PartitionEntry extended = entries.get(primaries);
            assertThat(extended.start()).isEqualTo(blocks * MIB);
            assertThat(extended.size()).isEqualTo(inside + logicals * MIB);
            for (int index = 0; index < logicals; index++) {
                PartitionEntry logical = entries.get(primaries + 1 + index);
                blocks++;
                assertThat(logical.number()).isEqualTo(5 + index);
                assertThat(logical.start()).isEqualTo(blocks * MIB);
                assertThat(logical.size()).isEqualTo(sizes.get(primaries + index));
                blocks += logical.size() / MIB;
            }
            assertThat(extended.end()).isEqualTo(blocks * MIB);
        }
    }
}
