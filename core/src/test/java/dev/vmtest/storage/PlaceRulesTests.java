package dev.vmtest.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.config.ConfigFiles;
import dev.vmtest.config.Problem;
import dev.vmtest.config.Problems;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hold where partitions of version 2 may lie; each refusal is one of sfdisk's. */
class PlaceRulesTests {

    private static List<String> messages(String table, String partitions, Long size) {
        StringBuilder yaml = new StringBuilder("storage:\n  version: 2\n  config:\n")
                .append("  - {id: d, type: disk, serial: a, ptable: " + table + "}\n");
        for (String partition : partitions.split(";", -1)) {
            yaml.append("  - {type: partition, device: d, " + partition.strip() + "}\n");
        }
        Problems problems = new Problems();
        StorageConfig config = StorageReader.read(ConfigFiles.parse("c.yaml", yaml.toString(), problems), problems);
        if (problems.isEmpty()) {
            StorageSizes.check(Objects.requireNonNull(config), Map.of("d", size), problems);
        }
        return problems.all().stream().map(Problem::toString).toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gpt | id: p, size: 1M, offset: 17408",
                "gpt | id: p, size: 1M, offset: 2M; id: q, size: 1M, offset: 1M; id: r, size: 1M, offset: 3M",
                "gpt | id: p, size: 1M; id: q, size: 1021M, offset: 2M",
                "msdos | id: p, size: 1M, offset: 512",
                "msdos | id: e, size: 10M, flag: extended; id: l, size: 1M, flag: logical, offset: 1049088; id: m, size: 1M, flag: logical",
                "msdos | id: e, size: 4M, flag: extended; id: l, size: 1M, number: 5; id: m, size: 1M, number: 6",
                "gpt | id: p, size: 1M, preserve: true, offset: 1M; id: q, size: 2M, preserve: true, offset: 2M",
            })
    void acceptsWhatTheTableHolds(String table, String partitions) {
        assertThat(messages(table, partitions, 1L << 30)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gpt | id: p, size: 1M, offset: 1M; id: q, size: 4M, offset: 1572864 | c.yaml:6:51: partition 'q' begins at byte 1572864, but partition 'p' at c.yaml:5:51 ends at 2097152; write 'offset: 2M' or more",
                "gpt | id: p, size: 4M, offset: 4M; id: q, size: 4M, offset: 1M | c.yaml:6:51: partition 'q' ends at byte 5242880, but partition 'p' at c.yaml:5:51 begins at 4194304; move it, or make it smaller",
                "gpt | id: p, size: 1M, offset: 1M, preserve: true; id: q, size: 4M, offset: 1M | c.yaml:6:51: partition 'q' begins at byte 1048576, but partition 'p' at c.yaml:5:51 ends at 2097152; write 'offset: 2M' or more",
                "gpt | id: p, size: 4M, offset: 8M; id: q, size: 1M, offset: 1M; id: r, size: 7M | c.yaml:7:41: partition 'r' ends at byte 9437184, but partition 'p' at c.yaml:5:51 begins at 8388608; move it, or make it smaller",
                "gpt | id: p, size: 1M, offset: 16896 | c.yaml:5:51: partition 'p' begins at byte 16896, among the gpt table's own sectors, which end at byte 17408; write 'offset: 1M' or more",
                "msdos | id: p, size: 1M, offset: 1 | c.yaml:5:51: partition 'p' begins at byte 1, which is not the first of a sector; write a multiple of 1M, or at least of 512",
                "gpt | id: p, size: 1M, offset: 1000001 | c.yaml:5:51: partition 'p' begins at byte 1000001, which is not the first of a sector; write a multiple of 1M, or at least of 512",
                "gpt | id: p, size: 1M, offset: 1G | c.yaml:5:51: partition 'p' does not fit: with what stands before it, it needs 1026M of disk 'd', which has 1G; make it smaller, or the disk larger",
                "gpt | id: p, size: 1022M, offset: 2M | c.yaml:5:54: partition 'p' does not fit: with what stands before it, it needs 1025M of disk 'd', which has 1G; make it smaller, or the disk larger",
                "msdos | id: e, size: 8M, flag: extended; id: l, size: 1M, flag: logical, offset: 9M | c.yaml:6:66: partition 'l' lies from byte 9437184 to 10485760, outside of the extended partition 'e' at c.yaml:5:41, whose logical ones lie from 1049088 to 9437184; move it, or make the extended one larger",
                "msdos | id: e, size: 8M, flag: extended; id: l, size: 1M, flag: logical, offset: 1M | c.yaml:6:66: partition 'l' lies from byte 1048576 to 2097152, outside of the extended partition 'e' at c.yaml:5:41, whose logical ones lie from 1049088 to 9437184; move it, or make the extended one larger",
                "msdos | id: e, size: 8M, flag: extended; id: l, size: 1M, flag: logical, offset: 2M; id: m, size: 1M, flag: logical, offset: 3M | c.yaml:7:66: partition 'm' begins at byte 3145728, but partition 'l' at c.yaml:6:66 ends at 3145728 and a sector must lie between; write 'offset: 4M' or more",
                "msdos | id: e, size: 8M, flag: extended; id: p, size: 1M, offset: 4M | c.yaml:6:51: partition 'p' begins at byte 4194304, but partition 'e' at c.yaml:5:41 ends at 9437184; write 'offset: 9M' or more",
            })
    void refusesWhatSfdiskWouldRefuseInTheGuest(String table, String partitions, String expected) {
        assertThat(messages(table, partitions, 1L << 30)).contains(expected);
    }

    @Test
    void disregardsTheOffsetsOfVersion1() {
        Problems problems = new Problems();
        StorageReader.read(ConfigFiles.parse("c.yaml", """
                        storage:
                          version: 1
                          config:
                          - {id: d, type: disk, serial: a, ptable: gpt}
                          - {id: p, type: partition, device: d, size: 1M, offset: 1M}
                          - {id: q, type: partition, device: d, size: 1M, offset: 1M}
                        """, problems), problems);
        assertThat(problems.all()).isEmpty();
    }
}
