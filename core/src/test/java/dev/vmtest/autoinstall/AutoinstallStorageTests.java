package dev.vmtest.autoinstall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.vmtest.installconfig.DiskNeed;
import dev.vmtest.installconfig.MachineNeeds;
import dev.vmtest.storage.Disk;
import dev.vmtest.storage.DmCrypt;
import dev.vmtest.storage.LogicalVolume;
import dev.vmtest.storage.Mount;
import dev.vmtest.storage.Partition;
import dev.vmtest.storage.StorageConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Layouts, disks that match, and sizes. */
class AutoinstallStorageTests {

    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;

    private static StorageConfig storage(AutoinstallFile file) {
        return Objects.requireNonNull(file.installConfig().storage());
    }

    private static Map<String, Long> diskSizes(AutoinstallFile file) {
        return MachineNeeds.of(file.installConfig()).disks().stream()
                .collect(Collectors.toMap(DiskNeed::id, DiskNeed::size));
    }

    private static AutoinstallFile actions(String actions) {
        return AutoinstallFile.with("  storage:\n    config:\n" + actions.indent(6));
    }

    private static long size(AutoinstallFile file, String partition) {
        return storage(file).all(Partition.class).stream()
                .filter(action -> action.id().equals(partition))
                .findFirst()
                .orElseThrow()
                .size();
    }

    @Test
    void withoutAStorageSectionTheLayoutIsLvm() {
        AutoinstallFile file = AutoinstallFile.with("");

        assertThat(storage(file).all(Mount.class)).extracting(Mount::path).containsExactly("/boot", "/");
        assertThat(storage(file).all(LogicalVolume.class))
                .extracting(LogicalVolume::name, LogicalVolume::size)
                .containsExactly(tuple("ubuntu-lv", 11772 * MIB));
        assertThat(storage(file).version()).isEqualTo(2);
        assertThat(MachineNeeds.of(file.installConfig()).uefi()).isFalse();
        assertThat(file.place("storage")).isEqualTo("2:3");
    }

    @Test
    void aLayoutFitsTheFirmwareOfTheMachine() {
        String vmtest = "vmtest: {firmware: uefi}\n";
        AutoinstallFile file = AutoinstallFile.with("  storage: {layout: {name: direct}}\n" + vmtest);
        AutoinstallFile msdos = AutoinstallFile.with("  storage: {layout: {name: direct, ptable: msdos}}\n");

        assertThat(storage(file).all(Mount.class)).extracting(Mount::path).containsExactly("/boot/efi", "/");
        assertThat(size(file, "partition-efi")).isEqualTo(538 * MIB);
        assertThat(size(file, "partition-root")).isEqualTo(10 * GIB - 2 * MIB - 538 * MIB);
        assertThat(MachineNeeds.of(file.installConfig()).uefi()).isTrue();
        assertThat(storage(msdos).all(Partition.class)).hasSize(1);
        assertThat(size(msdos, "partition-root")).isEqualTo(10 * GIB - MIB);
    }

    /** The rules are those of the manual, "Sizing-policy". */
    @Test
    void theRootVolumeIsScaledWithItsGroup() {
        assertThat(LayoutSizes.rootVolume(9 * GIB)).isEqualTo(9 * GIB);
        assertThat(LayoutSizes.rootVolume(15 * GIB)).isEqualTo(10 * GIB);
        assertThat(LayoutSizes.rootVolume(60 * GIB)).isEqualTo(30 * GIB);
        assertThat(LayoutSizes.rootVolume(500 * GIB)).isEqualTo(100 * GIB);
        assertThat(LayoutSizes.bootPartition(10 * GIB)).isEqualTo(1792 * MIB);
        assertThat(LayoutSizes.bootPartition(100 * GIB)).isEqualTo(2 * GIB);
        assertThat(LayoutSizes.efiPartition(100 * GIB)).isEqualTo(1075 * MIB);
    }

    @Test
    void sizingPolicyAllLeavesNothingInTheGroup() {
        AutoinstallFile file = AutoinstallFile.with("  storage: {layout: {name: lvm, sizing-policy: all}}\n");

        assertThat(storage(file).all(LogicalVolume.class))
                .extracting(LogicalVolume::size)
                .containsExactly((Long) null);
    }

