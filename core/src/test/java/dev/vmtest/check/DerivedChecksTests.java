package dev.vmtest.check;

import static dev.vmtest.check.Mutation.mutation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.facts.BootMode;
import dev.vmtest.facts.CollectScript;
import dev.vmtest.facts.Distribution;
import dev.vmtest.facts.Facts;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DerivedChecksTests {

    private static final String SDA = "facts/sfdisk/sda.json";
    private static final String VDA = "facts/sfdisk/vda.json";
    private static final String VDC = "facts/sfdisk/vdc.json";
    private static final String PROBE = "facts/blkid-probe";
    private static final String LINKS = "facts/links";
    private static final String MOUNTS = "facts/mountinfo";
    private static final String FAT_UUID = "7E96-4DE6";
    private static final String HOME_UUID = "5a4abaa8-ea38-4be3-9fe2-3e4bc0216f85";
    private static final String SWAP_UUID = "3c0b34b9-3eea-4461-a26a-a8311fda56df";
    private static final String SRV_UUID = "953ef741-6b51-4c11-a66e-8363effdd40d";

    @TempDir
    Path directory;

    @Test
    void everyCheckPassesOnTheSystemThatWasAskedFor() {
        assertThat(FakeSystem.in(directory).failures()).isEmpty();
    }

    @Test
    void everyElementOfTheLayoutHasACheckWithItsPlace() {
        List<Check> checks = DerivedChecks.derive(FakeSystem.config(FakeSystem.layout()), FakeSystem.TARGET);

        Set<String> elements = checks.stream()
                .map(check -> check.name().split(":", 2)[0])
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> expected = new TreeSet<>();
        FakeSystem.config(FakeSystem.layout())
                .effectiveStorage(false)
                .actions()
                .forEach(action ->
                        expected.add(action.getClass().getSimpleName().toLowerCase(Locale.ROOT) + " " + action.id()));
        assertThat(elements).containsAll(expected);
        assertThat(checks).allSatisfy(check -> assertThat(check.source()).matches("layout\\.yaml:\\d+:\\d+"));
        assertThat(checks.stream().map(Check::name)).doesNotHaveDuplicates();
    }

    @Test
    void noCheckPassesOnNothing() {
        Facts facts = Facts.read(directory.resolve("absent"));

        assertThat(DerivedChecks.derive(FakeSystem.config(FakeSystem.layout()), FakeSystem.TARGET))
                .isNotEmpty()
                .allSatisfy(check -> {
                    CheckResult result = check.hold(facts);
                    assertThat(result.verdict()).isEqualTo(CheckVerdict.FAILED);
                    assertThat(result.message()).containsAnyOf("was not collected", "does not exist");
                });
    }

    @Test
    void everyCheckIsCaughtFailingByTheTable() {
        Set<String> proven = new HashSet<>();
        mutations().forEach(mutation -> proven.addAll(mutation.caughtBy()));
        Set<String> kinds = DerivedChecks.derive(FakeSystem.config(FakeSystem.layout()), FakeSystem.TARGET).stream()
                .map(check -> kind(check.name()))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(proven.stream().map(DerivedChecksTests::kind)).containsAll(kinds);
    }

    /** Return a check's name without the id of its element. */
    private static String kind(String name) {
        return name.replaceAll("^(disk|partition|format|mount|write_files) [^:]+", "$1")
                .replaceAll("dname .*-part\\d+", "dname part");
    }

    @ParameterizedTest
    @MethodSource("mutations")
    void everyMutationFailsExactlyItsChecks(Mutation mutation) {
        FakeSystem system = FakeSystem.in(directory);
        mutation.change().accept(system);

        assertThat(system.failures()).containsExactlyInAnyOrderElementsOf(mutation.caughtBy());
    }

    static Stream<Mutation> mutations() {
        return Stream.of(partitions(), fileSystems(), mounts(), names(), boot(), files(), unreadable())
                .flatMap(stream -> stream);
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

    private static Stream<Mutation> names() {
        return Stream.of(
                mutation(
                        "dname leads to another partition",
                        system -> system.replace(
                                LINKS, "by-dname/main_disk-part2\t../../vda2", "by-dname/main_disk-part2\t../../vda4"),
                        "partition a2: dname main_disk-part2"),
                mutation(
                        "dname leads to another disk",
                        system ->
                                system.replace(LINKS, "by-dname/odd-name-\t../../vdc", "by-dname/odd-name-\t../../vda"),
                        "disk disk-d: dname"),
                mutation(
                        "dname missing",
                        system -> system.removeLines(LINKS, "by-dname/wwn-disk-part5"),
                        "partition b5: dname wwn-disk-part5"),
                mutation(
                        "rule names another serial",
                        system -> system.replace("udev_rules.d/main_disk.rules", "\"disk-a\"", "\"disk-d\""),
                        "disk disk-a: dname rule"),
                mutation(
                        "rule missing",
                        system -> system.delete("udev_rules.d/odd-name-.rules"),
                        "disk disk-d: dname rule"));
    }

    private static Stream<Mutation> boot() {
        return Stream.of(
                mutation(
                        "bootloader on the wrong disk",
                        system -> system.exchange("facts/boot/vda.first", "facts/boot/vdc.first"),
                        "disk disk-a: bootloader",
                        "disk disk-d: no bootloader"),
                mutation(
                        "core of the bootloader overwritten",
                        system -> system.write("facts/boot/vda.core", new byte[512]),
                        "disk disk-a: bootloader"),
                mutation("booted by UEFI", system -> system.write("facts/boot-mode", "uefi\n"), "boot: firmware"),
                mutation(
                        "kernel root by kernel name",
                        system -> system.replace(
                                "proc_cmdline", "UUID=11111111-2222-4333-8444-555555555555", "/dev/vda2"),
                        "boot: kernel root"),
                mutation(
                        "kernel root elsewhere",
                        system -> system.replace("proc_cmdline", "11111111-2222-4333-8444-555555555555", SRV_UUID),
                        "boot: kernel root"));
    }

    private static Stream<Mutation> files() {
        return Stream.of(
                mutation(
                        "swap file off",
                        system -> system.removeLines("proc-swaps", "/swap.img"),
                        "swap file: active",
                        "swap file: size"),
                mutation(
                        "swap file too small",
                        system -> system.replace("proc-swaps", "65532", "64508"),
                        "swap file: size"),
                mutation(
                        "swap file not in fstab",
                        system -> system.removeLines("fstab", "/swap.img"),
                        "swap file: fstab line"),
                mutation(
                        "file of another content",
                        system -> system.write("expected-files/0", "hallo\n"),
                        "write_files motd: content"),
                mutation(
                        "file of another mode and owner",
                        system -> system.write("expected-files/listing", "0\t644\tdaemon:root\t6\n"),
                        "write_files motd: permissions",
                        "write_files motd: owner"),
                mutation(
                        "file missing",
                        system -> system.write("expected-files/listing", ""),
                        "write_files motd: content",
                        "write_files motd: permissions",
                        "write_files motd: owner"),
                mutation(
                        "another configuration saved",
                        system -> system.replace("root/curtin-install-cfg.yaml", "size: 512M", "size: 513M"),
                        "saved install config"),
                mutation("log missing", system -> system.delete("root/curtin-install.log"), "saved install log"));
    }

    private static Stream<Mutation> unreadable() {
        return Stream.of(
                mutation(
                        "garbage instead of JSON",
                        system -> system.write(VDC, "{\"partitiontable\": [[["),
                        "disk disk-d: partition table",
                        "disk disk-d: partitions",
                        "partition d1: number",
                        "partition d1: size",
                        "partition d1: type",
                        "partition d1: dname odd-name--part1",
                        "partition d2: number",
                        "partition d2: size",
                        "partition d2: type",
                        "partition d2: wiped",
                        "partition d2: zeros",
                        "partition d2: dname odd-name--part2",
                        "format plain: type",
                        "format plain: features",
                        "mount plain-mount: fstab spec",
                        "mount plain-mount: mounted"),
                mutation(
                        "swaps not collected",
                        system -> system.delete("proc-swaps"),
                        "mount swap-mount: swap active",
                        "swap file: active",
                        "swap file: size"),
                mutation("boot mode not collected", system -> system.delete("facts/boot-mode"), "boot: firmware"),
                mutation(
                        "boot sector not collected",
                        system -> system.delete("facts/boot/vda.first"),
                        "disk disk-a: bootloader"));
    }

    @Test
    void whatWasRandomizedMustNotCompress() {
        var config =
                FakeSystem.config(FakeSystem.layout().replace("flag: prep, wipe: zero", "flag: prep, wipe: random"));
        FakeSystem system = FakeSystem.in(directory).write("randomized", "vdc2 8388608 8391173\n");

        assertThat(system.failures(config, FakeSystem.TARGET)).doesNotContain("partition d2: random");
        system.write("randomized", "vdc2 8388608 8157\n");
        assertThat(system.failures(config, FakeSystem.TARGET)).contains("partition d2: random");
        system.write("randomized", "vda2 8388608 8391173\n");
        assertThat(system.failures(config, FakeSystem.TARGET)).contains("partition d2: random");
    }

    @Test
    void aSwapFileThatTheInstallerChoosesMustBeWholeOrRightlyMissing() {
        var config = FakeSystem.config(FakeSystem.layout().replace("swap: {filename: /swap.img, size: 64M}\n", ""));
        FakeSystem system = FakeSystem.in(directory)
                .write("facts/meminfo", "MemTotal:        2014256 kB\n")
                .write("facts/df", "/dev/vda2 3000000 1000000 2000000 34% /\n");

        assertThat(system.failures(config, FakeSystem.TARGET)).doesNotContain("swap file: chosen");

        system.removeLines("proc-swaps", "/swap.img");
        assertThat(system.failures(config, FakeSystem.TARGET)).contains("swap file: chosen");

        system.removeLines("fstab", "/swap.img");
        assertThat(system.failures(config, FakeSystem.TARGET)).doesNotContain("swap file: chosen");

        system.write("facts/df", "/dev/vda2 30000000 1000000 20000000 4% /\n");
        assertThat(system.failures(config, FakeSystem.TARGET)).contains("swap file: chosen");
    }

    @Test
    void whatTheDefaultScriptsDoNotCollectHasScriptsOfItsOwn() {
        var scripts = DerivedChecks.extraCollectScripts(FakeSystem.config(FakeSystem.layout()), FakeSystem.TARGET);

        assertThat(scripts).extracting(CollectScript::name).containsExactly("expected-files", "zeroed-partitions");
        assertThat(scripts.get(0).text()).contains("'/etc/motd'");
        assertThat(scripts.get(1).text()).contains("zeroed 'disk-d' 2 8388608\n");
    }

    @Test
    void aKeptPartitionKeepsItsTypeWhereNoneIsNamed() {
        String kept = FakeSystem.layout()
                .replace("ptable: gpt, wipe: superblock, name: 'odd name!'}", "ptable: gpt, preserve: true}")
                .replace(
                        "{id: d1, type: partition, device: disk-d, size: 64M}",
                        "{id: d1, type: partition, device: disk-d, size: 64M, preserve: true}");

        assertThat(DerivedChecks.derive(FakeSystem.config(kept), FakeSystem.TARGET))
                .extracting(Check::name)
                .contains("partition d1: size", "partition d2: type")
                .doesNotContain("partition d1: type");
    }

    @Test
    void whatHasNoCheckYetFails() {
        String yaml = FakeSystem.layout()
                .replace(
                        "    - {id: root, type",
                        "    - {id: pool, type: zpool, pool: tank, vdevs: [d2]}\n    - {id: root, type");

        Set<String> failures = FakeSystem.in(directory).failures(FakeSystem.config(yaml), FakeSystem.TARGET);

        assertThat(failures).contains("Zpool pool");
    }

    @Test
    void aUefiSystemNeedsALoaderOnItsEsp() {
        Target uefi = new Target(BootMode.UEFI, Distribution.DEBIAN);
        FakeSystem system = FakeSystem.in(directory)
                .write("facts/boot-mode", "uefi\n")
                .write("facts/esp-files", "1000\tEFI/debian/grubx64.efi\n");
        var config = FakeSystem.config(FakeSystem.layout());

        assertThat(system.failures(config, uefi)).doesNotContain("boot: loader on the ESP", "boot: firmware");

        system.write("facts/esp-files", "0\tEFI/debian/grubx64.efi\n10\tEFI/debian/grub.cfg\n");
        assertThat(system.failures(config, uefi)).contains("boot: loader on the ESP");

        system.delete("facts/esp-files");
        assertThat(system.failures(config, uefi)).contains("boot: loader on the ESP");
    }
}
