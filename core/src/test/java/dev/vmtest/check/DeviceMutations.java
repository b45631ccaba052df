package dev.vmtest.check;

import static dev.vmtest.check.Mutation.mutation;

import java.util.stream.Stream;

/** Change the disks, partitions and file systems of the system that was asked for, or where they are mounted. */
final class DeviceMutations {

    private static final String SDA = "facts/sfdisk/sda.json";
    private static final String VDA = "facts/sfdisk/vda.json";
    private static final String VDC = "facts/sfdisk/vdc.json";
    private static final String PROBE = "facts/blkid-probe";
    private static final String MOUNTS = "facts/mountinfo";
    private static final String FAT_UUID = "7E96-4DE6";
    private static final String HOME_UUID = "5a4abaa8-ea38-4be3-9fe2-3e4bc0216f85";
    private static final String SWAP_UUID = "3c0b34b9-3eea-4461-a26a-a8311fda56df";

    private DeviceMutations() {}

    /** Return all of them. */
    static Stream<Mutation> all() {
        return Stream.of(partitions(), fileSystems(), mounts()).flatMap(stream -> stream);
    }

    private static Stream<Mutation> partitions() {
        return Stream.of(
                mutation(
                        "size off by one MiB",
                        system -> system.replace(VDA, "\"size\": 524288", "\"size\": 522240"),
                        "partition a3: size"),
                mutation(
                        "size off by one sector",
                        system -> system.replace(VDA, "\"size\": 6291456", "\"size\": 6291455"),
                        "partition a2: size"),
                mutation(
                        "wrong GUID",
                        system -> system.replace(
                                VDC, "9E1A2D38-C612-4316-AA26-8B49521E5A8B", "0FC63DAF-8483-4772-8E79-3D69D8477DE4"),
                        "partition d2: type"),
                mutation(
                        "wrong msdos code",
                        system -> system.replace(SDA, "\"type\": \"f\"", "\"type\": \"83\""),
                        "partition b2: type"),
                mutation(
                        "active flag missing",
                        system -> system.replace(SDA, "\"bootable\": true", "\"bootable\": false"),
                        "partition b1: boot flag"),
                mutation(
                        "wrong partition table",
                        system -> system.replace(VDC, "\"label\": \"gpt\"", "\"label\": \"dos\""),
                        "disk disk-d: partition table"),
                mutation(
                        "wrong number",
                        system -> system.replace(VDC, "/dev/vdc2", "/dev/vdc3"),
                        "disk disk-d: partitions",
                        "partition d2: number",
                        "partition d2: size",
                        "partition d2: type",
                        "partition d2: wiped",
                        "partition d2: zeros",
                        "partition d2: dname odd-name--part2"),
                mutation(
                        "a partition too many",
                        system -> system.replace(
                                VDC,
                                "\"partitions\": [",
                                "\"partitions\": [{\"node\": \"/dev/vdc9\", \"start\": 1, \"size\": 1, \"type\": \"X\"},"),
                        "disk disk-d: partitions"),
                mutation(
                        "another disk under the wwn",
                        system -> system.replace("facts/lsblk.json", "0x39cc071e72c64cc4", "0x39cc071e72c64cc5"),
                        "disk disk-b: present",
                        "disk disk-b: partition table",
                        "disk disk-b: partitions",
                        "disk disk-b: dname",
                        "disk disk-b: dname rule",
                        "disk disk-b: no bootloader",
                        "partition b1: number",
                        "partition b1: size",
                        "partition b1: type",
                        "partition b1: boot flag",
                        "partition b1: dname wwn-disk-part1",
                        "partition b2: number",
                        "partition b2: size",
                        "partition b2: type",
                        "partition b5: number",
                        "partition b5: size",
                        "partition b5: type",
                        "partition b5: dname wwn-disk-part5",
                        "partition b6: number",
                        "partition b6: size",
                        "partition b6: type",
                        "partition b6: dname wwn-disk-part6",
                        "format fat: type",
                        "format fat: label",
                        "format srv: type",
                        "format srv: label",
                        "format data: type",
                        "format data: label",
                        "mount fat-mount: fstab spec",
                        "mount fat-mount: mounted",
                        "mount srv-mount: fstab spec",
                        "mount srv-mount: mounted",
                        "mount data-mount: fstab spec",
                        "mount data-mount: mounted"));
    }

