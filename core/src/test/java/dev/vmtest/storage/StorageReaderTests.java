package dev.vmtest.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.config.ConfigFiles;
import dev.vmtest.config.Problems;
import dev.vmtest.storage.StorageCases.Case;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class StorageReaderTests {

    static Stream<Case> invalid() {
        return StorageCases.read("invalid.txt").stream();
    }

    static Stream<Case> valid() {
        return StorageCases.read("valid.txt").stream();
    }

    private static StorageConfig read(String yaml) {
        Problems problems = new Problems();
        StorageConfig config = StorageReader.read(ConfigFiles.parse("c.yaml", yaml, problems), problems);
        problems.throwIfAny();
        return Objects.requireNonNull(config);
    }

    @ParameterizedTest
    @MethodSource
    void invalid(Case row) {
        assertThat(row.messages()).isNotEmpty();
        assertThat(StorageCases.messages(row.yaml())).containsExactlyElementsOf(row.messages());
    }

    @ParameterizedTest
    @MethodSource
    void valid(Case row) {
        assertThat(StorageCases.messages(row.yaml())).isEmpty();
        assertThat(StorageCases.messages(row.yaml().replace("version: 1", "version: 2")))
                .isEmpty();
    }

    @Test
    void hasAtLeastSixtyInvalidRowsAndEveryTypeInAValidOne() {
        assertThat(invalid()).hasSizeGreaterThan(60);
        List<ActionType> types = valid().flatMap(row -> read(row.yaml()).actions().stream())
                .map(StorageAction::type)
                .distinct()
                .toList();
        assertThat(types).containsExactlyInAnyOrder(ActionType.values());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            'storage: word'                      | c.yaml:1:10: storage: must be a mapping, not a string; write 'version:' and 'config:' below it
            'storage: {version: 3, config: []}'  | c.yaml:1:20: storage: 'version' must be from 1 to 2, not 3
            'storage: {version: 1}'              | c.yaml:1:10: storage: 'config' is missing; add 'config:'
            'storage: {version: 1, config: {}}'  | c.yaml:1:31: storage: 'config' must be a list, not a mapping
            'storage: {version: 1, config: []}'  | c.yaml:1:31: storage: 'config' is empty; remove the section to get the automatic layout
            'storage: {verison: 1, config: [{id: d, type: disk, serial: x}]}' | c.yaml:1:11: storage: unknown key 'verison'; did you mean 'version'?
            """)
    void answersABadSection(String yaml, String expected) {
        assertThat(StorageCases.messages(yaml)).contains(expected);
    }

    @Test
    void reportsAllProblemsAtOnceInTheirOrder() {
        List<String> messages = StorageCases.messages("""
                storage:
                  version: 1
                  config:
                  - {id: sda, type: disk, ptable: gtp}
                  - {id: p, type: partition, device: sdb, size: big}
                """);

        assertThat(messages).hasSize(4).isSorted();
    }

    @Test
    void isNullWithoutASection() {
        Problems problems = new Problems();

        assertThat(StorageReader.read(ConfigFiles.parse("c.yaml", "a: b\n", problems), problems))
                .isNull();
        assertThat(StorageReader.read(ConfigFiles.parse("c.yaml", "storage:\n", problems), problems))
                .isNull();
    }

    @Test
    void keepsWhatTheAuthorWrote() {
        StorageConfig config = read("""
                storage:
                  version: 1
                  config:
                  - {id: sda, type: disk, wwn: '0x39cc071e72c64cc4', ptable: dos, grub_device: 1}
                  - {id: sdb, type: disk, serial: 0X1520}
                  - {id: sdc, type: disk, serial: '007'}
                  - {id: md0, type: raid, name: md0, raidlevel: mirror, metadata: 1.2, devices: [sdb, sdc]}
                """);

        assertThat(config.all(Disk.class).get(0).wwn()).isEqualTo("0x39cc071e72c64cc4");
        assertThat(config.all(Disk.class).get(0).partitionTable()).isEqualTo(PartitionTable.MSDOS);
        assertThat(config.all(Disk.class).get(0).grubDevice()).isTrue();
        assertThat(config.all(Disk.class)).extracting(Disk::serial).containsExactly(null, "0X1520", "007");
        assertThat(config.all(Raid.class).get(0).metadata()).isEqualTo("1.2");
        assertThat(config.all(Raid.class).get(0).level()).isEqualTo(RaidLevel.RAID1);
    }

    @Test
    void numbersPartitions() {
        StorageConfig config = read("""
                storage:
                  version: 1
                  config:
                  - {id: sda, type: disk, serial: a, ptable: msdos}
                  - {id: a1, type: partition, device: sda, size: 1G}
                  - {id: a2, type: partition, device: sda, size: 5G, flag: extended}
                  - {id: a5, type: partition, device: sda, size: 1G, flag: logical}
                  - {id: a6, type: partition, device: sda, size: 1G, flag: logical}
                  - {id: sdb, type: disk, serial: b, ptable: gpt}
                  - {id: b1, type: partition, device: sdb, size: 1G}
                  - {id: b10, type: partition, device: sdb, size: 1G, number: 10}
                  - {id: b3, type: partition, device: sdb, size: 1G}
                """);

        assertThat(PartitionNumbers.of(config))
                .containsExactly(
                        java.util.Map.entry("a1", 1),
                        java.util.Map.entry("a2", 2),
                        java.util.Map.entry("a5", 5),
                        java.util.Map.entry("a6", 6),
                        java.util.Map.entry("b1", 1),
                        java.util.Map.entry("b10", 10),
                        java.util.Map.entry("b3", 3));
    }
}
