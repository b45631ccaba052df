package dev.vmtest.installer.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.process.Command;
import dev.vmtest.process.Completed;
import dev.vmtest.process.SupervisedProcesses;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Run the parts of the shell library that need no disk, under dash. */
class ShellLibraryTests {

    /** What the rest of the library gives to the part about sources. */
    private static final String SOURCES = """
            work=$(mktemp -d) target=$(mktemp -d)
            trap 'rm -rf "$work" "$target"' EXIT
            say() { echo "$*"; }
            die() { echo "$*"; exit 1; }
            run() { "$@"; }
            blockdev() { :; }
            """;

    /** What would end this machine only says so. */
    private static final String POWER = """
            sleep() { echo "sleep $*"; }
            shutdown() { echo "shutdown $*"; }
            power_block=${0%/*}/block
            """;

    /** What the rest of the library gives to the part about ZFS; the disks of this machine have no lasting names. */
    private static final String POOLS = """
            target=/target
            say() { :; }
            die() { echo "$*"; exit 1; }
            run() { echo "$*"; }
            need_zfs() { :; }
            prepare_member() { echo "prepare $1"; }
            udevadm() { :; }
            readlink() { :; }
            """;

    @TempDir
    Path directory;

    private String run(String library, String commands) throws Exception {
        Path source = Path.of(
                Objects.requireNonNull(InstallPlan.class.getResource(library)).toURI());
        Path script = Files.writeString(directory.resolve("script"), "set -eu\n. " + source + "\n" + commands);
        try (SupervisedProcesses processes = new SupervisedProcesses()) {
            Completed ended = processes.run(Command.of("dash", script.toString()), Duration.ofSeconds(30));
            return ended.requireSuccess().stdout();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "",
                "with \"quotes\"",
                "back\\slash\\n",
                "tab\tand\r",
                "two\nlines",
                "bell\u0007\u001b[0m",
                "ünï\u2028",
                "<&>"
            })
    void escapesTextsForJson(String text) throws Exception {
        String printed = run("report.sh", "json_string " + ScriptWriter.quote(text) + "\n");

        assertThat(JsonMapper.builder().build().readTree(printed).asString()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0x8e, 8E",
        "0x5, 5",
        "0fc63daf-8483-4772-8e79-3d69d8477de4, 0FC63DAF-8483-4772-8E79-3D69D8477DE4",
    })
    void readsTheTypesOfPartitionsAsThePlanWritesThem(String blkid, String expected) throws Exception {
        assertThat(run("preserve.sh", "blkid() { echo " + blkid + "; }\npartition_type /dev/x\n"))
                .isEqualTo(expected + "\n");
    }

    @Test
    void remembersTheLastCommandOfAStep() throws Exception {
        assertThat(run("report.sh", """
                        at c.yaml:1:1 disk wipe
                        run true a 'b c' >&2
                        echo "<$last_command>"
                        at c.yaml:2:1 disk format >&2
                        echo "<$last_command>"
                        """)).endsWith("<true a b c>\n<>\n");
    }

    @Test
    void makesPoolsOfWhatIsSaidAndLetsGoOfThem() throws Exception {
        String commands = POOLS + """
                make_pool tank /dev/vdb /dev/vdc <<'END'
                d
                o comment=two words
                O mountpoint=/srv
                END
                export_made_pools
                echo "<${ZPOOL_VDEV_NAME_PATH}>"
                """;

        assertThat(run("zfs.sh", commands)).isEqualTo("""
                prepare /dev/vdb
                prepare /dev/vdc
                zpool create -d -o comment=two words -O mountpoint=/srv -R /target tank /dev/vdb /dev/vdc
                zpool set cachefile=/etc/zfs/zpool.cache tank
                zpool export tank
                <YES>
                """);
    }

