package dev.vmtest.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.config.Problem;
import dev.vmtest.config.Problems;
import dev.vmtest.installconfig.Remark;
import dev.vmtest.installer.InstallerChoice;
import dev.vmtest.installer.builtin.BuiltinChoice;
import dev.vmtest.installer.builtin.BuiltinInstaller;
import dev.vmtest.installer.builtin.InstallPlan;
import dev.vmtest.installer.curtin.CurtinChoice;
import dev.vmtest.knownissues.KnownIssues;
import dev.vmtest.machine.DiskSpec;
import dev.vmtest.machine.Firmware;
import dev.vmtest.testcase.ConfigSource;
import dev.vmtest.testcase.Fidelity;
import dev.vmtest.testcase.SampleDefaults;
import dev.vmtest.testcase.TestCase;
import dev.vmtest.testcase.TestCases;
import dev.vmtest.testcase.TestDefinition;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hold kinds of configurations with which public reports show that installers and their users fail. */
class PublicReportsTests {

    private static final InstallerChoice CURTIN = new CurtinChoice("curtin", () -> Set.of("in-target", "block-wipe"));

    /** A root on the first partition; the line of the disk is the third. */
    private static final String LAYOUT = """
            storage:
              config:
              - {id: disk, type: disk, ptable: msdos, wipe: superblock, grub_device: true, %s}
              - {id: part, type: partition, device: disk, size: 4G}
              - {id: format, type: format, volume: part, fstype: ext4}
              - {id: mount, type: mount, device: format, path: /}
              version: 1
            """;

    private Problems problems = new Problems();

    private List<TestCase> cases(InstallerChoice installer, String yaml) {
        problems = new Problems();
        return new TestCases(SampleDefaults.of(installer, KnownIssues.NONE, Fidelity.RESUME))
                .of(
                        TestDefinition.ofConfig("t", new ConfigSource("t.yaml", yaml), List.of("bookworm")),
                        List.of("bookworm"),
                        problems);
    }

    /** Return what is said of a configuration. */
    private List<String> said(InstallerChoice installer, String yaml) {
        List<TestCase> cases = cases(installer, yaml);
        return Stream.concat(
                        Stream.of(problems.all(), problems.warnings())
                                .flatMap(List::stream)
                                .map(Problem::toString),
                        cases.stream()
                                .flatMap(test -> NotJudged.of(test).stream())
                                .map(Remark::toString)
                                // That nobody looks at what commands do is no fault of a report.
                                .filter(line -> !line.contains("not judged: late_commands")))
                .toList();
    }

    private String plan(String yaml) {
        TestCase test = cases(BuiltinChoice.CHOICE, yaml).get(0);
        assertThat(problems.all()).isEmpty();
        InstallPlan plan = BuiltinInstaller.plan(test.config(), test.machine().firmware() == Firmware.UEFI, problems);
        return plan.script("1.2.3");
    }

    /** Return where a part of a text begins, as messages say it. */
    private static String at(String yaml, String part) {
        assertThat(yaml).contains(part);
        String before = yaml.substring(0, yaml.indexOf(part));
        return "t.yaml:" + (before.lines().count() + (before.endsWith("\n") ? 1 : 0)) + ":"
                + (before.length() - before.lastIndexOf('\n'));
    }

    private DiskSpec disk(String yaml) {
        return cases(BuiltinChoice.CHOICE, yaml).get(0).machine().disks().get(0);
    }

