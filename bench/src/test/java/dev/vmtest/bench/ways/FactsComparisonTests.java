package dev.vmtest.bench.ways;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FactsComparisonTests {

    private static final String ROOT_1 = "5f1faaa5-96a9-4119-bf9f-e53324c85801";
    private static final String HOME_1 = "4363643f-0592-42d2-9552-b0f60f8bcda7";
    private static final String ROOT_2 = "78b19f04-c792-424b-8891-3f5ce9cb2679";
    private static final String HOME_2 = "d458f634-a86c-0d46-9271-b6c9c9816d33";

    @TempDir
    Path directory;

    @BeforeEach
    void probe() throws IOException {
        both("facts/blkid-probe", probe(ROOT_1, HOME_1), probe(ROOT_2, HOME_2));
    }

    @Test
    void takesIdentitiesForWhatTheyBelongTo() throws IOException {
        both("fstab", fstab("vda", ROOT_1, HOME_1), fstab("vdb", ROOT_2, HOME_2));
        both(
                "ls_al_byuuid",
                ROOT_1 + " -> vda1\n" + HOME_1 + " -> vda2\n",
                HOME_2 + " -> vda2\n" + ROOT_2 + " -> vda1\n");

        FactsComparison.Outcome outcome = compare();

        assertThat(outcome.differences()).isEmpty();
        assertThat(outcome.files()).isEqualTo(3);
    }

    @Test
    void findsAReferenceToTheWrongThing() throws IOException {
        both("fstab", fstab("vda", ROOT_1, HOME_1), fstab("vda", /* root= */ HOME_2, /* home= */ ROOT_2));

        assertThat(compare().differences())
                .singleElement()
                .asString()
                .startsWith("fstab: booted in full: /dev/disk/by-uuid/</dev/vda1 ID_FS_UUID> / ext4")
                .contains("resumed: /dev/disk/by-uuid/</dev/vda2 ID_FS_UUID> / ext4");
    }

    @Test
    void findsAnotherOrderWhereOrderMeansSomething() throws IOException {
        both("interfaces", "auto lo\nauto eth0\n", "auto eth0\nauto lo\n");

        assertThat(compare().differences()).containsExactly("interfaces: the same lines in another order");
    }

    @Test
    void knowsWhatTheKernelLaysOutByChance() throws IOException {
        both(
                "facts/udevadm",
                "E: DEVLINKS=/dev/disk/by-id/virtio-a /dev/disk/by-path/pci-1",
                "E: DEVLINKS=/dev/disk/by-path/pci-1 /dev/disk/by-id/virtio-a");
        both(
                "proc_mounts",
                "udev /dev devtmpfs rw,size=981740k,nr_inodes=245435,mode=755 0 0",
                "udev /dev devtmpfs rw,size=981868k,nr_inodes=245467,mode=755 0 0");
        both("facts/df", "tmpfs 202724 244 202480 1% /run", "tmpfs 202724 240 202484 1% /run");
        both(
                "facts/ext/vda1",
                "Last mount time:  Sun Nov 22 09:38:52 2026\nLifetime writes: 770 MB\nJournal start: 0\nBlock size: 4096",
                "Last mount time:  Sun Nov 22 09:45:11 2026\nLifetime writes: 768 MB\nJournal start: 1\nBlock size: 4096");

        assertThat(compare().differences()).isEmpty();
    }

    @Test
    void knowsWhatStacksDrawAnew() throws IOException {
        both(
                "fstab",
                "/dev/disk/by-id/md-uuid-c5e95542:55a6c339:5eaac9b5:e64403d6 / ext4",
                "/dev/disk/by-id/md-uuid-2b1c2c5b:ab34a777:4516ef81:1e8c7d42 / ext4");
        both(
                "facts/vgs.json",
                "{\"vg_name\":\"vg\", \"vg_uuid\":\"BPwCIQ-4Oyc-b1wq-F1cW-WnAw-IIWG-sflE0G\"}",
                "{\"vg_name\":\"vg\", \"vg_uuid\":\"s1jg7q-hXl5-tvZm-Iaca-iZXa-jubo-Y5WCJQ\"}");
        both("facts/bcache/vda2.super", "sb.csum\t\t\tBCCFE4EE [match]", "sb.csum\t\t\t9A2430C6 [match]");
        both("facts/df", "/dev/md0  3529472 589812  2739932  18% /", "/dev/md0  3529472 589808  2739936  18% /");
        both(
                "facts/mountinfo",
                "86 25 0:30 / /run rw shared:32 - tmpfs\n53 25 9:0 / / rw shared:1 - ext4",
                "41 25 9:0 / / rw shared:3 - ext4\n42 25 0:30 / /run rw shared:5 - tmpfs");
        both("facts/boot/vda.core", "one", "other");
        both("proc-swaps", "/swap.img\tfile\t\t1762300\t0\t-2", "/swap.img\tfile\t\t1763324\t0\t-2");
        both("facts/links", "/dev/disk/by-diskseq/1\t../../nvme0n1", "/dev/disk/by-diskseq/2\t../../nvme0n1");
        both(
                "proc_partitions",
                " 259        3    1048576 nvme1n1p1\n   8        0    4194304 sda",
                "   8        0    4194304 sda\n 259        4    1048576 nvme1n1p1");

        assertThat(compare().differences()).isEmpty();
    }

    @Test
    void findsAnotherFileSystemOrSizeBesideThat() throws IOException {
        both("facts/df", "/dev/md0  3529472 589812  2739932  18% /", "/dev/md0  3529476 589812  2739932  18% /");
        both("facts/mountinfo", "86 25 9:0 / / rw shared:1 - ext4", "86 25 9:0 / / ro shared:1 - ext4");
        both("proc_partitions", " 259        3    1048576 nvme1n1p1", " 259        3    1048577 nvme1n1p1");
        both("facts/bcache/vda2.super", "dev.data.cache_mode\t1 [writeback]", "dev.data.cache_mode\t0 [writethrough]");

        both("proc-swaps", "/dev/vda2 partition 1048572 0 -2", "/dev/vda2 partition 524284 0 -2");

        assertThat(compare().differences()).hasSize(5);
    }

    @Test
    void findsWhatDiffersBesideThat() throws IOException {
        both("facts/udevadm", "E: DEVLINKS=/dev/a /dev/b", "E: DEVLINKS=/dev/a");
        both("proc_mounts", "udev /dev devtmpfs rw,size=1k,nr_inodes=2", "udev /dev devtmpfs ro,size=1k,nr_inodes=2");
        both("facts/df", "/dev/vda1 202724 244 202480 1% /", "/dev/vda1 202724 9244 193480 5% /");
        both("facts/ext/vda1", "Block size: 4096", "Block size: 1024");

        assertThat(compare().differences())
                .extracting(difference -> difference.replaceFirst(":.*", ""))
                .containsExactly("facts/df", "facts/ext/vda1", "facts/udevadm", "proc_mounts");
    }

    @Test
    void findsAFileThatOnlyOneHas() throws IOException {
        write("full", "a", "x");
        write("resume", "b", "x");

        assertThat(compare().differences())
                .containsExactly("a is only there when booted in full", "b is only there when resumed");
    }

    @Test
    void leavesOutWhatTellsOnlyWhatHappened() throws IOException {
        both("journal.txt", "06:00 started", "07:00 started");
        both("run_cloud-init/status.json", "1", "2");
        both(
                "ls_al_byid",
                "lrwxrwxrwx 1 root root 9 Nov 22 04:13 a -> b",
                "lrwxrwxrwx 1 root root 9 Nov 22 05:20 a -> b");

        FactsComparison.Outcome outcome = compare();

        assertThat(outcome.differences()).isEmpty();
        assertThat(outcome.files()).isEqualTo(2);
    }

    @Test
    void knowsIscsiDisksByTheirTargets() throws IOException {
        iscsi("full", "sda", 0, "sdb", 16, "4119");
        iscsi("resume", "sdb", 16, "sda", 0, "3971");

        FactsComparison.Outcome outcome = compare();

        assertThat(outcome.differences()).isEmpty();
        assertThat(outcome.files()).isEqualTo(9);
    }

    @Test
    void findsIscsiDisksOfTheWrongTargets() throws IOException {
        iscsi("full", "sda", 0, "sdb", 16, "4119");
        iscsi("resume", "sdb", 16, "sda", 0, "3971");
        write("resume", "facts/df", "/dev/sda1 1992552 28 1871284 1% /mnt/one");
        write("resume", "facts/lsblk.json", oneIscsiDisk(0, "3"));

        assertThat(compare().differences())
                .containsExactly(
                        "facts/df: booted in full: /dev/<iscsi:iqn.x:one-lun-1>1 1992552 <room> 1% /mnt/one;"
                                + " resumed: /dev/<iscsi:iqn.x:two-lun-1>1 1992552 <room> 1% /mnt/one",
                        "facts/lsblk.json: booted in full: \"hctl\": \"<address-of-iscsi:iqn.x:one-lun-1>\" |"
                                + " \"maj:min\": \"<numbers-of-<iscsi:iqn.x:one-lun-1>>\"; resumed:"
                                + " \"hctl\": \"<address-of-iscsi:iqn.x:two-lun-1>\" |"
                                + " \"maj:min\": \"<numbers-of-<iscsi:iqn.x:two-lun-1>>\"");
    }

    @Test
    void knowsMappedDevicesByTheirNames() throws IOException {
        mapped("full", "dm-0", 0, "dm-1", 1);
        mapped("resume", "dm-1", 1, "dm-0", 0);
        assertThat(compare().differences()).isEmpty();

        write("resume", "facts/mountinfo", "30 1 253:0 / / rw - ext4 /dev/mapper/vg-root rw");

        assertThat(compare().differences())
                .containsExactly("facts/mountinfo: booted in full: <numbers-of-<dm:vg-root>> / / rw - ext4"
                        + " /dev/mapper/vg-root rw; resumed: <numbers-of-<dm:vg-home>> / / rw - ext4"
                        + " /dev/mapper/vg-root rw");
    }

    private void mapped(String way, String root, int rootMinor, String home, int homeMinor) throws IOException {
        String device = "P: /devices/virtual/block/%s\nD: b 253:%d\nE: MINOR=%2$d\nE: DM_NAME=%s\n\n";
        write(
                way,
                "facts/udevadm",
                device.formatted(root, rootMinor, "vg-root") + device.formatted(home, homeMinor, "vg-home"));
        write(way, "facts/dm", root + "\tvg-root\n" + home + "\tvg-home\n");
        write(way, "facts/ext/" + root, "Block count: 100");
        write(way, "facts/mountinfo", "30 1 253:" + rootMinor + " / / rw - ext4 /dev/mapper/vg-root rw");
        write(way, "fstab", "# / was on /dev/dm-0 during curtin installation\n");
        write(
                way,
                "facts/lsblk.json",
                "{\"blockdevices\": [\n{\"maj:min\": \"253:0\"},\n{\"maj:min\": \"253:1\"}\n]}\n");
    }

    @Test
    void knowsPathsOfScsiDisksByTheirAddresses() throws IOException {
        String device = "P: /devices/pci0000:00/virtio1/host0/target0:0:%s/0:0:%1$s:0/block/%s\nD: b 8:%d\n\n";
        both(
                "facts/udevadm",
                device.formatted("2", "sdc", 32) + device.formatted("3", "sdd", 48),
                device.formatted("3", "sdc", 32) + device.formatted("2", "sdd", 48));
        both("facts/sfdisk/sda.json", "\"node\": \"/dev/sdc1\"", "\"node\": \"/dev/sdd1\"");
        both(
                "facts/links",
                "/dev/disk/by-id/scsi-SQEMU_1234567890\t../../sdc",
                "/dev/disk/by-id/scsi-SQEMU_1234567890\t../../sdc");
        both("facts/multipath", "| `- 0:0:2:0 sdc 8:32 active ready", "| `- 0:0:2:0 sdd 8:48 active ready");
        assertThat(compare().differences()).isEmpty();

        write("resume", "facts/multipath", "| `- 0:0:2:0 sdc 8:32 active ready");

        assertThat(compare().differences())
                .containsExactly("facts/multipath: booted in full: | `- 0:0:2:0 <scsi:0:0:2:0>"
                        + " <numbers-of-<scsi:0:0:2:0>> active ready; resumed: | `- 0:0:2:0 <scsi:0:0:3:0>"
                        + " <numbers-of-<scsi:0:0:3:0>> active ready");
    }

    @Test
    void knowsBcacheDevicesByWhatTheyAreMadeOf() throws IOException {
        bcache("full", "bcache0", "bcache1", 253);
        bcache("resume", "bcache1", "bcache0", 254);
        assertThat(compare().differences()).isEmpty();

        write("resume", "facts/links", "/dev/disk/by-dname/data\t../../bcache0\n");

        assertThat(compare().differences())
                .containsExactly("facts/links: booted in full: /dev/disk/by-dname/data\t../../<bcache:nvme0n1+vdb>p1;"
                        + " resumed: /dev/disk/by-dname/data\t../../<bcache:nvme0n1+vdc>");
    }

    /** Write what a machine says of itself whose data is on vdb and the rest on vdc, both cached. */
    private void bcache(String way, String data, String rest, int major) throws IOException {
        String device = "P: /devices/virtual/block/%s\nD: b %d:%d\nE: MAJOR=%2$d\nE: MINOR=%3$d\n\n";
        int minor = data.equals("bcache0") ? 0 : 128;
        write(
                way,
                "facts/udevadm",
                device.formatted(data, major, minor)
                        + device.formatted(data + "/" + data + "p1", major, minor + 1)
                        + device.formatted(rest, major, 128 - minor));
        write(way, "facts/lsblk.json", """
                {"blockdevices": [
                {"kname": "vdb", "children": [
                {"kname": "@data@", "pkname": "vdb"}
                ]},
                {"kname": "vdc", "children": [
                {"kname": "@rest@", "pkname": "vdc"}
                ]},
                {"kname": "nvme0n1", "pkname": null, "children": [
                {"kname": "@data@", "pkname": "nvme0n1"},
                {"kname": "@rest@", "pkname": "nvme0n1"}
                ]}
                ]}
                """.replace("@data@", data).replace("@rest@", rest));
        write(way, "facts/links", "/dev/disk/by-dname/data\t../../" + data + "p1\n");
        write(way, "facts/bcache/" + data + ".state", "cache_mode=writeback");
        write(way, "facts/bcache/" + rest + ".state", "cache_mode=none");
        write(way, "proc_partitions", " " + major + " " + minor + " 2097152 " + data + "\n");
    }

    @Test
    void knowsThatKeysAndArraysArePutTogetherAnew() throws IOException {
        both(
                "facts/luks/vda3",
                "Cipher: aes\nIterations: 11085\nSalt:       57 c2 8a 78 16 2a 37 2e f5 1f c3 39 e9 86 2f df\n",
                "Cipher: aes\nIterations: 11959\nSalt:       b6 b6 1b 68 84 ba 0c 25 d1 f2 49 e2 fd 93 d5 e8\n");
        both(
                "facts/dm",
                "dm-0\troot\tCRYPT-LUKS2-94828f25b42148a7b5db8ddbddccef98-root",
                "dm-0\troot\tCRYPT-LUKS2-89f1bffd" + "5ca94cb4a8e7a6fcf7e49ed1-root");
        both("facts/md/md2.state", "level=raid1\narray_state=clean", "level=raid1\narray_state=read-auto");
        both(
                "mdstat",
                "md3 : active raid0 vdd4[2] vdc4[1]\nmd0 : active raid1 vda[0] vdb[1]",
                "md0 : active (auto-read-only) raid1 vdb[1] vda[0]\nmd3 : active raid0 vdc4[1] vdd4[2]");
        both(
                "facts/udevadm",
                "E: A=1\nE: MD_STARTED=no\nE: LVM_VG_NAME_INCOMPLETE=vg",
                "E: A=1\nE: MD_STARTED=unsafe\nE: SYSTEMD_WANTS=mdadm-last-resort@md0");

        assertThat(compare().differences()).isEmpty();
    }

    @Test
    void findsAnotherCipherStateOrMemberBesideThat() throws IOException {
        both("facts/luks/vda3", "Cipher: aes\nIterations: 1", "Cipher: none\nIterations: 2");
        both("facts/md/md2.state", "array_state=clean", "array_state=inactive");
        both("mdstat", "md0 : active raid1 vda[0] vdb[1]", "md0 : active raid1 vda[0] vdc[1]");
        both("facts/udevadm", "E: SYSTEMD_WANTS=a.service", "E: SYSTEMD_WANTS=b.service");

        assertThat(compare().differences()).hasSize(4);
    }

    /** Write what a machine with two iSCSI disks says of itself. */
    private void iscsi(String way, String one, int oneMinor, String two, int twoMinor, String port) throws IOException {
        write(way, "facts/udevadm", iscsiDisk("one", one, oneMinor, port) + iscsiDisk("two", two, twoMinor, port));
        write(way, "facts/df", "/dev/" + one + "1 1992552 28 1871284 1% /mnt/one");
        write(way, "facts/lsblk.json", oneIscsiDisk(oneMinor, host(one)));
        write(way, "facts/iscsi/session" + host(one), "targetname=iqn.x:one");
        write(
                way,
                "facts/iscsi-nodes",
                "[/etc/iscsi/nodes/iqn.x:one/10.0.2.2," + port + ",1/default]\nnode.conn[0].port = " + port);
        write(way, "facts/sfdisk/" + two + ".json", "\"node\": \"/dev/" + two + "1\"");
        write(way, "facts/md/md0", "/dev/" + two + "1:\n   Role 1 /dev/" + two + "1");
        write(
                way,
                "proc_partitions",
                "   8 " + twoMinor + " 2097152 " + two + "\n   8 " + (twoMinor + 1) + " 2096128 " + two + "1\n");
    }

    private static String oneIscsiDisk(int minor, String host) {
        return "{\"blockdevices\": [{\n\"maj:min\": \"8:%d\",\n\"hctl\": \"%s:0:0:1\",\n\"size\": 3\n}]}\n"
                .formatted(minor, host);
    }

    private static String host(String disk) {
        return disk.equals("sda") ? "3" : "4";
    }

    private static String iscsiDisk(String target, String disk, int minor, String port) {
        String serial = "36000000000000000000e000000000" + (target.equals("one") ? port : port + "f");
        String session = "/devices/platform/host" + host(disk) + "/session" + host(disk) + "/target" + host(disk)
                + ":0:0/" + host(disk) + ":0:0:1/block/" + disk;
        String path = "ip-10.0.2.2:" + port + "-iscsi-iqn.x:" + target + "-lun-1";
        return """
                P: @session@
                N: @disk@
                D: b 8:@minor@
                E: MINOR=@minor@
                E: ID_PATH=@path@
                E: ID_SERIAL=@serial@

                P: @session@/@disk@1
                N: @disk@1
                D: b 8:@next@
                S: disk/by-id/scsi-@serial@-part1
                E: DEVNAME=/dev/@disk@1
                E: MINOR=@next@
                E: ID_PATH=@path@
                E: ID_SERIAL=@serial@
                E: DEVLINKS=/dev/disk/by-path/@path@-part1

                """.replace("@session@", session)
                .replace("@disk@", disk)
                .replace("@minor@", Integer.toString(minor))
                .replace("@next@", Integer.toString(minor + 1))
                .replace("@path@", path)
                .replace("@serial@", serial);
    }

    @Test
    void countsNothingWhenNothingWasCollected() throws IOException {
        Files.delete(directory.resolve("full/facts/blkid-probe"));
        Files.delete(directory.resolve("resume/facts/blkid-probe"));

        assertThat(compare().files()).isZero();
    }

    private static String probe(String root, String home) {
        return "DEVNAME=/dev/vda1\nID_FS_UUID=" + root + "\nDEVNAME=/dev/vda2\nID_FS_UUID=" + home + "\n"
                + "ID_PART_ENTRY_TYPE=0fc63daf-8483-4772-8e79-3d69d8477de4\n";
    }

    private static String fstab(String disk, String root, String home) {
        return "# / was on /dev/" + disk + "1 during curtin installation\n"
                + "/dev/disk/by-uuid/" + root + " / ext4 defaults 0 1\n"
                + "/dev/disk/by-uuid/" + home + " /home ext4 defaults 0 2\n";
    }

    private FactsComparison.Outcome compare() throws IOException {
        return FactsComparison.compare(directory.resolve("full"), directory.resolve("resume"));
    }

    private void both(String file, String full, String resumed) throws IOException {
        write("full", file, full);
        write("resume", file, resumed);
    }

    private void write(String way, String file, String text) throws IOException {
        Path path = directory.resolve(way).resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
