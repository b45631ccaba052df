package dev.vmtest.bench.ways;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compare systems whose kernels met the same devices in another order. */
class DeviceNamesTests {

    @TempDir
    Path directory;

    @Test
    void knowsIscsiDisksByTheirTargets() throws IOException {
        iscsi("full", "sda", 0, "sdb", 16, "4119");
        iscsi("resume", "sdb", 16, "sda", 0, "3971");

        FactsComparison.Outcome outcome = pair().compare();

        assertThat(outcome.differences()).isEmpty();
        assertThat(outcome.files()).isEqualTo(8);
    }

    @Test
    void findsIscsiDisksOfTheWrongTargets() throws IOException {
        iscsi("full", "sda", 0, "sdb", 16, "4119");
        iscsi("resume", "sdb", 16, "sda", 0, "3971");
        pair().write("resume", "facts/df", "/dev/sda1 1992552 28 1871284 1% /mnt/one");
        pair().write("resume", "facts/lsblk.json", oneIscsiDisk(0, "3"));

        assertThat(pair().compare().differences())
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
        assertThat(pair().compare().differences()).isEmpty();

        pair().write("resume", "facts/mountinfo", "30 1 253:0 / / rw - ext4 /dev/mapper/vg-root rw");

        assertThat(pair().compare().differences())
                .containsExactly("facts/mountinfo: booted in full: <numbers-of-<dm:vg-root>> / / rw - ext4"
                        + " /dev/mapper/vg-root rw; resumed: <numbers-of-<dm:vg-home>> / / rw - ext4"
                        + " /dev/mapper/vg-root rw");
    }

    private void mapped(String way, String root, int rootMinor, String home, int homeMinor) throws IOException {
        String device = "P: /devices/virtual/block/%s\nD: b 253:%d\nE: MINOR=%2$d\nE: DM_NAME=%s\n\n";
        pair().write(
                        way,
                        "facts/udevadm",
                        device.formatted(root, rootMinor, "vg-root") + device.formatted(home, homeMinor, "vg-home"));
        pair().write(way, "facts/dm", root + "\tvg-root\n" + home + "\tvg-home\n");
        pair().write(way, "facts/ext/" + root, "Block count: 100");
        pair().write(way, "facts/mountinfo", "30 1 253:" + rootMinor + " / / rw - ext4 /dev/mapper/vg-root rw");
        pair().write(way, "fstab", "# / was on /dev/dm-0 during curtin installation\n");
        pair().write(
                        way,
                        "facts/lsblk.json",
                        "{\"blockdevices\": [\n{\"maj:min\": \"253:0\"},\n{\"maj:min\": \"253:1\"}\n]}\n");
    }

    @Test
    void knowsPathsOfScsiDisksByTheirAddresses() throws IOException {
        String device = "P: /devices/pci0000:00/virtio1/host0/target0:0:%s/0:0:%1$s:0/block/%s\nD: b 8:%d\n\n";
        pair().both(
                        "facts/udevadm",
                        device.formatted("2", "sdc", 32) + device.formatted("3", "sdd", 48),
                        device.formatted("3", "sdc", 32) + device.formatted("2", "sdd", 48));
        pair().both("facts/sfdisk/sda.json", "\"node\": \"/dev/sdc1\"", "\"node\": \"/dev/sdd1\"");
        pair().both(
                        "facts/links",
                        "/dev/disk/by-id/scsi-SQEMU_1234567890\t../../sdc",
                        "/dev/disk/by-id/scsi-SQEMU_1234567890\t../../sdc");
        pair().both("facts/multipath", "| `- 0:0:2:0 sdc 8:32 active ready", "| `- 0:0:2:0 sdd 8:48 active ready");
        assertThat(pair().compare().differences()).isEmpty();

        pair().write("resume", "facts/multipath", "| `- 0:0:2:0 sdc 8:32 active ready");

        assertThat(pair().compare().differences())
                .containsExactly("facts/multipath: booted in full: | `- 0:0:2:0 <scsi:0:0:2:0>"
                        + " <numbers-of-<scsi:0:0:2:0>> active ready; resumed: | `- 0:0:2:0 <scsi:0:0:3:0>"
                        + " <numbers-of-<scsi:0:0:3:0>> active ready");
    }

    @Test
    void knowsBcacheDevicesByWhatTheyAreMadeOf() throws IOException {
        bcache("full", "bcache0", "bcache1", 253);
        bcache("resume", "bcache1", "bcache0", 254);
        assertThat(pair().compare().differences()).isEmpty();

        pair().write("resume", "facts/links", "/dev/disk/by-dname/data\t../../bcache0\n");

        assertThat(pair().compare().differences())
                .containsExactly("facts/links: booted in full: /dev/disk/by-dname/data\t../../<bcache:nvme0n1+vdb>p1;"
                        + " resumed: /dev/disk/by-dname/data\t../../<bcache:nvme0n1+vdc>");
    }

    /** Write what a machine says of itself whose data is on vdb and the rest on vdc, both cached. */
    private void bcache(String way, String data, String rest, int major) throws IOException {
        String device = "P: /devices/virtual/block/%s\nD: b %d:%d\nE: MAJOR=%2$d\nE: MINOR=%3$d\n\n";
        int minor = data.equals("bcache0") ? 0 : 128;
        pair().write(
                        way,
                        "facts/udevadm",
                        device.formatted(data, major, minor)
                                + device.formatted(data + "/" + data + "p1", major, minor + 1)
                                + device.formatted(rest, major, 128 - minor));
        pair().write(way, "facts/lsblk.json", """
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
        pair().write(way, "facts/links", "/dev/disk/by-dname/data\t../../" + data + "p1\n");
        pair().write(way, "facts/bcache/" + data + ".state", "cache_mode=writeback");
        pair().write(way, "facts/bcache/" + rest + ".state", "cache_mode=none");
        pair().write(way, "proc_partitions", " " + major + " " + minor + " 2097152 " + data + "\n");
    }

    /** Write what a machine with two iSCSI disks says of itself. */
    private void iscsi(String way, String one, int oneMinor, String two, int twoMinor, String port) throws IOException {
        pair().write(
                        way,
                        "facts/udevadm",
                        iscsiDisk("one", one, oneMinor, port) + iscsiDisk("two", two, twoMinor, port));
        pair().write(way, "facts/df", "/dev/" + one + "1 1992552 28 1871284 1% /mnt/one");
        pair().write(way, "facts/lsblk.json", oneIscsiDisk(oneMinor, host(one)));
        pair().write(way, "facts/iscsi/session" + host(one), "targetname=iqn.x:one");
        pair().write(
                        way,
                        "facts/iscsi-nodes",
                        "[/etc/iscsi/nodes/iqn.x:one/10.0.2.2," + port + ",1/default]\nnode.conn[0].port = " + port);
        pair().write(way, "facts/sfdisk/" + two + ".json", "\"node\": \"/dev/" + two + "1\"");
        pair().write(way, "facts/md/md0", "/dev/" + two + "1:\n   Role 1 /dev/" + two + "1");
        pair().write(
                        way,
                        "proc_partitions",
                        "   8 " + twoMinor + " 2097152 " + two + "\n   8 " + (twoMinor + 1) + " 2096128 " + two
                                + "1\n");
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

    private CollectedPair pair() {
        return new CollectedPair(directory);
    }
}