    @Test
    void theStorageSectionSaysWhereTheLoaderGoes() {
        String yaml = LAYOUT.formatted("serial: s") + "grub: {install_devices: [/dev/sdz]}\n";

        assertThat(plan(yaml))
                .contains("\n    install_grub_bios \"$device_disk\"\n")
                .doesNotContain("install_grub_bios /dev/sdz");
        for (InstallerChoice installer : List.of(BuiltinChoice.CHOICE, CURTIN)) {
            assertThat(said(installer, yaml))
                    .containsExactly(at(yaml, "[/dev/sdz]")
                            + ": warning: 'install_devices' is not read: disk 'disk' at " + at(yaml, "grub_device")
                            + " has 'grub_device: true', which wins; remove one of them");
            assertThat(said(installer, yaml.replace("grub: {install_devices", "grub_install_devices: [/dev/sdz] #")))
                    .containsExactly("t.yaml:8:23: warning: 'install_devices' is not read: disk 'disk' at "
                            + at(yaml, "grub_device") + " has 'grub_device: true', which wins; remove one of them");
            assertThat(said(installer, yaml.replace("/dev/sdz", "disk")))
                    .contains(
                            "t.yaml:8:26: grub: 'install_devices' must list paths of devices, not 'disk'; write a path"
                                    + " such as /dev/sda, or mark a disk with 'grub_device: true'");
        }
        assertThat(plan(yaml.replace("grub_device: true, ", ""))).contains("\n    install_grub_bios /dev/sdz\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            wwn-0x55cd2e4000000084               | SCSI   |
            scsi-0QEMU_QEMU_HARDDISK_abc         | SCSI   | abc
            virtio-abc                           | VIRTIO | abc
            """)
    void aDiskGetsTheLinkThatItIsNamedBy(String link, String driver, String serial) {
        DiskSpec disk = disk(LAYOUT.formatted("path: /dev/disk/by-id/" + link));

        assertThat(disk.driver().name()).startsWith(driver);
        assertThat(disk.serial()).isEqualTo(serial);
    }

    @Test
    void aLinkThatNoDiskCanHaveIsRefused() {
        String yaml = LAYOUT.formatted("path: /dev/disk/by-id/usb-x");
        for (InstallerChoice installer : List.of(BuiltinChoice.CHOICE, CURTIN)) {
            assertThat(said(installer, yaml))
                    .containsExactly(at(yaml, "path: ") + ": disk 'disk': no disk of a machine gets the path"
                            + " '/dev/disk/by-id/usb-x'; name it by 'serial:' instead; the machine gets a disk that has"
                            + " it");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            6000c29a1b2c3d4e5f60718293a4b5c6         |
            vol-0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9 | has 40 characters, and a disk on scsi-hd shows 36
            """)
    void aSerialIsShownByADriverThatCan(String serial, String problem) {
        String yaml = LAYOUT.formatted("serial: " + serial);

        if (problem == null) {
            assertThat(disk(yaml).driver().name()).startsWith("SCSI");
            assertThat(disk(yaml).serial()).isEqualTo(serial);
        } else {
            assertThat(said(BuiltinChoice.CHOICE, yaml))
                    .singleElement()
                    .asString()
                    .startsWith(at(yaml, "serial"))
                    .contains(problem);
            assertThat(said(CURTIN, yaml)).isEqualTo(said(BuiltinChoice.CHOICE, yaml));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1572864 | 1M | begins at byte 1572864, but partition 'one' at t.yaml:5:56 ends at 2097152; write 'offset: 2M' or more
            512     | 1K | begins at byte 512, among the gpt table's own sectors, which end at byte 17408; write 'offset: 1M' or more
            100G    | 1M | does not fit: with what stands before it, it needs 102402M of disk 'disk', which has 10G
            """)
    void offsetsThatCannotBeAreRefused(String offset, String size, String message) {
        String yaml = """
                vmtest: {disks: [{id: disk, size: 10G}]}
                storage:
                  config:
                  - {id: disk, type: disk, ptable: gpt, serial: s}
                  - {id: one, type: partition, device: disk, size: 1M, offset: 1M, flag: bios_grub}
                  - {id: two, type: partition, device: disk, size: %s, offset: %s}
                  - {id: root, type: partition, device: disk, size: 3G, offset: 10M}
                  - {id: format, type: format, volume: root, fstype: ext4}
                  - {id: mount, type: mount, device: format, path: /}
                  version: 2
                """.formatted(size, offset);

        for (InstallerChoice installer : List.of(BuiltinChoice.CHOICE, CURTIN)) {
            assertThat(said(installer, yaml))
                    .singleElement()
                    .asString()
                    .startsWith(at(yaml, "offset: " + offset) + ": partition 'two' ")
                    .contains(message);
        }
    }

    @Test
    void aCallThatCurtinDoesNotKnowIsRefusedWhereItStands() {
        String yaml = LAYOUT.formatted("serial: s") + "late_commands: {a: curtin wipe --all}\n";

        assertThat(said(BuiltinChoice.CHOICE, yaml))
                .containsExactly(
                        at(yaml, "curtin wipe")
                                + ": late_commands 'a': the built-in installer has no 'curtin wipe'; it knows"
                                + " only 'curtin in-target', 'curtin apt-config' and 'curtin unmount'; use these, a plain command, or --installer curtin");
        assertThat(said(CURTIN, yaml))
                .containsExactly(at(yaml, "curtin wipe")
                        + ": late_commands 'a': the curtin under test has no 'curtin wipe'; it has:"
                        + " block-wipe, in-target");
    }

    @Test
    void aNumberWhereTextIsMeantIsRefused() {
        String yaml =
                LAYOUT.formatted("serial: s") + "write_files: {a: {path: /etc/a, content: x, permissions: 644}}\n";

        for (InstallerChoice installer : List.of(BuiltinChoice.CHOICE, CURTIN)) {
            assertThat(said(installer, yaml))
                    .containsExactly(at(yaml, "644")
                            + ": write_files 'a': YAML 1.1 reads 644 as a number, and 'permissions' is a"
                            + " text; quote it: '644'");
        }
    }

    @Test
    void whatCurtinsHandlerOfEncryptionReadsIsHeeded() {
        String yaml = LAYOUT.formatted("serial: s").replace("  version: 1\n", """
                          - {id: more, type: partition, device: disk, size: 1G}
                          - {id: crypt, type: dm_crypt, volume: more, dm_name: m, key: k, cipher: aes-xts-plain64,
                             keysize: '512', recovery_keyfile: /tmp/second}
                          version: 1
                        """);

        assertThat(said(CURTIN, yaml)).isEmpty();
        assertThat(plan(yaml))
                .contains("make_encrypted device_crypt m \"$device_more\" \"$work/secret\" luks /tmp/second"
                        + " '--cipher=aes-xts-plain64' '--key-size=512'\n");
    }

    @Test
    void anEmptyNameIsNone() {
        String yaml = LAYOUT.formatted("serial: s, name: ''")
                .replace("size: 4G}", "size: 4G, name: ''}")
                .replace("  version: 1\n", """
                          - {id: more, type: partition, device: disk, size: 1G}
                          - {id: crypt, type: dm_crypt, volume: more, dm_name: '', key: k}
                          version: 1
                        """);

        assertThat(said(CURTIN, yaml)).isEmpty();
        assertThat(plan(yaml))
                .contains("\n    make_encrypted device_crypt crypt \"$device_more\" ")
                .doesNotContain("\n    name_disk ", "\n    name_partition ", "name it ''");
    }

    @Test
    void aSwapFileWithoutDirectoryLiesInTheRoot() {
        String yaml = LAYOUT.formatted("serial: s") + "swap: {filename: swap.img, size: 1GB, maxsize: 4GB}\n";

        assertThat(said(CURTIN, yaml)).isEmpty();
        assertThat(plan(yaml)).contains("\n    make_swap_file /swap.img 1024 4294967296\n");
    }

    @Test
    void aPoolWithARootInItIsInstalled() {
        String yaml = """
                storage:
                  config:
                  - {id: disk, type: disk, ptable: gpt, serial: s, grub_device: true}
                  - {id: bios, type: partition, device: disk, size: 1M, flag: bios_grub}
                  - {id: part, type: partition, device: disk, size: 4G}
                  - {id: pool, type: zpool, pool: tank, vdevs: [part], mountpoint: /}
                  - {id: root, type: zfs, pool: pool, volume: ROOT, properties: {mountpoint: /}}
                  version: 1
                """;

        assertThat(said(CURTIN, yaml)).isEmpty();
        assertThat(said(BuiltinChoice.CHOICE, yaml)).isEmpty();
        assertThat(plan(yaml)).contains("\n    make_pool tank \"$device_part\" ", "\n    make_dataset tank/ROOT ");
    }

    @Test
    void anIdThatFatCannotCarryIsSaidForEachInstaller() {
        String yaml = LAYOUT.formatted("serial: s").replace("  version: 1\n", """
                          - {id: more, type: partition, device: disk, size: 512M}
                          - {id: fat, type: format, volume: more, fstype: fat32, uuid: 81111111-2222-4333-8444-555555555501}
                          version: 1
                        """);

        assertThat(said(BuiltinChoice.CHOICE, yaml))
                .containsExactly(at(yaml, "uuid") + ": format 'fat': fat32 can't carry the uuid"
                        + " '81111111-2222-4333-8444-555555555501'; write a volume id such as 1A2B-3C4D");
        assertThat(said(CURTIN, yaml))
                .containsExactly(
                        at(yaml, "uuid") + ": not judged: format fat: uuid: curtin leaves the UUID of fat32 to the tool"
                                + " that makes it");
    }

    @Test
    void anAutoinstallFileIsTakenAsItIs() {
        String yaml = """
                #cloud-config
                autoinstall:
                  version: 1
                  identity: {hostname: box, username: someone, password: "$6$x"}
                  storage:
                    swap: {size: 0}
                    config:
                    - {type: disk, id: disk, match: {size: largest}, ptable: gpt, grub_device: true}
                    - {type: partition, id: efi, device: disk, size: 512M, flag: boot, grub_device: true}
                    - {type: partition, id: half, device: disk, size: 50%}
                    - {type: partition, id: root, device: disk, size: -1}
                    - {type: format, id: efi-format, volume: efi, fstype: fat32}
                    - {type: format, id: root-format, volume: root, fstype: ext4}
                    - {type: mount, id: efi-mount, device: efi-format, path: /boot/efi}
                    - {type: mount, id: root-mount, device: root-format, path: /}
                """;

        assertThat(said(BuiltinChoice.CHOICE, yaml)).isEmpty();
        assertThat(said(CURTIN, yaml)).isEmpty();
        assertThat(plan(yaml))
                .contains("""

                        1 1048576 536870912 type=C12A7328-F81F-11D2-BA4B-00A0C93EC93B
                        2 537919488 10736369664 type=0FC63DAF-8483-4772-8E79-3D69D8477DE4
                        3 11274289152 10199498752 type=0FC63DAF-8483-4772-8E79-3D69D8477DE4
                        """)
                .contains("\n    install_grub_uefi yes\n")
                .doesNotContain("\n    make_swap_file ");
    }
}