    @Test
    void aPasswordEncryptsTheGroup() {
        AutoinstallFile file = AutoinstallFile.with("  storage: {layout: {name: lvm, password: open sesame}}\n");

        assertThat(storage(file).all(DmCrypt.class)).singleElement().satisfies(crypt -> {
            assertThat(crypt.volume()).isEqualTo("partition-volumes");
            assertThat(crypt.key()).isNotNull();
            assertThat(crypt.origin().location()).hasToString("user-data:4:43");
        });
    }

    @Test
    void theDiskOfALayoutMayBeGivenASize() {
        AutoinstallFile file = AutoinstallFile.with("vmtest: {disks: [{id: disk0, size: 60G, driver: nvme}]}\n");

        assertThat(storage(file).all(LogicalVolume.class).get(0).size()).isEqualTo(29692 * MIB);
        assertThat(MachineNeeds.of(file.installConfig()).disks())
                .extracting(DiskNeed::size, DiskNeed::driver)
                .containsExactly(tuple(60 * GIB, "nvme"));
    }

    @Test
    void keysOfALayoutThatAreNotDoneAreSaid() {
        AutoinstallFile file = AutoinstallFile.with("""
                  storage:
                    layout: {name: direct, mode: use_gap, password: secret, reset-partition: 12G, encrypted: true}
                    config: []
                    kept: 1
                """);

        assertThat(file.problems()).isEmpty();
        assertThat(file.remarks()).hasSize(6).noneMatch(remark -> remark.contains("secret"));
    }

    @Test
    void swapAndBootLoaderStandAtTheTop() {
        AutoinstallFile file = AutoinstallFile.with("""
                  storage:
                    swap: {size: 0}
                    grub: {reorder_uefi: false}
                    layout: {name: direct}
                """);

        assertThat(Objects.requireNonNull(file.installConfig().swap()).size()).isEqualTo(0);
        assertThat(file.installConfig().grub().reorderUefi()).isFalse();
        assertThat(file.place("grub", "reorder_uefi")).isEqualTo("6:26");
    }

    @Test
    void aDiskThatMatchesIsADiskOfTheMachine() {
        AutoinstallFile file = actions("""
                - {type: disk, id: d, match: {size: largest}, grub_device: true}
                - {type: partition, id: bios, device: d, size: 1m, flag: bios_grub}
                - {type: partition, id: root, device: d, size: -1}
                - {type: format, id: f, volume: root, fstype: ext4}
                - {type: mount, id: m, device: f, path: /}
                """);

        assertThat(storage(file).all(Disk.class)).singleElement().satisfies(disk -> {
            assertThat(disk.serial()).isEqualTo("d");
            assertThat(disk.partitionTable()).hasToString("GPT");
            assertThat(disk.origin().location("serial")).hasToString("user-data:6:29");
        });
        assertThat(size(file, "bios")).isEqualTo(MIB);
        assertThat(size(file, "root")).isEqualTo(10 * GIB - 3 * MIB);
        assertThat(file.place("storage", "config", 2, "size")).isEqualTo("8:54");
        assertThat(file.remarks()).isEmpty();
    }

    @Test
    void theLargestAndTheSmallestAreThat() {
        AutoinstallFile file = actions("""
                - {type: disk, id: one, match: {size: smallest}}
                - {type: disk, id: two, match: {size: largest}}
                - {type: disk, id: three, serial: three}
                - {type: disk, id: four}
                """);

        Map<String, Long> sizes = diskSizes(file);
        assertThat(sizes.get("one")).isLessThan(sizes.get("three")).isLessThan(sizes.get("four"));
        assertThat(sizes.get("two")).isGreaterThan(sizes.get("three")).isGreaterThan(sizes.get("four"));
    }

    @Test
    void sizesThatTheFileGivesWinOrAreRefused() {
        String disks = """
                  storage:
                    config:
                      - {type: disk, id: one, match: {size: largest}}
                      - {type: disk, id: two}
                """;

        assertThat(diskSizes(AutoinstallFile.with(disks + "vmtest: {disks: [{id: two, size: 30G}]}\n")))
                .containsEntry("one", 31 * GIB)
                .containsEntry("two", 30 * GIB);
        assertThat(AutoinstallFile.with(disks + "vmtest: {disks: [{id: one, size: 5G}, {id: two, size: 30G}]}\n")
                        .problems())
                .containsExactly("user-data:6:31: disk 'one' is not the largest with the sizes that 'vmtest: disks'"
                        + " gives; change these sizes");
    }

