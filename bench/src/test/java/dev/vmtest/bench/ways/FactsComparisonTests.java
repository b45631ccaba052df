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
        pair().both("facts/blkid-probe", probe(ROOT_1, HOME_1), probe(ROOT_2, HOME_2));
    }

    @Test
    void takesIdentitiesForWhatTheyBelongTo() throws IOException {
        pair().both("fstab", fstab("vda", ROOT_1, HOME_1), fstab("vdb", ROOT_2, HOME_2));
        pair().both(
                        "ls_al_byuuid",
                        ROOT_1 + " -> vda1\n" + HOME_1 + " -> vda2\n",
                        HOME_2 + " -> vda2\n" + ROOT_2 + " -> vda1\n");

        FactsComparison.Outcome outcome = pair().compare();

        assertThat(outcome.differences()).isEmpty();
        assertThat(outcome.files()).isEqualTo(3);
    }

    @Test
    void findsAReferenceToTheWrongThing() throws IOException {
        pair().both("fstab", fstab("vda", ROOT_1, HOME_1), fstab("vda", /* root= */ HOME_2, /* home= */ ROOT_2));

        assertThat(pair().compare().differences())
                .singleElement()
                .asString()
                .startsWith("fstab: booted in full: /dev/disk/by-uuid/</dev/vda1 ID_FS_UUID> / ext4")
                .contains("resumed: /dev/disk/by-uuid/</dev/vda2 ID_FS_UUID> / ext4");
    }

    @Test
    void findsAnotherOrderWhereOrderMeansSomething() throws IOException {
        pair().both("interfaces", "auto lo\nauto eth0\n", "auto eth0\nauto lo\n");

        assertThat(pair().compare().differences()).containsExactly("interfaces: the same lines in another order");
    }

    @Test
    void knowsWhatTheKernelLaysOutByChance() throws IOException {
        pair().both(
                        "facts/udevadm",
                        "E: DEVLINKS=/dev/disk/by-id/virtio-a /dev/disk/by-path/pci-1",
                        "E: DEVLINKS=/dev/disk/by-path/pci-1 /dev/disk/by-id/virtio-a");
        pair().both(
                        "proc_mounts",
                        "udev /dev devtmpfs rw,size=981740k,nr_inodes=245435,mode=755 0 0",
                        "udev /dev devtmpfs rw,size=981868k,nr_inodes=245467,mode=755 0 0");
        pair().both("facts/df", "tmpfs 202724 244 202480 1% /run", "tmpfs 202724 240 202484 1% /run");
        pair().both(
                        "facts/ext/vda1",
                        "Last mount time:  Sun Nov 22 09:38:52 2026\nLifetime writes: 770 MB\nJournal start: 0\nBlock size: 4096",
                        "Last mount time:  Sun Nov 22 09:45:11 2026\nLifetime writes: 768 MB\nJournal start: 1\nBlock size: 4096");

        assertThat(pair().compare().differences()).isEmpty();
    }

    @Test
    void knowsWhatStacksDrawAnew() throws IOException {
        pair().both(
                        "fstab",
                        "/dev/disk/by-id/md-uuid-c5e95542:55a6c339:5eaac9b5:e64403d6 / ext4",
                        "/dev/disk/by-id/md-uuid-2b1c2c5b:ab34a777:4516ef81:1e8c7d42 / ext4");
        pair().both(
                        "facts/vgs.json",
                        "{\"vg_name\":\"vg\", \"vg_uuid\":\"BPwCIQ-4Oyc-b1wq-F1cW-WnAw-IIWG-sflE0G\"}",
                        "{\"vg_name\":\"vg\", \"vg_uuid\":\"s1jg7q-hXl5-tvZm-Iaca-iZXa-jubo-Y5WCJQ\"}");
        pair().both("facts/bcache/vda2.super", "sb.csum\t\t\tBCCFE4EE [match]", "sb.csum\t\t\t9A2430C6 [match]");
        pair().both("facts/df", "/dev/md0  3529472 589812  2739932  18% /", "/dev/md0  3529472 589808  2739936  18% /");
        pair().both(
                        "facts/mountinfo",
                        "86 25 0:30 / /run rw shared:32 - tmpfs\n53 25 9:0 / / rw shared:1 - ext4",
                        "41 25 9:0 / / rw shared:3 - ext4\n42 25 0:30 / /run rw shared:5 - tmpfs");
        pair().both("facts/boot/vda.core", "one", "other");
        pair().both("proc-swaps", "/swap.img\tfile\t\t1762300\t0\t-2", "/swap.img\tfile\t\t1763324\t0\t-2");
        pair().both("facts/links", "/dev/disk/by-diskseq/1\t../../nvme0n1", "/dev/disk/by-diskseq/2\t../../nvme0n1");
        pair().both(
                        "proc_partitions",
                        " 259        3    1048576 nvme1n1p1\n   8        0    4194304 sda",
                        "   8        0    4194304 sda\n 259        4    1048576 nvme1n1p1");

        assertThat(pair().compare().differences()).isEmpty();
    }

    @Test
    void findsAnotherFileSystemOrSizeBesideThat() throws IOException {
        pair().both("facts/df", "/dev/md0  3529472 589812  2739932  18% /", "/dev/md0  3529476 589812  2739932  18% /");
        pair().both("facts/mountinfo", "86 25 9:0 / / rw shared:1 - ext4", "86 25 9:0 / / ro shared:1 - ext4");
        pair().both("proc_partitions", " 259        3    1048576 nvme1n1p1", " 259        3    1048577 nvme1n1p1");
        pair().both(
                        "facts/bcache/vda2.super",
                        "dev.data.cache_mode\t1 [writeback]",
                        "dev.data.cache_mode\t0 [writethrough]");
        pair().both("proc-swaps", "/dev/vda2 partition 1048572 0 -2", "/dev/vda2 partition 524284 0 -2");

        assertThat(pair().compare().differences()).hasSize(5);
    }

    @Test
    void findsWhatDiffersBesideThat() throws IOException {
        pair().both("facts/udevadm", "E: DEVLINKS=/dev/a /dev/b", "E: DEVLINKS=/dev/a");
        pair().both(
                        "proc_mounts",
                        "udev /dev devtmpfs rw,size=1k,nr_inodes=2",
                        "udev /dev devtmpfs ro,size=1k,nr_inodes=2");
        pair().both("facts/df", "/dev/vda1 202724 244 202480 1% /", "/dev/vda1 202724 9244 193480 5% /");
        pair().both("facts/ext/vda1", "Block size: 4096", "Block size: 1024");

        assertThat(pair().compare().differences())
                .extracting(difference -> difference.replaceFirst(":.*", ""))
                .containsExactly("facts/df", "facts/ext/vda1", "facts/udevadm", "proc_mounts");
    }

    @Test
    void findsAFileThatOnlyOneHas() throws IOException {
        pair().write("full", "a", "x");
        pair().write("resume", "b", "x");

        assertThat(pair().compare().differences())
                .containsExactly("a is only there when booted in full", "b is only there when resumed");
    }

    @Test
    void leavesOutWhatTellsOnlyWhatHappened() throws IOException {
        pair().both("journal.txt", "06:00 started", "07:00 started");
        pair().both("run_cloud-init/status.json", "1", "2");
        pair().both(
                        "ls_al_byid",
                        "lrwxrwxrwx 1 root root 9 Nov 22 04:13 a -> b",
                        "lrwxrwxrwx 1 root root 9 Nov 22 05:20 a -> b");

        FactsComparison.Outcome outcome = pair().compare();

        assertThat(outcome.differences()).isEmpty();
        assertThat(outcome.files()).isEqualTo(2);
    }

    @Test
    void knowsThatKeysAndArraysArePutTogetherAnew() throws IOException {
        pair().both(
                        "facts/luks/vda3",
                        "Cipher: aes\nIterations: 11085\nSalt:       57 c2 8a 78 16 2a 37 2e f5 1f c3 39 e9 86 2f df\n",
                        "Cipher: aes\nIterations: 11959\nSalt:       b6 b6 1b 68 84 ba 0c 25 d1 f2 49 e2 fd 93 d5 e8\n");
        pair().both(
                        "facts/dm",
                        "dm-0\troot\tCRYPT-LUKS2-94828f25b42148a7b5db8ddbddccef98-root",
                        "dm-0\troot\tCRYPT-LUKS2-89f1bffd" + "5ca94cb4a8e7a6fcf7e49ed1-root");
        pair().both("facts/md/md2.state", "level=raid1\narray_state=active", "level=raid1\narray_state=active-idle");
        pair().both(
                        "mdstat",
                        "md3 : active raid0 vdd4[2] vdc4[1]\nmd0 : active raid1 vda[0] vdb[1]",
                        "md0 : active (auto-read-only) raid1 vdb[1] vda[0]\nmd3 : active raid0 vdc4[1] vdd4[2]");
        pair().both(
                        "facts/udevadm",
                        "E: A=1\nE: MD_STARTED=no\nE: LVM_VG_NAME_INCOMPLETE=vg",
                        "E: A=1\nE: MD_STARTED=unsafe\nE: SYSTEMD_WANTS=mdadm-last-resort@md0");

        assertThat(pair().compare().differences()).isEmpty();
    }

    @Test
    void findsAnotherCipherStateOrMemberBesideThat() throws IOException {
        pair().both("facts/luks/vda3", "Cipher: aes\nIterations: 1", "Cipher: none\nIterations: 2");
        pair().both("facts/md/md2.state", "array_state=clean", "array_state=inactive");
        pair().both("mdstat", "md0 : active raid1 vda[0] vdb[1]", "md0 : active raid1 vda[0] vdc[1]");
        pair().both("facts/udevadm", "E: SYSTEMD_WANTS=a.service", "E: SYSTEMD_WANTS=b.service");

        assertThat(pair().compare().differences()).hasSize(4);
    }

    @Test
    void countsNothingWhenNothingWasCollected() throws IOException {
        Files.delete(directory.resolve("full/facts/blkid-probe"));
        Files.delete(directory.resolve("resume/facts/blkid-probe"));

        assertThat(pair().compare().files()).isZero();
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

    private CollectedPair pair() {
        return new CollectedPair(directory);
    }
}