    @Test
    void mountsAFileSystemThatNothingMountsByItself() throws Exception {
        String commands = POOLS + """
                make_dataset tank/plain </dev/null
                make_dataset tank/root <<'END'
                canmount=noauto
                mountpoint=/
                END
                """;

        assertThat(run("zfs.sh", commands)).isEqualTo("""
                zfs create tank/plain
                zfs create -o canmount=noauto -o mountpoint=/ tank/root
                zfs mount tank/root
                """);
    }

    @Test
    void aPoolIsToldOfItsDisksByNamesThatStay() throws Exception {
        Path disk = Files.createFile(directory.resolve("vdb"));
        Path link = Files.createSymbolicLink(directory.resolve("virtio-a"), disk);
        String library = "say() { echo \"$*\"; }\n";

        assertThat(run("zfs.sh", library + "lasting_links=" + directory + "\nlasting_name " + disk + "\n"))
                .isEqualTo(link + "\n");
        assertThat(run("zfs.sh", library + "lasting_links=/absent\nlasting_name " + disk + "\n"))
                .isEqualTo(disk + "\n");
    }

    @Test
    void notesFstabLines() throws Exception {
        Path fstab = directory.resolve("fstab");
        run(
                "volumes.sh",
                "OUTPUT_FSTAB=" + fstab + "\n"
                        + "add_fstab /dev/disk/by-uuid/u / ext4 defaults 0 1 /dev/vda1\n"
                        + "add_fstab /dev/disk/by-uuid/s none swap sw 0 0 /dev/vda2\n");

        assertThat(fstab).hasContent("""
                # / was on /dev/vda1 during curtin installation
                /dev/disk/by-uuid/u / ext4 defaults 0 1
                /dev/disk/by-uuid/s none swap sw 0 0
                """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "root=/dev/x console=ttyS0 ro --- quiet a=b | console=ttyS0 quiet a=b",
                "console=tty1 console=ttyS0 --- console=ttyS0 BOOTIF=01-52 ip=:::::BOOTIF:dhcp initrd=x BOOT_IMAGE=y k | console=tty1 console=ttyS0 k",
                "ro quiet console=hvc0 | console=hvc0",
            })
    void carriesKernelArgumentsOver(String line, String expected) throws Exception {
        Path file = Files.writeString(directory.resolve("cmdline"), line + "\n");

        assertThat(run("target.sh", "carried_arguments " + file)).isEqualTo(expected + "\n");
    }

    @Test
    void staysInsideTheTargetWhenItWritesFiles() throws Exception {
        Path target = Files.createDirectory(directory.resolve("target"));
        Files.createSymbolicLink(target.resolve("absolute"), Path.of("/etc"));
        Files.createSymbolicLink(target.resolve("climbing"), Path.of("../../../../etc"));
        String paths = run(
                "target.sh",
                "target=" + target + "\n"
                        + "chroot_path /absolute/file\nchroot_path /climbing/deep/file\nchroot_path '/a b/./c/../file'\n");

        assertThat(paths).isEqualTo(target + "/etc/file\n" + target + "/etc/deep/file\n" + target + "/a b/file\n");
    }

    @ParameterizedTest
    @CsvSource({"disk-a,0", "0x39cc071e72c64cc4,0", "eui.0011,0", "disk,1", "a-serial-longer-than-20,0"})
    void findsDisksByWhatTheKernelShows(String wanted, String status) throws Exception {
        Path device = directory.resolve("vda");
        Files.createDirectories(device.resolve("device"));
        Files.writeString(device.resolve("serial"), wanted.startsWith("a-") ? "a-serial-longer-than" : "disk-a  \n");
        Files.writeString(device.resolve("device/wwid"), "naa.39cc071e72c64cc4\n");
        Files.writeString(device.resolve("wwid"), "eui.0011\n");

        assertThat(run("disks.sh", "code=0; has_identity " + device + " " + wanted + " || code=$?; echo $code"))
                .isEqualTo(status + "\n");
    }