    private static Stream<Mutation> fileSystems() {
        return Stream.of(
                mutation(
                        "old file system not wiped",
                        system -> system.append(PROBE, "DEVNAME=/dev/vdc2\nID_FS_TYPE=ext4\n"),
                        "partition d2: wiped"),
                mutation("not zero", system -> system.write("zeroed", "vdc2 8388608 1\n"), "partition d2: zeros"),
                mutation(
                        "another partition compared with zeros",
                        system -> system.write("zeroed", "vda2 8388608 0\n"),
                        "partition d2: zeros"),
                mutation(
                        "label changed",
                        system -> system.replace(PROBE, "ID_FS_LABEL_ENC=home", "ID_FS_LABEL_ENC=hone"),
                        "format home: label"),
                mutation(
                        "label missing",
                        system -> system.removeLines(PROBE, "ID_FS_LABEL_ENC=swap1"),
                        "format swap: label"),
                mutation(
                        "uuid changed",
                        system -> system.replace(
                                PROBE,
                                "ID_FS_UUID_ENC=11111111-2222-4333-8444-555555555555",
                                "ID_FS_UUID_ENC=11111111-2222-4333-8444-555555555556"),
                        "format root: uuid",
                        "mount root-mount: fstab spec"),
                mutation(
                        "type changed",
                        system -> system.replace(PROBE, "ID_FS_TYPE=xfs", "ID_FS_TYPE=ext4"),
                        "format home: type"),
                mutation(
                        "FAT of another width",
                        system -> system.replace(PROBE, "ID_FS_VERSION=FAT32", "ID_FS_VERSION=FAT16"),
                        "format fat: type"),
                mutation(
                        "not formatted",
                        system -> system.removeLines(PROBE, "ID_FS_TYPE=swap"),
                        "format swap: type",
                        "format swap: label",
                        "mount swap-mount: fstab spec"),
                mutation(
                        "feature not switched off",
                        system -> system.replace("facts/ext/vdc1", "has_journal", "ext_attr"),
                        "format plain: features"));
    }

    private static Stream<Mutation> mounts() {
        return Stream.of(
                mutation(
                        "fstab line missing",
                        system -> system.removeLines("fstab", FAT_UUID),
                        "mount fat-mount: fstab line"),
                mutation(
                        "fstab line twice",
                        system ->
                                system.append("fstab", "/dev/disk/by-uuid/" + HOME_UUID + " /home xfs defaults 0 1\n"),
                        "mount home-mount: fstab line"),
                mutation(
                        "fstab entry that nobody asked for",
                        system -> system.append("fstab", "/dev/vdb /extra btrfs defaults 0 0\n"),
                        "fstab: no other entry"),
                mutation(
                        "wrong options in fstab",
                        system -> system.replace("fstab", "defaults,noatime", "defaults"),
                        "mount whole-mount: fstab line"),
                mutation(
                        "wrong pass number",
                        system -> system.replace("fstab", "/home xfs defaults 0 1", "/home xfs defaults 0 2"),
                        "mount home-mount: fstab line"),
                mutation(
                        "wrong freq",
                        system -> system.replace("fstab", "bind,ro 1 0", "bind,ro 0 0"),
                        "mount bind-mount: fstab line"),
                mutation(
                        "fstab by kernel name",
                        system -> system.replace("fstab", "/dev/disk/by-uuid/" + HOME_UUID, "/dev/vda4"),
                        "mount home-mount: fstab spec"),
                mutation(
                        "fstab by another volume's UUID",
                        system -> system.replace("fstab", HOME_UUID, "c90338b7-129d-4bf0-a3a6-b8d643fa669c"),
                        "mount home-mount: fstab spec"),
                mutation("not mounted", system -> system.removeLines(MOUNTS, " /home "), "mount home-mount: mounted"),
                mutation(
                        "fstab line missing and not mounted",
                        system -> system.removeLines("fstab", FAT_UUID).removeLines(MOUNTS, " /data/fat "),
                        "mount fat-mount: fstab line"),
                mutation(
                        "fstab line of a swap missing, and off",
                        system -> system.removeLines("fstab", SWAP_UUID).removeLines("proc-swaps", "/dev/vda3"),
                        "mount swap-mount: fstab line"),
                mutation(
                        "mounted from another disk",
                        system -> system.replace(MOUNTS, "254:4 / /home", "254:33 / /home"),
                        "mount home-mount: mounted"),
                mutation(
                        "btrfs mounted from another disk",
                        system -> system.replace(MOUNTS, "btrfs /dev/vdb", "btrfs /dev/sda6"),
                        "mount whole-mount: mounted"),
                mutation(
                        "option not in force",
                        system -> system.replace(
                                MOUNTS, "/srv rw,nosuid,nodev,noatime", "/srv rw,nosuid,relatime,noatime"),
                        "mount srv-mount: mounted options"),
                mutation(
                        "remounted read-only after an error",
                        system -> system.replace(MOUNTS, "ext4 /dev/sda5 rw,", "ext4 /dev/sda5 ro,"),
                        "mount srv-mount: mounted options"),
                mutation(
                        "tmpfs of another size",
                        system -> system.replace(MOUNTS, "size=4096k", "size=8192k"),
                        "mount tmpfs-mount: mounted options"),
                mutation(
                        "bind of another directory",
                        system -> system.replace(MOUNTS, "254:2 /etc /my/bind", "254:2 /usr /my/bind"),
                        "mount bind-mount: mounted"),
                mutation(
                        "swap off",
                        system -> system.removeLines("proc-swaps", "/dev/vda3"),
                        "mount swap-mount: swap active"),
                mutation(
                        "swap on another partition",
                        system -> system.replace("proc-swaps", "/dev/vda3", "/dev/vda4"),
                        "mount swap-mount: swap active"),
                mutation(
                        "swap's fstab line missing",
                        system -> system.removeLines("fstab", SWAP_UUID),
                        "mount swap-mount: fstab line"),
                mutation(
                        "spec of another source",
                        system -> system.replace("fstab", "tmpfs /my/tmpfs", "none /my/tmpfs"),
                        "mount tmpfs-mount: fstab spec"));
    }
}
