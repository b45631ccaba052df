package dev.vmtest.installer.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.config.Problem;
import dev.vmtest.config.Problems;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hold what is refused: each thing with its place, and all things at once. */
class CoverageTests {

    private static final String ROOT = """
            storage:
              version: 1
              config:
              - {id: d, type: disk, serial: a, ptable: msdos}
              - {id: p, type: partition, device: d, size: 3G}
              - {id: f, type: format, fstype: ext4, volume: p}
              - {id: m, type: mount, device: f, path: /}
            """;

    private static List<String> messages(String yaml) {
        Problems problems = new Problems();
        Corpus.plan(yaml, problems);
        return problems.all().stream().map(Problem::toString).toList();
    }

    @Test
    void acceptsAPlainConfiguration() {
        assertThat(messages(ROOT)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "- {id: x, type: nvme_controller, transport: pcie} | 8:13: nvme_controller 'x': an action of type nvme_controller can't be installed",
                "- {id: x, type: partition, device: d, size: 1G, preserve: true} | 8:51: partition 'x' can't be preserved: disk 'd' gets a new partition table",
                "- {id: x, type: raid, name: md0, raidlevel: container, devices: [d, p]} | 8:36: raid 'x': an array in a container can't be installed",
                "- {id: x, type: raid, name: md0, raidlevel: 1, devices: [d, p], metadata: imsm} | 8:67: raid 'x': imsm metadata can't be installed",
                "- {id: x, type: dm_crypt, volume: p, dm_name: a/b, key: k} | 8:40: dm_crypt 'x': 'a/b' can't name a mapping",
                "- {id: x, type: partition, device: d, size: 1G, flag: prep} | 8:51: partition 'x': flag 'prep' has no meaning in an msdos partition table",
                "- {id: x, type: zpool, pool: z, vdevs: [p], encryption_style: luks_keystore, keyfile: /k} | 8:47: zpool 'x': a pool whose key lies in a keystore, which Debian's initramfs does not open (Ubuntu's does), can't be installed",
                "- {id: x, type: format, fstype: vfat, volume: d, uuid: 11111111-2222-4333-8444-555555555555} | 8:52: format 'x': vfat can't carry the uuid",
                "- {id: x, type: mount, device: f} | mount 'x': a file system of type ext4 needs a path",
            })
    void refusesStorageThatIsNotCovered(String action, String expected) {
        assertThat(messages(ROOT + "  " + action + "\n"))
                .anySatisfy(message -> assertThat(message).contains(expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "apt: {preserve_sources_list: false, sources_list: \"Types: deb\\nURIs: http://a\\nSuites: b\\nComponents: c\\n\"} | 8:51: the built-in installer doesn't cover sources_list as paragraphs (deb822)",
                "boot: {bootloaders: [grub], alternatives: [default]} | 8:43: boot: only extlinux's menu has 'alternatives'; remove it",
                "kernel: {remove_existing: true} | 8:27: kernel: no installer reads 'remove_existing'; write 'remove: existing'",
                "install: {maas: {a: b}} | 8:11: the built-in installer doesn't cover install: maas",
                "reporter: {maas: {url: x}} | 8:1: the built-in installer doesn't cover reporter",
                "apt: {sources: {a: {source: 'ppa:x/y'}}} | 8:29: apt source 'a': add-apt-repository would ask Launchpad",
                "apt: {sources: {a: {keyid: F430BBA5}}} | 8:28: apt source 'a': a keyserver would be asked for the key",
                "system_upgrade: {enabled: true} | 8:18: the built-in installer doesn't cover system_upgrade: enabled",
                "kexec: {mode: 'on'} | 8:9: the built-in installer doesn't cover kexec: mode",
                "stages: [early] | 8:1: the built-in installer doesn't cover another choice of stages than early, partitioning, network, extract, curthooks, hook, late, in this order, with your own among them",
                "stages: [early, network, partitioning, extract, curthooks, hook, late] | 8:1: the built-in installer doesn't cover another choice",
                "stages: [early, partitioning, network, extract, curthooks, hook, my-own, late] | 8:1: the built-in installer can't run a stage that is called 'my-own'; use letters, digits and '_'",
                "sources: {a: 'ftp://example.com/x.tgz'} | 8:14: the built-in installer doesn't cover install source 'ftp://example.com/x.tgz', which is neither an address of HTTP nor the path of a file or a directory",
                "sources: {a: {type: dd-raw, uri: 'http://h/d'}} | 1:1: a disk image is installed, which brings its own partitions, kernel and boot loader: 'storage' would be ignored",
                "sources: {a: 'dd-raw:http://h/d'} | 8:14: source 'a': curtin looks for a disk image only among sources that have a name and a type, so it would write nothing",
                "sources: [{type: dd-gz, uri: 'http://h/d'}] | 8:11: source '0': curtin looks for a disk image only among sources that have a name and a type, so it would write nothing; write 'sources: {image: {type: dd-gz, uri: …}}'",
                "sources: {a: {type: dd-img, uri: 'http://h/d'}} | 8:21: source 'a': no source is of the type 'dd-img'; take cp, tgz, tbz",
                "sources: {a: {type: dd-raw, uri: 'http://h/d'}, b: {type: tgz, uri: 'http://h/t'}} | 8:52: the built-in installer doesn't cover another source beside a disk image",
                "vmtest: {source: dd-raw} | 1:1: a disk image is installed",
                "grub: {bootloaders: [extlinux]} | 8:7: the built-in installer installs only the boot loader grub, not extlinux: extlinux is a menu that only U-Boot reads",
                "partitioning_commands: {10_wipe: curtin wipe --quick} | 8:34: partitioning_commands '10_wipe': the built-in installer has no 'curtin wipe'; it knows only 'curtin in-target', 'curtin apt-config' and 'curtin unmount'; use these, a plain command, or --installer curtin",
                "late_commands: {a: [curtin, in-target, --, curtin, apt-config]} | 8:44: late_commands 'a': the built-in installer has no 'curtin apt-config' in the target; write the command itself",
                "late_commands: {a: [curtin, swap, '--size=1G']} | 8:21: late_commands 'a': the built-in installer has no 'curtin swap'",
                "late_commands: {a: [curtin, in_target]} | 8:21: late_commands 'a': the built-in installer has no 'curtin in_target'; did you mean 'in-target'? it knows only 'curtin in-target', 'curtin apt-config' and 'curtin unmount'",
                "late_commands: {a: curtin -c x in-target} | 8:20: late_commands 'a': the built-in installer has no 'curtin -c'; it knows only 'curtin in-target', 'curtin apt-config' and 'curtin unmount'",
                "reporting: {a: {type: webhook, endpoint: 'ftp://x'}} | 8:16: reporting 'a': 'ftp://x' is not an HTTP address",
                "swap: {size: 1000} | 8:7: a swap file of 1000 bytes is too small",
                "kernel: {remove: existing} | 8:9: no package source of a run has another kernel that could stay",
                "kernel: {flavor: generic} | 8:18: kernel: no installer reads 'flavor'; write 'package'",
                "install: {save_install_logs: /root/x} | 8:11: install: no installer reads 'save_install_logs'; write 'save_install_log'",
                "pollinate: {user_agent: true} | 8:13: pollinate: user_agent can't be a boolean",
                "multipath: {mode: force} | 8:13: the built-in installer doesn't cover multipath: mode",
            })
    void refusesKeysThatAreNotCovered(String key, String expected) {
        assertThat(messages(ROOT + key + "\n"))
                .anySatisfy(message -> assertThat(message).contains("c.yaml:").contains(expected));
    }

    @Test
    void refusesNamesOfTheKernelForTheDiskOfTheAutomaticLayout() {
        assertThat(messages("block-meta: {devices: [/dev/vda]}\n"))
                .containsExactly(
                        "c.yaml:1:13: block-meta: the built-in installer knows no disk by a name of the kernel, as"
                                + " 'devices' has them; leave them out, or name the disk in a storage section");
    }

    @Test
    void reportsEverythingAtOnce() {
        assertThat(messages(
                        ROOT + "kexec: {mode: 'on'}\nsystem_upgrade: {enabled: true}\nkernel: {remove: existing}\n"))
                .hasSize(3);
    }

    @Test
    void wantsRoomForGrubInAGptOnBios() {
        assertThat(messages(ROOT.replace("msdos", "gpt")))
                .singleElement()
                .asString()
                .startsWith(
                        "c.yaml:4:36: disk 'd' has a gpt table and the machine boots by BIOS, but it has no bios_grub"
                                + " partition;");
    }

    @Test
    void aPoolThatGrubCannotReadNeedsAPartitionForTheKernel() {
        String zfs = """
                storage:
                  version: 1
                  config:
                  - {id: d, type: disk, serial: a, ptable: gpt, grub_device: true}
                  - {id: b, type: partition, device: d, size: 1M, flag: bios_grub}
                  - {id: p, type: partition, device: d, size: 4G}
                  - {id: z, type: zpool, pool: rpool, vdevs: [p], mountpoint: /, fs_properties: {canmount: "on"}%s}
                """;
        String boot = """
                  - {id: k, type: partition, device: d, size: 1G}
                  - {id: f, type: format, volume: k, fstype: ext4}
                  - {id: m, type: mount, device: f, path: /boot}
                """;
        assertThat(messages(zfs.formatted(""))).isEmpty();
        assertThat(messages(zfs.formatted(", pool_properties: {version: null}")))
                .singleElement()
                .asString()
                .contains("7:99: zpool 'z': GRUB can't read the kernel from a pool with all features; leave 'version'");
        assertThat(messages(zfs.formatted(", pool_properties: {version: null, compatibility: grub2}")))
                .isEmpty();
        assertThat(messages(zfs.formatted(", pool_properties: {version: null}") + boot))
                .isEmpty();
        // Curtin's default keeps a pool's own file system off.
        assertThat(messages(zfs.formatted("").replace("canmount: \"on\"", "canmount: \"off\"")))
                .singleElement()
                .asString()
                .contains("nothing is mounted on /");
    }

    @Test
    void tellsNoConsequenceOfWhatIsRefused() {
        assertThat(messages(ROOT.replace("ptable: msdos", "ptable: unsupported, preserve: true")
                        .replace("size: 3G", "size: 3G, preserve: true")))
                .singleElement()
                .asString()
                .contains("disk 'd': the partition table 'unsupported' can't be installed");
    }

    @Test
    void putsGrubWhereTheStorageSectionSays() {
        String marked = ROOT.replace("ptable: msdos}", "ptable: msdos, grub_device: true}");

        assertThat(grubCalls(marked + "grub: {install_devices: [/dev/sdz]}\n")).containsExactly("\"$device_d\"");
        assertThat(grubCalls(marked + "grub: {install_devices: null}\n")).containsExactly("\"$device_d\"");
        assertThat(grubCalls(ROOT + "grub: {install_devices: [/dev/sdz]}\n")).containsExactly("/dev/sdz");
        assertThat(grubCalls(ROOT + "grub_install_devices: /dev/sdz\n")).containsExactly("/dev/sdz");
        assertThat(grubCalls(ROOT + "grub: {install_devices: null}\n")).isEmpty();
        assertThat(grubCalls(ROOT)).containsExactly("\"$device_d\"");
    }

    private static List<String> grubCalls(String yaml) {
        Problems problems = new Problems();
        String script = Corpus.plan(yaml, problems).script("1");
        assertThat(problems.all()).isEmpty();
        return script.lines()
                .filter(line -> line.startsWith("    install_grub_bios "))
                .map(line -> line.strip().substring("install_grub_bios ".length()))
                .toList();
    }

    @Test
    void tellsCryptsetupTheCipherTheSizeAndTheSecondKey() {
        Problems problems = new Problems();
        String yaml = ROOT + "  - {id: q, type: partition, device: d, size: 1G}\n"
                + "  - {id: x, type: dm_crypt, volume: q, dm_name: '', keyfile: /k, cipher: aes-xts-plain64,"
                + " keysize: '256', recovery_keyfile: /r}\n";
        String script = Corpus.plan(yaml, problems).script("1");

        assertThat(problems.all()).isEmpty();
        assertThat(script)
                .contains("\n    make_encrypted device_x x \"$device_q\" /k luks /r '--cipher=aes-xts-plain64'"
                        + " '--key-size=256'\n");
    }

    @Test
    void wantsABootThatGrubCanRead() {
        String crypt = ROOT.replace("volume: p}", "volume: x}")
                .replace("  - {id: f,", "  - {id: x, type: dm_crypt, volume: p, dm_name: c, key: k}\n  - {id: f,");
        assertThat(messages(crypt))
                .singleElement()
                .asString()
                .startsWith("c.yaml:8:5: mount 'm': GRUB can't read the kernel from dm_crypt 'x';");
    }

    @Test
    void forcesTheAutomaticLayoutUponTheFirstDiskThatBoots() {
        Problems problems = new Problems();
        String yaml = """
                partitioning_commands: {builtin: [curtin, block-meta, simple, --force-mode]}
                storage:
                  version: 1
                  config:
                  - {id: x, type: disk, serial: first, ptable: gpt}
                  - {id: y, type: disk, serial: second, ptable: gpt, grub_device: true}
                """;
        String script = Corpus.plan(yaml, problems).script("1");

        assertThat(problems.all()).isEmpty();
        assertThat(script.substring(script.indexOf("in_stage_partitioning() {")))
                .containsSubsequence(
                        "serial first", "wipe_device", "serial second", "partition_disk", "cloudimg-rootfs")
                .containsOnlyOnce("partition_disk ");
    }

    @Test
    void bootsFromNoDiskOverTheNetwork() {
        assertThat(messages(ROOT.replace("serial: a", "path: 'iscsi:h::3260:1:t'")))
                .singleElement()
                .asString()
                .contains("7:5: mount 'm': the built-in installer doesn't boot from disk 'd', which comes over iSCSI");
    }

    @Test
    void resizesOnlyFileSystemsThatCanBeResized() {
        String yaml = ROOT.replace("version: 1", "version: 2")
                        .replace("ptable: msdos}", "ptable: msdos, preserve: true}")
                        .replace("size: 3G}", "size: 3G, preserve: true}")
                + "  - {id: q, type: partition, device: d, size: 1G, preserve: true, resize: true}\n"
                + "  - {id: g, type: format, fstype: FSTYPE, volume: q, preserve: true}\n";
        assertThat(messages(yaml.replace("FSTYPE", "ext3"))).isEmpty();
        assertThat(messages(yaml.replace("FSTYPE", "ntfs"))).isEmpty();
        assertThat(messages(yaml.replace("FSTYPE", "btrfs")))
                .singleElement()
                .asString()
                .contains("8:67: partition 'q': resizing btrfs, which format 'g' keeps, can't be installed");
        assertThat(messages(yaml.replace("FSTYPE, volume: q, preserve: true", "btrfs, volume: q")))
                .isEmpty();
    }

    @Test
    void addsNoPartitionToAPreservedTable() {
        assertThat(messages(ROOT.replace("ptable: msdos}", "ptable: msdos, preserve: true}")))
                .singleElement()
                .asString()
                .contains("partition 'p': adding a partition to a table that is preserved");
    }

    @Test
    void wantsARootAndOnUefiAnEfiSystemPartition() {
        Problems problems = new Problems();
        String noRoot = ROOT.replace("path: /}", "path: /srv}");
        assertThat(messages(noRoot)).anySatisfy(message -> assertThat(message).contains("nothing is mounted on /"));
        BuiltinInstaller.plan(
                dev.vmtest.installconfig.InstallConfig.read(
                        dev.vmtest.config.ConfigFiles.parse("c.yaml", ROOT, problems), problems),
                true,
                problems);
        assertThat(problems.all().toString()).contains("nothing is mounted on /boot/efi");
    }
}
