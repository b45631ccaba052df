package dev.vmtest.installconfig;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.config.ConfigFiles;
import dev.vmtest.config.Location;
import dev.vmtest.config.Problem;
import dev.vmtest.config.Problems;
import dev.vmtest.secret.Secret;
import dev.vmtest.storage.Disk;
import dev.vmtest.storage.Format;
import dev.vmtest.storage.Partition;
import dev.vmtest.storage.PartitionTable;
import dev.vmtest.storage.StorageConfig;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstallConfigTests {

    private final Problems problems = new Problems();

    private InstallConfig read(String yaml) {
        return InstallConfig.read(ConfigFiles.parse("c.yaml", yaml, problems), problems);
    }

    private List<String> messages() {
        return problems.all().stream().map(Problem::toString).toList();
    }

    @Test
    void readsTheSmallestConfiguration() {
        InstallConfig config = read("placeholder_simple_install: unused\n");

        assertThat(messages()).isEmpty();
        assertThat(config.storage()).isNull();
        assertThat(config.network()).isNull();
        assertThat(config.swap()).isNull();
        assertThat(config.commands()).containsOnlyKeys(Stage.values());
        assertThat(config.commands(Stage.LATE)).isEqualTo(StageCommands.NONE);
        assertThat(config.grub().updateNvram()).isTrue();
        assertThat(config.install().saveInstallLog()).isEqualTo("/root/curtin-install.log");
    }

    @Test
    void givesTheAutomaticLayoutWithThePlaceOfTheFile() {
        StorageConfig bios = read("{}").effectiveStorage(false);
        StorageConfig uefi = read("vmtest: {disks: [{serial: x, size: 20G}]}").effectiveStorage(true);

        assertThat(bios.actions()).hasSize(4);
        assertThat(bios.actions())
                .allSatisfy(action -> assertThat(action.origin().location()).isEqualTo(new Location("c.yaml", 1, 1)));
        assertThat(bios.all(Partition.class))
                .singleElement()
                .satisfies(root -> assertThat(root.size()).isEqualTo((10L << 30) - (2 << 20)));
        assertThat(uefi.all(Partition.class)).extracting(Partition::number).containsExactly(15, 1);
        assertThat(uefi.all(Partition.class).get(1).size()).isEqualTo((20L << 30) - (514L << 20));
    }

    @Test
    void dividesTheDiskAsBlockMetaSays() {
        InstallConfig mbr = read("block-meta: {boot-partition: {enabled: true, fstype: ext2, label: mine}}\n");
        InstallConfig gpt = read("block-meta:\n  format: gpt\n  boot-partition: {enabled: true}\n");
        assertThat(messages()).isEmpty();

        StorageConfig divided = mbr.effectiveStorage(false);
        assertThat(divided.all(Partition.class)).extracting(Partition::number).containsExactly(1, 2);
        assertThat(divided.all(Partition.class))
                .extracting(Partition::size)
                .containsExactly(512L << 20, (10L << 30) - (514L << 20));
        assertThat(divided.all(Format.class))
                .extracting(format -> format.fileSystem() + " " + format.label())
                .containsExactly("ext4 cloudimg-rootfs", "ext2 mine");
        divided = gpt.effectiveStorage(false);
        assertThat(divided.all(Disk.class).get(0).partitionTable()).isEqualTo(PartitionTable.GPT);
        assertThat(divided.all(Partition.class))
                .extracting(part -> part.number() + " " + part.flag() + " " + (part.size() >> 20) + " at "
                        + part.origin().location())
                .containsExactly(
                        "15 BIOS_GRUB 1 at c.yaml:2:11",
                        "1 LINUX 512 at c.yaml:3:19",
                        "2 LINUX " + ((10 << 10) - 1027) + " at c.yaml:1:1");

        mbr.checkBoot(true, problems);
        gpt.checkBoot(true, problems);
        assertThat(messages())
                .contains(
                        "c.yaml:1:30: block-meta: curtin refuses a boot-partition beside an EFI system partition; remove"
                                + " it, or write a storage section")
                .anySatisfy(message -> assertThat(message).contains("nothing is mounted on /boot/efi"));
    }

    @Test
    void readsEverySection() {
        InstallConfig config = read("""
                bucket: {anchors: here}
                _x: y
                early_commands:
                  20_second: echo two | cat
                  10_first: [sh, -c, "echo one"]
                hook_commands: {builtin: null}
                late_commands: {a: null}
                write_files:
                  one: {path: /etc/one, content: text, permissions: 0755, owner: 'root:adm'}
                  two: {path: etc/two, content: !!binary aGVsbG8K}
                swap: {filename: /btrfs/swap.img, size: 1GB, maxsize: 2G, force: yes}
                boot: {install_devices: [/dev/vda], update_nvram: false, terminal: unmodified, bootloaders: [grub]}
                kernel: {package: linux-image-amd64, fallback-package: linux-image-rt, remove: existing, mapping: {a: {'1.2': b}}}
                apt: {preserve_sources_list: false}
                apt_proxy: http://10.0.2.2:3142
                debconf_selections: {a: p q string x}
                install: {log_file: /tmp/i.log, save_install_config: null, save_install_log: /root/i.log, unmount: disabled, post_files: [/tmp/i.log]}
                reporting: {maas: {type: webhook, endpoint: 'http://10.0.2.2:8000/', level: DEBUG}}
                power_state: {mode: poweroff, delay: now}
                proxy: {http_proxy: 'http://p:1', no_proxy: [a, b]}
                sources: {00: 'cp:///media/root-ro', 01: {type: tgz, uri: 'http://h/root.tgz'}}
                cloudconfig: {f: {path: /etc/cloud/x.cfg, content: 'a: b'}}
                pollinate: {user_agent: {x: y}}
                showtrace: true
                vmtest: {release: trixie, cpus: 2, memory: 2G, firmware: uefi, timeouts: {boot: 60}, collect_scripts: cp a b}
                """);

        assertThat(messages()).isEmpty();
        assertThat(config.commands(Stage.EARLY).commands())
                .extracting(StageCommand::name)
                .containsExactly("10_first", "20_second");
        assertThat(config.commands(Stage.EARLY).commands())
                .extracting(StageCommand::shell)
                .containsExactly(false, true);
        assertThat(config.commands(Stage.HOOK).runsBuiltin()).isFalse();
        assertThat(config.commands(Stage.LATE).runsBuiltin()).isTrue();
        assertThat(config.writeFiles())
                .extracting(WriteFile::path, file -> file.content().reveal(), WriteFile::permissions)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("/etc/one", "text", "0755"),
                        org.assertj.core.groups.Tuple.tuple("/etc/two", "hello\n", "0644"));
        assertThat(Objects.requireNonNull(config.swap()).size()).isEqualTo(1L << 30);
        assertThat(config.grub().installDevices()).containsExactly("/dev/vda");
        assertThat(config.kernel().removeExisting()).isTrue();
        assertThat(config.install().saveInstallConfig()).isNull();
        assertThat(config.install().unmount()).isFalse();
        assertThat(config.reporting())
                .extracting(endpoint -> String.valueOf(endpoint.endpoint()))
                .containsExactly("http://10.0.2.2:8000/");
        assertThat(config.proxy().noProxy()).isEqualTo("a,b");
        assertThat(config.sources()).extracting(InstallSource::type).containsExactly(null, "tgz");
        assertThat(config.raw("apt")).isPresent();
        assertThat(config.vmtest().memory()).isEqualTo(2048);
        assertThat(config.vmtest().collectScripts()).containsExactly("cp a b");
        assertThat(config.forInstaller().entries()).doesNotContainKey("vmtest").containsKey("apt");
    }

    @Test
    void aConfigurationThatNamesItsStagesMayHaveSomeOfItsOwn() {
        read("""
                stages: [early, mine]
                mine_commands: {00-command: [/usr/bin/foo]}
                """);
        assertThat(messages()).isEmpty();

        InstallConfig config = read("""
                stages: [late, mine, early]
                mine_commands: {b: [x], a: [y]}
                """);
        assertThat(config.stages()).extracting(InstallStage::text).containsExactly("late", "mine", "early");
        assertThat(config.commands(new OwnStage("mine")).commands())
                .extracting(StageCommand::name)
                .containsExactly("a", "b");
        assertThat(read("swap: {size: 1G}\n").stages()).containsExactly(Stage.values());

        read("mine_commands: {00-command: [/usr/bin/foo]}\n");
        assertThat(messages()).singleElement().asString().contains("unknown key 'mine_commands'");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            stroage: {}                          | c.yaml:1:1: configuration: unknown key 'stroage'; did you mean 'storage'?
            late_command: {}                     | c.yaml:1:1: configuration: unknown key 'late_command'; did you mean 'late_commands'?
            late_commands: [a]                   | c.yaml:1:16: configuration: 'late_commands' must be a mapping, not a list
            late_commands: {a: 5}                | c.yaml:1:20: late_commands: command 'a' must be a list of words or a line of shell, not an integer
            late_commands: {a: []}               | c.yaml:1:20: late_commands: command 'a' is empty; write its words, or null to remove it
            late_commands: {a: [x, [y]]}         | c.yaml:1:24: late_commands: 'a' must list texts, not a list
            write_files: {a: word}               | c.yaml:1:18: write_files 'a' must be a mapping, not a string; give it 'path:' and 'content:'
            write_files: {a: {content: x}}       | c.yaml:1:18: write_files 'a': 'path' is missing; add 'path:'
            write_files: {a: {path: /../x}}      | c.yaml:1:25: write_files 'a': 'path' must not contain '..'
            write_files: {a: {path: /x, permissions: rwx}} | c.yaml:1:42: write_files 'a': 'permissions' must be octal digits such as '0644', not 'rwx'
            write_files: {a: {path: /x, permissions: 644}}  | c.yaml:1:42: write_files 'a': YAML 1.1 reads 644 as a number, and 'permissions' is a text; quote it: '644'
            write_files: {a: {path: /x, permissions: 0x1A4}} | c.yaml:1:42: write_files 'a': YAML 1.1 reads 0x1A4 as the number 420; quote it: '0x1A4'
            write_files: {a: {path: /x, perms: 755}}     | c.yaml:1:36: write_files 'a': YAML 1.1 reads 755 as a number, and 'perms' is a text; quote it: '755'
            write_files: {a: {path: /x, owner: 10:20}}   | c.yaml:1:36: write_files 'a': YAML 1.1 reads 10:20 as the number 620; quote it: '10:20'
            write_files: {a: {path: /x, content: on}}    | c.yaml:1:38: write_files 'a': 'content' is a text, and YAML 1.1 reads it as a boolean; quote it
            write_files: {a: {path: /x, content: 2024-01-31}} | c.yaml:1:38: write_files 'a': 'content' is a text, and YAML 1.1 reads it as a date; quote it
            late_commands: {a: [sleep, 5]}       | c.yaml:1:28: late_commands: YAML 1.1 reads 5 as a number, and 'a' is a text; quote it: '5'
            kernel: {package: 12_34}             | c.yaml:1:19: kernel: YAML 1.1 reads 12_34 as the number 1234; quote it: '12_34'
            apt_proxy: 1.50                      | c.yaml:1:12: configuration: YAML 1.1 reads 1.50 as the number 1.5, and 'apt_proxy' is a text; quote it: '1.50'
            vmtest: {disks: [{serial: 0123}]}    | c.yaml:1:27: vmtest: disk: YAML 1.1 reads 0123 as the number 83; quote it: '0123'
            storage: {version: 1, config: [{id: d, type: disk, wwn: 0x5000c500a0b1c2d3}]} | c.yaml:1:57: disk 'd': YAML 1.1 reads 0x5000c500a0b1c2d3 as the number 5764824129520911059; quote it: '0x5000c500a0b1c2d3'
            storage: {version: 1, config: [{id: 7, type: disk, serial: a}]} | c.yaml:1:37: storage action: YAML 1.1 reads 7 as a number, and 'id' is a text; quote it: '7'
            swap: {size: lots}                   | c.yaml:1:14: swap: 'size' is not a size: 'lots'; write bytes, or a number with K, M, G or T (powers of 1024), e.g. 4G or 512MB
            swap: {sise: 1G}                     | c.yaml:1:8: swap: unknown key 'sise'; did you mean 'size'?
            block-meta: {format: prep}           | c.yaml:1:22: block-meta: 'format' can't be 'prep'; use one of: mbr, gpt, uefi
            block-meta: {boot-partition: {enabled: true, fstype: vfat}} | c.yaml:1:54: block-meta: boot-partition: 'fstype' can't be 'vfat'; use one of: ext2, ext3, ext4, xfs, btrfs
            block-meta: {boot-partition: {label: x}} | c.yaml:1:30: block-meta: there is no partition for boot-partition without 'enabled: true'; enable it, or remove it
            block-meta: {format: uefi, boot-partition: {enabled: true}} | c.yaml:1:44: block-meta: curtin refuses a boot-partition beside an EFI system partition; remove it, or write a storage section
            {block-meta: {format: gpt}, storage: {version: 1, config: []}} | c.yaml:1:14: 'block-meta' is read only where disks are divided without a storage section; remove it, or the storage section
            block-meta: {devces: [a]}            | c.yaml:1:14: block-meta: unknown key 'devces'; did you mean 'devices'?
            stages: [early, mine, mine]          | c.yaml:1:9: configuration: the stage 'mine' is listed more than once; list it where it is to run
            {stages: [early], late_commands: {a: b}} | c.yaml:1:34: 'late_commands' run in no stage: 'late' is not among 'stages'; list the stage, or remove its commands
            kernel: {mapping: {bookworm: x}}     | c.yaml:1:30: kernel: 'mapping.bookworm' must have a mapping of versions to suffixes
            kernel: {mapping: {bookworm: {6.1.0: 7}}} | c.yaml:1:38: kernel: 'mapping.bookworm.6.1.0' must be the end of a package's name, such as '' or '-lts-xenial'
            kernel: {mapping: {bookworm: {6.1.0: '$(x)'}}} | c.yaml:1:38: kernel: 'mapping.bookworm.6.1.0' must be the end of a package's name, such as '' or '-lts-xenial'
            boot: {bootloaders: [extlinux], alternatives: [defult]} | c.yaml:1:47: boot: the entries of a menu can't be [defult]; list default, rescue or both
            boot: {bootloaders: [extlinux], alternatives: [rescue, rescue]} | c.yaml:1:47: boot: the entries of a menu can't be [rescue, rescue]; list default, rescue or both
            boot: {bootloaders: [lilo]}          | c.yaml:1:21: boot: unknown boot loader 'lilo'; use grub or extlinux
            reporting: {r: {type: webhook}}      | c.yaml:1:16: reporting 'r': 'endpoint' is missing; add 'endpoint:'
            power_state: {mode: off}             | c.yaml:1:21: power_state: 'mode' can't be 'off'; use one of: halt, poweroff, reboot
            sources: word                        | c.yaml:1:10: configuration: 'sources' must be a list or a mapping, not a string
            vmtest: {cpus: 0}                    | c.yaml:1:16: vmtest: 'cpus' must be from 1 to 64, not 0
            vmtest: {memory: 1K}                 | c.yaml:1:18: vmtest: 'memory' must be from 256M to 1024G, not 1K
            vmtest: {firmware: efi}              | c.yaml:1:20: vmtest: 'firmware' can't be 'efi'; did you mean 'uefi'?
            vmtest: {nics: []}                   | c.yaml:1:16: vmtest: 'nics' is empty; give it a value, or take it out
            vmtest: {timeouts: {}}               | c.yaml:1:20: vmtest: 'timeouts' is empty; give it a value, or take it out
            vmtest: {kernel_arguments: ''}       | c.yaml:1:28: vmtest: 'kernel_arguments' is empty; give it a value, or take it out
            vmtest: {expect: {packages: [a, '']}} | c.yaml:1:33: vmtest: an item of 'packages' is empty; give it a value, or take it out
            vmtest: {expect: install-failed}     | c.yaml:1:18: vmtest: 'expect: install-failed' does not say how it fails; write 'expect: {install_failed: {console: PATTERN}}'
            vmtest: {expect: {install_failed: {end: power-off}}} | c.yaml:1:19: vmtest: expect: install_failed: nothing tells the failure that is meant from any other; add 'stage:', or a pattern under 'console:', 'log:' or 'event:'
            vmtest: {expect: {install_failed: {end: panic}}} | c.yaml:1:41: vmtest: expect: install_failed: 'end' can't be 'panic'; use one of: power-off, reset, kernel-panic, time-out
            vmtest: {expect: {install_failed: {log: '('}}} | c.yaml:1:41: vmtest: expect: install_failed: the pattern '(' is no regular expression: Unclosed group; mask characters with a special meaning by a backslash
            vmtest: {expect: {install_failed: {log: '.*'}}} | c.yaml:1:41: vmtest: expect: install_failed: the pattern '.*' matches anything; name what the failure says
            vmtest: {expect: {install_failed: {stag: late}}} | c.yaml:1:36: vmtest: expect: install_failed: unknown key 'stag'; did you mean 'stage'?
            vmtest: {block_size: 1024}           | c.yaml:1:22: vmtest: 'block_size' can't be '1024'; use one of: 512, 4096
            vmtest: {disks: [{size: 1G}]}        | c.yaml:1:25: vmtest: disk: nothing says which disk it is; add 'id:', 'serial:', 'wwn:' or 'name:'
            vmtest: {disks: [{name: ../x}]}      | c.yaml:1:25: vmtest: disk: '../x' can't name a disk; use letters, digits and _ . -
            vmtest: {nics: [52:54:00:12:34:01]}  | c.yaml:1:17: vmtest: nic: YAML 1.1 reads 52:54:00:12:34:01 as the number 41135085241; quote it: '52:54:00:12:34:01'
            vmtest: {timeouts: {instal: 5}}      | c.yaml:1:21: vmtest: timeouts: unknown key 'instal'; did you mean 'install'?
            """)
    void answersBadInput(String yaml, String expected) {
        read(yaml);

        assertThat(messages()).contains(expected);
    }

    @Test
    void takesTheKeysThatOnlyTheCodeOfCurtinNames() {
        InstallConfig config = read("""
                grub_install_devices: [/dev/vda]
                grub: {update-nvram: false, remove_old_uefi_loaders: true, terminal: serial}
                kernel: {fallback_package: linux-x}
                install: {maas: {secrets: x}, resume_data: /r}
                reporter: {maas: {url: 'http://maas/'}}
                """);

        assertThat(messages()).isEmpty();
        assertThat(config.grub().installDevices()).containsExactly("/dev/vda");
        assertThat(config.grub().updateNvram()).isFalse();
        assertThat(config.grub().terminal()).isEqualTo("serial");
        assertThat(config.kernel().fallbackPackage()).isEqualTo("linux-x");
        assertThat(read("boot: {install-devices: [/dev/vdb]}\nkernel: {fallback-package: y}\n")
                        .grub()
                        .installDevices())
                .containsExactly("/dev/vdb");
    }

    @Test
    void takesAModeThatYamlReadsByEights() {
        InstallConfig config = read("""
                write_files:
                  a: {path: /a, permissions: 0640}
                  b: {path: /b, permissions: '640'}
                  c: {path: /c, perms: 0o600}
                  d: {path: /d, perms: '0777', permissions: "0711"}
                  e: {path: /e}
                """);

        assertThat(messages()).isEmpty();
        assertThat(config.writeFiles())
                .extracting(WriteFile::permissions)
                .containsExactly("0640", "640", "0600", "0711", "0644");
    }

    @Test
    void takesNumbersWhereTheyMeanWhatTheTextDoes() {
        read("""
                power_state: {mode: poweroff, delay: 5}
                storage:
                  version: 1
                  config:
                  - {id: a, type: disk, serial: '0x1F'}
                  - {id: b, type: disk, serial: b}
                  - {id: r, type: raid, name: md0, raidlevel: 1, devices: [a, b], metadata: 1.0}
                network:
                  version: 1
                  config:
                  - {type: physical, name: e, subnets: [{type: static, address: '2001:db8::2', netmask: 64}]}
                """);

        assertThat(messages()).isEmpty();
    }

    @Test
    void aVeryLongNumberIsShownShort() {
        read("apt_proxy: " + "1".repeat(500) + "\n");

        assertThat(messages())
                .singleElement()
                .satisfies(message -> assertThat(message).hasSizeLessThan(250));
    }

    @Test
    void acceptsAnUnknownKeyThatAnAliasUses() {
        read("my_words: [&a [sh, -c, x], y]\nlate_commands: {a: *a}\n");
        assertThat(messages()).isEmpty();

        read("my_words: [&a [sh, -c, x], y]\nlate_commands: {a: [sh, -c, x]}\n");
        assertThat(messages()).singleElement().asString().contains("unknown key 'my_words'");
    }

    @Test
    void holdsTheLayoutAgainstTheDisksOfTheVmtestKey() {
        String yaml = """
                storage:
                  version: 1
                  config:
                  - {id: sda, type: disk, serial: disk-a, ptable: gpt}
                  - {id: r, type: partition, device: sda, size: 4G}
                vmtest: {disks: [{id: ID, size: SIZE}]}
                """;

        read(yaml.replace("ID", "sda").replace("SIZE", "5G"));
        assertThat(messages()).isEmpty();
        read(yaml.replace("ID", "sda").replace("SIZE", "4G"));
        assertThat(messages())
                .singleElement()
                .asString()
                .startsWith("c.yaml:5:43: partition 'r' does not fit:")
                .contains("of disk 'sda', which has 4G");
        read(yaml.replace("ID", "sdaa").replace("SIZE", "5G"));
        assertThat(messages()).contains("c.yaml:6:18: vmtest: no disk action has the id 'sdaa'; did you mean 'sda'?");
    }

    @Test
    void infersTheMachine() {
        MachineNeeds needs = MachineNeeds.of(read("""
                storage:
                  version: 1
                  config:
                  - {id: sda, type: disk, serial: disk-a, ptable: gpt}
                  - {id: e, type: partition, device: sda, size: 512M, flag: boot}
                  - {id: r, type: partition, device: sda, size: 4G}
                  - {id: ef, type: format, volume: e, fstype: fat32}
                  - {id: rf, type: format, volume: r, fstype: ext4}
                  - {id: rm, type: mount, device: rf, path: /}
                  - {id: em, type: mount, device: ef, path: /boot/efi}
                  - {id: sdb, type: disk, wwn: '0x39cc071e72c64cc4'}
                  - {id: nv, type: disk, serial: nvme-a}
                  - {id: net, type: disk, path: 'iscsi:10.0.0.1:6:3260:1:target'}
                  - {id: vdx, type: disk, path: /dev/vdd}
                  - {id: bc, type: disk, path: /dev/bcache0}
                  - {id: mp, type: disk, serial: m, multipath: mpatha}
                network:
                  version: 1
                  config: [{type: physical, name: e0, mac_address: '52:54:00:12:34:0A'}]
                vmtest:
                  disks: [{id: sdb, size: 3G, block_size: 4096}, {serial: spare, size: 1G}]
                """));

        assertThat(messages()).isEmpty();
        assertThat(needs.uefi()).isTrue();
        assertThat(needs.uefiReason()).isEqualTo("mount 'em' on /boot/efi");
        assertThat(needs.nics()).containsExactly(new NicNeed("52:54:00:12:34:0a", null));
        assertThat(needs.disks())
                .containsExactly(
                        new DiskNeed("sda", "disk-a", null, null, 6L << 30, "virtio-blk", 512, 1),
                        new DiskNeed("sdb", null, "0x39cc071e72c64cc4", null, 3L << 30, "scsi-hd", 4096, 1),
                        new DiskNeed("nv", "nvme-a", null, null, 3L << 30, "nvme", 512, 1),
                        new DiskNeed("vdx", null, null, "/dev/vdd", 3L << 30, "virtio-blk", 512, 1),
                        new DiskNeed("mp", "m", null, null, 3L << 30, "scsi-hd", 512, 2),
                        new DiskNeed("spare", "spare", null, null, 1L << 30, "virtio-blk", 512, 1));
    }

    @Test
    void servesTheIscsiDisksWhoseAddressIsLeftToTheRun() {
        MachineNeeds needs = MachineNeeds.of(read("""
                storage:
                  version: 1
                  config:
                  - {id: open, type: disk, path: 'iscsi:__RFC4173__'}
                  - {id: closed, type: disk, path: 'iscsi:__RFC4173__'}
                  - {id: elsewhere, type: disk, path: 'iscsi:10.0.0.1:6:3260:1:target'}
                vmtest:
                  disks: [{id: closed, size: 5G, auth: 'user:passw0rd', iauth: 'iuser:ipassw0rd'}]
                """));

        assertThat(messages()).isEmpty();
        assertThat(needs.disks()).isEmpty();
        assertThat(needs.iscsi())
                .containsExactly(
                        new IscsiNeed("open", 3L << 30, null, null, null, null),
                        new IscsiNeed(
                                "closed", 5L << 30, "user", new Secret("passw0rd"), "iuser", new Secret("ipassw0rd")));
    }

    @Test
    void wantsANameAndAPasswordOfCredentials() {
        read("vmtest: {disks: [{id: a, auth: user, iauth: 'a:b:c'}]}");

        assertThat(messages())
                .containsExactly(
                        "c.yaml:1:32: vmtest: disk: 'auth' must be a name and a password; write 'auth: user:password'",
                        "c.yaml:1:45: vmtest: disk: 'iauth' must be a name and a password; write 'iauth: user:password'");
    }

    @Test
    void infersTheSeedsMachineFromNothing() {
        MachineNeeds needs = MachineNeeds.of(read("{}"));

        assertThat(needs.uefi()).isFalse();
        assertThat(needs.nics()).containsExactly(new NicNeed(MachineNeeds.DEFAULT_MAC, null));
        assertThat(needs.disks())
                .containsExactly(new DiskNeed("automatic-disk", "disk-a", null, null, 10L << 30, "virtio-blk", 512, 1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "grub: {install_devices: [/dev/sda, sdb]} | c.yaml:1:36: grub: 'install_devices' must list paths of devices, not 'sdb'; write a path such as /dev/sda, or mark a disk with 'grub_device: true'",
                "grub: {install_devices: bogus} | c.yaml:1:25: grub: 'install_devices' must list paths of devices, not 'bogus'; write a path such as /dev/sda, or mark a disk with 'grub_device: true'",
                "grub_install_devices: [''] | c.yaml:1:24: configuration: 'grub_install_devices' must list paths of devices, not ''; write a path such as /dev/sda, or mark a disk with 'grub_device: true'",
                "{grub: {install_devices: [/dev/sda]}, grub_install_devices: [/dev/sdb]} | c.yaml:1:61: configuration: 'grub_install_devices' is the old name of 'install_devices' in 'grub'; keep one of them",
                "boot: {update_nvram: false} | c.yaml:1:7: boot: 'boot' must say which boot loader; add 'bootloaders: [grub]'",
                "swap: {filename: ../swap.img} | c.yaml:1:18: swap: 'filename' must be the path of a file in the target, such as /swap.img, not '../swap.img'",
                "swap: {filename: ''} | c.yaml:1:18: swap: 'filename' must be the path of a file in the target, such as /swap.img, not ''",
            })
    void refusesBootLoadersAndSwapFilesThatMeanNothing(String yaml, String expected) {
        read(yaml + "\n");

        assertThat(messages()).containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"'swap: {filename: swap.img}' | /swap.img", "'swap: {filename: /a/s}' | /a/s"})
    void takesARelativeSwapFileFromTheRootOfTheTarget(String yaml, String expected) {
        assertThat(Objects.requireNonNull(read(yaml + "\n").swap()).fileName()).isEqualTo(expected);
        assertThat(messages()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"swap: {}", "swap: null", "swap: false", "swap: ''"})
    void anEmptySwapSectionSwitchesTheFileOff(String yaml) {
        assertThat(read(yaml + "\n").swap()).isNull();
        assertThat(messages()).isEmpty();
    }

    @Test
    void readsTheKeysOfTheBootSectionThatOnlyCurtinHeeds() {
        read("boot: {bootloaders: [grub], remove_old_uefi_loaders: false, terminal: console}\n");

        assertThat(messages()).isEmpty();
    }
}