    @Test
    void aDiskIsMadeToMatch() {
        AutoinstallFile file = actions("""
                - {type: disk, id: a, match: {ssd: true}}
                - {type: disk, id: b, match: {serial: 'CT*'}}
                - {type: disk, id: c, match: {path: '/dev/sd*'}}
                - {type: disk, id: d, match: {model: 'QEMU NVMe*'}}
                - {type: disk, id: e, match: [{serial: 'A[0-9]?'}, {path: /dev/nvme0n1}]}
                - {type: disk, id: f, match: {vendor: Seagate}}
                - {type: disk, id: g, match: {serial: ATA_a_longer_name_than_virtio_shows}}
                """);

        assertThat(MachineNeeds.of(file.installConfig()).disks())
                .extracting(DiskNeed::serial, DiskNeed::driver)
                .containsExactly(
                        tuple("a", "nvme"),
                        tuple("CT", "virtio-blk"),
                        tuple("c", "scsi-hd"),
                        tuple("d", "nvme"),
                        tuple("A00", "virtio-blk"),
                        tuple("f", "virtio-blk"),
                        tuple("ATA_a_longer_name_than_virtio_shows", "scsi-hd"));
        assertThat(file.remarks())
                .containsExactly(
                        "user-data:10:58: not judged: match: what comes after the first is tried only where that fits"
                                + " nothing",
                        "user-data:11:37: not judged: match: no disk of this machine can be made to match 'vendor', so"
                                + " one is taken without it");
    }

    @Test
    void sharesAreOfWhatADiskHasForPartitions() {
        AutoinstallFile file = actions("""
                - {type: disk, id: d, ptable: msdos, grub_device: true}
                - {type: partition, id: boot, device: d, size: 1G}
                - {type: partition, id: part, device: d, size: 25%}
                - {type: partition, id: ext, device: d, size: -1, flag: extended}
                - {type: partition, id: l1, device: d, size: 2G, flag: logical}
                - {type: partition, id: l2, device: d, size: -1, flag: logical}
                - {type: format, id: f, volume: part, fstype: ext4}
                - {type: mount, id: m, device: f, path: /}
                """);

        long disk = diskSizes(file).getOrDefault("d", 0L);
        long share = (disk - MIB) / 4 / MIB * MIB;
        long extended = disk - MIB - GIB - share;
        assertThat(disk).isEqualTo(20 * GIB);
        assertThat(size(file, "part")).isEqualTo(share);
        assertThat(size(file, "ext")).isEqualTo(extended);
        assertThat(size(file, "l2")).isEqualTo(extended - MIB - 2 * GIB - MIB);
    }

    @Test
    void volumesTakeSharesAndTheRestOfTheirGroup() {
        AutoinstallFile file = actions("""
                - {type: disk, id: d, grub_device: true}
                - {type: partition, id: bios, device: d, size: 1M, flag: bios_grub}
                - {type: partition, id: pv, device: d, size: -1}
                - {type: lvm_volgroup, id: vg, name: vg, devices: [pv]}
                - {type: lvm_partition, id: root, name: root, volgroup: vg, size: 50%}
                - {type: lvm_partition, id: rest, name: rest, volgroup: vg, size: -1}
                - {type: format, id: f, volume: root, fstype: ext4}
                - {type: mount, id: m, device: f, path: /}
                """);

        long group = (10 * GIB - 3 * MIB - MIB) / (4 * MIB) * 4 * MIB;
        assertThat(storage(file).all(LogicalVolume.class))
                .extracting(LogicalVolume::size)
                .containsExactly(group / 2 / (4 * MIB) * 4 * MIB, null);
    }

    /** Autoinstall takes plain numbers, which curtin reads of partitions alone. */
    @Test
    void sizesMayBePlainNumbersOfBytes() {
        AutoinstallFile file = actions("""
                - {type: disk, id: d, grub_device: true}
                - {type: partition, id: bios, device: d, size: 1048576, flag: bios_grub}
                - {type: partition, id: pv, device: d, size: 8589934592}
                - {type: lvm_volgroup, id: vg, name: vg, devices: [pv]}
                - {type: lvm_partition, id: root, name: root, volgroup: vg, size: 5368709120}
                - {type: format, id: f, volume: root, fstype: ext4}
                - {type: mount, id: m, device: f, path: /}
                """);

        assertThat(size(file, "pv")).isEqualTo(8 * GIB);
        assertThat(file.plain("storage", "config", 4, "size")).isEqualTo("5G");
        assertThat(file.place("storage", "config", 4, "size")).isEqualTo("10:73");
    }