    /** Each as the kernel shows it (block/genhd.c, nvme/host/multipath.c). */
    @ParameterizedTest
    @CsvSource({
        "nvme0n1, 0, 2097152, 0",
        "nvme0c0n1, 1, 2097152, 1",
        "vda, , 2097152, 0",
        "vda, , 0, 1",
        "loop0, 0, 2048, 1"
    })
    void takesNoDiskThatIsHiddenOrEmpty(String name, @Nullable String hidden, String sectors, String status)
            throws Exception {
        Path device = Files.createDirectory(directory.resolve(name));
        Files.writeString(device.resolve("size"), sectors + "\n");
        if (hidden != null) {
            Files.writeString(device.resolve("hidden"), hidden + "\n");
        }
        assertThat(run("disks.sh", "code=0; is_candidate_disk " + device + " || code=$?; echo $code"))
                .isEqualTo(status + "\n");
    }

    @Test
    void readsTheScsiSerialPage() throws Exception {
        Path device = directory.resolve("sda");
        Files.createDirectories(device.resolve("device"));
        Files.write(device.resolve("device/vpd_pg80"), new byte[] {0, (byte) 0x80, 0, 6, 'd', 'i', 's', 'k', '-', 'c'});

        assertThat(run("disks.sh", "has_identity " + device + " disk-c && echo yes"))
                .isEqualTo("yes\n");
    }

    @ParameterizedTest
    @CsvSource({
        "partition, true, small, ''",
        "partition, false, generic, ''",
        "keep, true, generic, ''",
        "keep, false, generic, ''",
        "make, true, '', update-initramfs -c -k 1.2",
    })
    void takesTheInitramfsThatTheRootNeeds(String need, boolean imageHasSmall, String content, String made)
            throws Exception {
        Path target = directory.resolve("target");
        Path initramfs = Files.createDirectories(target.resolve("boot")).resolve("initrd.img-1.2");
        Files.writeString(initramfs, "generic");
        Path parts = Files.createDirectories(target.resolve("usr/lib/vmtest/initramfs"));
        if (imageHasSmall) {
            Files.writeString(parts.resolve("partition-1.2"), "small");
        }

        String printed = run(
                "target.sh",
                "target=" + target + " kernel_version=1.2\nsay() { :; }\nin_target() { echo \"$*\"; }\n"
                        + "make_initramfs " + need + "\n");

        assertThat(printed.strip()).isEqualTo(made);
        if (content.isEmpty()) {
            assertThat(initramfs).doesNotExist();
        } else {
            assertThat(initramfs).hasContent(content);
        }
        assertThat(parts).doesNotExist();
    }