    @Test
    void whatOnlyTheLastCanTakeIsRefusedOfOthers() {
        AutoinstallFile file = actions("""
                - {type: disk, id: d, grub_device: true}
                - {type: partition, id: a, device: d, size: -1}
                - {type: partition, id: b, device: d, size: 200%}
                - {type: lvm_volgroup, id: vg, name: vg, devices: [a]}
                - {type: lvm_partition, id: x, name: x, volgroup: vg, size: -1}
                - {type: lvm_partition, id: y, name: y, volgroup: vg, size: 1G}
                - {type: raid, id: md, name: md0, raidlevel: 1, devices: [a, b], ptable: gpt}
                - {type: partition, id: c, device: md, size: 50%}
                """);

        assertThat(file.problems())
                .contains(
                        "user-data:7:51: partition 'a': only the last partition of a device can take the rest; write a"
                                + " size, or move the partition to the end",
                        "user-data:8:51: partition 'b': a share must be from 1% to 100%",
                        "user-data:10:67: lvm_partition 'x': only the last volume of a group can take the rest; write a"
                                + " size, or move the volume to the end",
                        "user-data:13:52: partition 'c': '50%' of what is no disk is not reckoned here; write bytes, or"
                                + " a size such as 2G");
    }

    @Test
    void aRestOfNothingIsRefused() {
        AutoinstallFile file = AutoinstallFile.with("""
                  storage:
                    config:
                      - {type: disk, id: d, grub_device: true}
                      - {type: partition, id: a, device: d, size: 5G}
                      - {type: partition, id: b, device: d, size: -1}
                vmtest: {disks: [{id: d, size: 5G}]}
                """);

        assertThat(file.problems())
                .anyMatch(problem -> problem.startsWith(
                        "user-data:8:51: partition 'b': nothing is left for it on a disk of 5G; make the disk larger"));
    }

    @Test
    void offsetsArePlacesOnTheDisk() {
        AutoinstallFile file = actions("""
                - {type: disk, id: d, grub_device: true}
                - {type: partition, id: bios, device: d, size: 1M, offset: 1048576, flag: bios_grub}
                - {type: partition, id: root, device: d, size: -1, offset: 1074790400}
                - {type: format, id: f, volume: root, fstype: ext4}
                - {type: mount, id: m, device: f, path: /}
                """);

        assertThat(size(file, "root")).isEqualTo(10 * GIB - MIB - 1074790400L);
    }

    @Test
    void twoDisksWithOneSerialAreRefused() {
        AutoinstallFile file = actions("""
                - {type: disk, id: a, match: {serial: S1}}
                - {type: disk, id: b, match: {serial: S1}}
                """);

        assertThat(file.problems())
                .containsExactly(
                        "user-data:7:29: disk 'b': serial 'S1' is already used at user-data:6:29; change one of"
                                + " them");
    }

    @Test
    void manyDisksAreReadInLittleTime() {
        StringBuilder disks = new StringBuilder();
        for (int index = 0; index < 5000; index++) {
            disks.append("- {type: disk, id: a-disk-of-a-long-name-")
                    .append(index)
                    .append(", match: {ssd: true}}\n");
        }
        assertTimeout(Duration.ofSeconds(60), () -> actions(disks.toString()).problems());
    }

    @Test
    void patternsMatchAsTheShellHasThem() {
        assertThat(List.of("*", "Q*K", "Q?MU*", "[A-Q]EMU_HARDDISK", "[!a]*", "*_*"))
                .allMatch(pattern -> Globs.matches(pattern, "QEMU_HARDDISK"));
        assertThat(List.of("", "Q", "*q", "[!Q]*", "Q*_", "QEMU_HARDDISK?"))
                .noneMatch(pattern -> Globs.matches(pattern, "QEMU_HARDDISK"));
        assertThat(Globs.matches("*a".repeat(1000) + "b", "a".repeat(1000))).isFalse();
    }
}