    @Test
    void tellsTheImagesInitramfsWhichMappingsToOpen() throws Exception {
        Path initramfs = encryptedTarget();

        String printed = makeInitramfs("usr/sbin/cryptsetup\nscripts/local-top/cryptroot\n", "open system usr_crypt");

        byte[] bytes = Files.readAllBytes(initramfs);
        assertThat(new String(bytes, 0, 8, StandardCharsets.ISO_8859_1)).isEqualTo("generic\0");
        assertThat(printed)
                .isEqualTo("  initramfs: system UUID=1 none luks\n  initramfs: usr_crypt UUID=2 none luks\n");
        assertThat(run("target.sh", "tail -c +9 " + initramfs + " | cpio --quiet --to-stdout -i cryptroot/crypttab"))
                .isEqualTo("system UUID=1 none luks\nusr_crypt UUID=2 none luks\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"usr/sbin/cryptsetup\n", "scripts/local-top/cryptroot\n"})
    void makesAnInitramfsWhereTheImagesOneOpensNothing(String listing) throws Exception {
        Path initramfs = encryptedTarget();

        assertThat(makeInitramfs(listing, "open system")).isEqualTo("update-initramfs -c -k 1.2\n");
        assertThat(initramfs).doesNotExist();
    }

    @Test
    void tellsTheImagesInitramfsWhichPathsToJoin() throws Exception {
        Path initramfs = encryptedTarget();
        Path known = Files.createDirectories(directory.resolve("target/etc/multipath"));
        Files.writeString(directory.resolve("target/etc/multipath.conf"), "defaults {}\n");
        Files.writeString(known.resolve("wwids"), "/0QEMU/\n");
        Files.writeString(known.resolve("bindings"), "mpatha 0QEMU\n");

        String printed = makeInitramfs("usr/sbin/multipath\nscripts/local-top/multipath\n", "paths");

        assertThat(printed).isEmpty();
        String unpacked = "tail -c +9 " + initramfs + " | cpio --quiet --to-stdout -i ";
        assertThat(run("target.sh", unpacked + "etc/multipath.conf")).isEqualTo("defaults {}\n");
        assertThat(run("target.sh", unpacked + "etc/multipath/wwids")).isEqualTo("/0QEMU/\n");
        assertThat(run("target.sh", unpacked + "etc/multipath/bindings")).isEqualTo("mpatha 0QEMU\n");
    }

    @Test
    void hasTheImagesInitramfsLoadMultipathWhereNoScriptOfItDoes() throws Exception {
        Path initramfs = encryptedTarget();
        Files.createDirectories(directory.resolve("target/tmp"));
        Files.createDirectories(directory.resolve("target/etc/multipath"));
        Files.writeString(directory.resolve("target/etc/multipath/wwids"), "/0QEMU/\n");
        Files.writeString(directory.resolve("target/etc/multipath.conf"), "defaults {}\n");
        Path unpacked = Files.createDirectories(directory.resolve("image/main/conf"));
        Files.writeString(unpacked.resolve("modules"), "virtio_scsi\n");

        makeInitramfs("usr/sbin/multipath\nusr/lib/udev/rules.d/60-multipath.rules\n", "paths");

        String read = "tail -c +9 " + initramfs + " | cpio --quiet --to-stdout -i ";
        assertThat(run("target.sh", read + "conf/modules")).isEqualTo("virtio_scsi\ndm_multipath\n");
        assertThat(run("target.sh", read + "etc/multipath/wwids")).isEqualTo("/0QEMU/\n");
        assertThat(directory.resolve("target/etc/initramfs-tools/modules")).hasContent("dm_multipath\n");
        assertThat(directory.resolve("target/tmp")).isEmptyDirectory();
    }

    @Test
    void makesAnInitramfsWhereTheImagesOneJoinsNoPaths() throws Exception {
        Path initramfs = encryptedTarget();

        assertThat(makeInitramfs("usr/sbin/cryptsetup\n", "paths")).isEqualTo("update-initramfs -c -k 1.2\n");
        assertThat(initramfs).doesNotExist();
        assertThat(directory.resolve("target/etc/initramfs-tools/modules")).hasContent("dm_multipath\n");
    }

    @ParameterizedTest
    @CsvSource({
        "/dev/mapper/mpatha-part3, yes",
        "/dev/vdb1, no",
        "'', no",
        "/dev/mapper/mpatha-part3 /dev/sdc1, no",
    })
    void keepsLvmOffThePathsOfMapsThatItUses(String volumes, String filtered) throws Exception {
        Path target = Files.createDirectory(directory.resolve("target"));
        run(
                "paths.sh",
                "target=" + target + "\nsay() { :; }\npvs() { printf '%s\\n' " + volumes + "; }\nkeep_lvm_off_paths\n");

        Path settings = target.resolve("etc/lvm/lvmlocal.conf");
        if (filtered.equals("yes")) {
            assertThat(settings).content().contains("global_filter = [ \"a|^/dev/mapper/|\", \"r|^/dev/sd|\" ]");
        } else {
            assertThat(settings).doesNotExist();
        }
    }

    private Path encryptedTarget() throws Exception {
        Path target = directory.resolve("target");
        Path initramfs = Files.createDirectories(target.resolve("boot")).resolve("initrd.img-1.2");
        Files.writeString(initramfs, "generic");
        Files.writeString(
                Files.createDirectories(target.resolve("etc")).resolve("crypttab"),
                "system UUID=1 none luks\nswap /dev/x /dev/urandom swap\nusr_crypt UUID=2 none luks\n");
        return initramfs;
    }

    private String makeInitramfs(String listing, String arguments) throws Exception {
        Path work = Files.createDirectories(directory.resolve("work"));
        Path printed = Files.writeString(directory.resolve("listing"), listing);
        return run(
                "target.sh",
                "target=" + directory.resolve("target") + " kernel_version=1.2 work=" + work + "\nsay() { :; }\n"
                        + "in_target() { echo \"$*\"; }\n"
                        + "chroot() { case $2 in lsinitramfs) cat " + printed + " ;; "
                        + "unmkinitramfs) cp -R " + directory.resolve("image") + "/. \"$1$4\" ;; esac; }\n"
                        + "make_initramfs " + arguments + "\n");
    }

    @Test
    void copiesTheTargetImageWithoutTheInitramfsThatWillNotServe() throws Exception {
        assertThat(run("target.sh", targetImage("target-image", "partition")))
                .isEqualTo("unpack /dev/vdz boot/initrd.img-*\n");
        assertThat(run("target.sh", targetImage("target-image", "stack")))
                .isEqualTo("unpack /dev/vdz usr/lib/vmtest/initramfs\n");
    }

    @Test
    void unpacksAllOrAllButAPattern() throws Exception {
        String played = "blockdev() { :; }\nrun() { printf '<%s>' \"$@\"; echo; }\ntarget=/t\n";

        assertThat(run("target.sh", played + "unpack /dev/vdz\nunpack /dev/vdz 'boot/a *'\n"))
                .isEqualTo("<unsquashfs><-quiet><-no-progress><-processors><1><-force><-dest></t></dev/vdz>\n"
                        + "<unsquashfs><-quiet><-no-progress><-processors><1><-force><-dest></t>"
                        + "<-excludes></dev/vdz><boot/a *>\n");
    }

    @Test
    void aTargetImageThatIsNotThereIsAFault() throws Exception {
        String printed = run("target.sh", targetImage("another", "partition"));

        assertThat(printed)
                .contains("died: the disk with the serial 'target-image', which holds the system to install")
                .doesNotContain("unpack");
    }

    @Test
    void bootsByGrubsQuickerCommandWhereBiosHasIt(@TempDir Path target) throws Exception {
        String played = "say() { :; }\ntarget=" + target + " work=" + target + " kernel_version=6.1\n"
                + "findmnt() { case \"$*\" in *SOURCE*) echo /dev/vda1 ;; *) echo 12-ab ;; esac; }\n"
                + "mountpoint() { false; }\ngrub_defaults() { printf '0\\nro_arg\\n'; }\n"
                + "write_grub_menu plain unmodified\n";

        assertThat(run("target.sh", played)).contains("linux /boot/vmlinuz-6.1 ", "initrd /boot/initrd.img-6.1\n");

        Path modules = Files.createDirectories(target.resolve("boot/grub/i386-pc"));
        Files.writeString(modules.resolve("linux16.mod"), "");
        String protocol = Files.exists(Path.of("/sys/firmware/efi")) ? "" : "16";
        assertThat(run("target.sh", played))
                .contains("linux" + protocol + " /boot/vmlinuz-6.1 root=UUID=12-ab ro ro_arg")
                .contains("initrd" + protocol + " /boot/initrd.img-6.1\n");
    }

    /** Copy the target image where there is one disk. */
    private static String targetImage(String serial, String root) {
        return "say() { :; }\nunpack() { echo \"unpack $*\"; }\ndescribe_disks() { :; }\n"
                + "die() { echo \"died: $*\"; exit 0; }\n"
                + "match_disk() { [ \"$1\" = " + serial + " ] && found_disk=/dev/vdz; }\n"
                + "copy_target_image target-image " + root + "\n";
    }

    /** A target is a directory with what its cloud-init says of itself; what is noted is what a section gives. */
    private String writeNetwork(String cloudInit, String noted) throws Exception {
        Path target = directory.resolve("target");
        Path python = Files.createDirectories(target.resolve("usr/lib/python3/dist-packages/cloudinit"));
        Files.writeString(python.resolve("version.py"), cloudInit);
        return run("target.sh", """
                target=%s scratch=%s OUTPUT_NETWORK_CONFIG=%s/config OUTPUT_INTERFACES=%s/own
                die() { echo "$*"; exit 0; }
                : >"$OUTPUT_NETWORK_CONFIG"
                %s
                write_noted_network
                cd "$target/etc" && find . -type f | sort | while read -r file; do echo "$file:"; cat "$file"; done
                """.formatted(target, directory, directory, directory, noted));
    }

    @Test
    void handsTheNetworkToACloudInitThatReadsIt() throws Exception {
        String noted = "echo 'network: {version: 2}' | note_network\n";

        assertThat(writeNetwork("FEATURES = ['NETWORK_CONFIG_V2']\n", noted))
                .isEqualTo("./cloud/cloud.cfg.d/50-curtin-networking.cfg:\nnetwork: {version: 2}\n");
        assertThat(writeNetwork("FEATURES = []\n", noted)).contains("does not read version 2");
    }

    @Test
    void writesTheNetworkForIfupdownWhereCloudInitDoesNotReadIt() throws Exception {
        assertThat(writeNetwork("FEATURES = []\n", """
                echo 'network: {version: 1}' | note_network
                echo 'auto lo' | note_rendered_network 'a rule'
                """)).isEqualTo("""
                ./cloud/cloud.cfg.d/curtin-disable-cloudinit-networking.cfg:
                network: {config: disabled}
                ./network/interfaces:
                auto lo
                ./udev/rules.d/70-persistent-net.rules:
                a rule""");
    }

    @Test
    void keepsTheInterfacesOfASystemThatIsPreserved() throws Exception {
        Path own =
                Files.createDirectories(directory.resolve("target/etc/network")).resolve("interfaces");
        Files.writeString(own, "auto kept\n");

        assertThat(writeNetwork("", "note_boot_nic\necho 'auto image' >\"$target/etc/network/interfaces\"\n"))
                .isEqualTo("./network/interfaces:\nauto kept\n");
    }

    @Test
    void writesNothingWhereNothingWasNoted() throws Exception {
        Files.createDirectories(directory.resolve("target/etc"));

        assertThat(writeNetwork("FEATURES = ['NETWORK_CONFIG_V2']\n", "")).isEmpty();
    }

    @Test
    void copiesNoInterfacesOfATargetWithoutASystem() throws Exception {
        assertThat(writeNetwork("", "note_own_interfaces\n")).contains("no /etc/network/interfaces to copy");
    }

    @ParameterizedTest
    @CsvSource({
        "http://h/x/base.upper.squashfs, 'http://h/x/base.squashfs\nhttp://h/x/base.upper.squashfs\n'",
        "/images/main.img, '/images/main.img\n'",
        "a.b.c.d, 'a.d\na.b.d\na.b.c.d\n'"
    })
    void namesTheLayersBelowAFile(String address, String expected) throws Exception {
        assertThat(run("sources.sh", "layers_of " + address + "\n")).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cat", "gzip", "bzip2", "xz"})
    void unpacksAnArchiveWhateverItIsCompressedWith(String compressor) throws Exception {
        Path root = Files.createDirectories(directory.resolve("root/etc"));
        Files.writeString(root.resolve("file"), "content\n");

        String printed = run(
                "sources.sh",
                SOURCES + "tar -C " + directory + "/root -cf - . | " + compressor + " >" + directory
                        + "/archive\nunpack_source " + directory + "/archive >/dev/null\ncat \"$target/etc/file\"\n");

        assertThat(printed).isEqualTo("content\n");
    }

    @ParameterizedTest
    @CsvSource({
        "dd-raw, cat image",
        "dd-gz, gzip -c image",
        "dd-bz2, bzip2 -c image",
        "dd-xz, xz -c image",
        "dd-tar, tar -cf - image",
        "dd-tgz, tar -czf - image",
        "dd-tbz, tar -cjf - image",
        "dd-txz, tar -cJf - image"
    })
    void writesADiskImageOfEachKind(String kind, String packer) throws Exception {
        String printed = run(
                "sources.sh",
                SOURCES + "cd " + directory + "\nprintf 'the disk' >image\n" + packer
                        + " >packed\nprintf 'an old disk with more on it' >disk\n"
                        + "udevadm() { :; }\nmount_image_root() { cat \"$1\"; }\n"
                        + "write_disk_image " + directory + "/disk " + kind + " file://" + directory
                        + "/packed | tail -n 1\n");

        assertThat(printed).endsWith("the disk");
    }

    @ParameterizedTest
    @CsvSource({
        "unpack_source /nowhere/x.tgz, is no archive that tar unpacks",
        "write_disk_image DIR/disk dd-raw /nowhere/x.raw, /nowhere/x.raw cannot be fetched",
        "write_disk_image DIR/disk dd-gz DIR/script, is no image of the kind dd-gz",
        "write_disk_image /dev/full dd-raw DIR/script, does not fit on /dev/full",
        "copy_source single /nowhere/x.img, /nowhere/x.img does not exist or is empty",
        "copy_source layered DIR/a.b.img, DIR/a.img does not exist or is empty",
        "copy_source single DIR/script, is no file system that can be mounted",
        "mount_image_root DIR/disk, no file system of the disk image has a directory /curtin"
    })
    void saysWhatIsWrongWithASource(String command, String expected) throws Exception {
        String ended = run(
                "sources.sh",
                SOURCES + "mount() { return 1; }\nudevadm() { :; }\nlsblk() { :; }\n( "
                        + command.replace("DIR", directory.toString()) + " ) 2>/dev/null && echo passed\ntrue\n");

        assertThat(ended)
                .contains(expected.replace("DIR", directory.toString()))
                .doesNotContain("passed");
    }

    @Test
    void showsNoAccountOfAnAddress() throws Exception {
        assertThat(run("sources.sh", "shown_source http://user:secret@h/x\n")).isEqualTo("http://h/x\n");
    }

    @Test
    void anImagesOwnHookConfiguresIt() throws Exception {
        String hook = "mkdir -p \"$target/curtin\"\nprintf '#!/bin/sh\\necho hooked; exit %s\\n' \"$code\""
                + " >\"$target/curtin/curtin-hooks\"\nchmod +x \"$target/curtin/curtin-hooks\"\n";

        assertThat(run("sources.sh", SOURCES + "run_image_hook || echo none\n")).isEqualTo("none\n");
        assertThat(run("sources.sh", SOURCES + "code=0\n" + hook + "run_image_hook\n"))
                .endsWith("hooked\n");
        assertThat(run("sources.sh", SOURCES + "code=3\n" + hook + "( run_image_hook ) || true\n"))
                .endsWith("the image's /curtin/curtin-hooks ended with exit status 3\n");
    }

    @ParameterizedTest
    @CsvSource({
        "poweroff, now, '', 'sleep 0\nshutdown -P now\n'",
        "reboot, '', '', 'sleep 5\nshutdown -r now\n'",
        "halt, 7, good night, 'sleep 7\nshutdown -H now good night\n'",
        "poweroff, +2, '', 'sleep 120\nshutdown -P now\n'"
    })
    void shutsDownAsTheConfigurationSays(String mode, String delay, String message, String expected) throws Exception {
        String call = "power_down " + mode + " '" + delay + "' '" + message + "'\n";

        assertThat(run("power.sh", POWER + call)).isEqualTo(expected);
        assertThat(run("power.sh", POWER + "touch \"$power_block\"\n" + call)).doesNotContain("shutdown");
    }
}
