package dev.vmtest.check;

import static dev.vmtest.check.Mutation.mutation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.vmtest.facts.BootMode;
import dev.vmtest.facts.CollectScript;
import dev.vmtest.facts.Distribution;
import dev.vmtest.facts.Facts;
import dev.vmtest.installconfig.Promises;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DerivedChecksTests {

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
        return Stream.concat(DeviceMutations.all(), SystemMutations.all());
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
    void aSwapFileThatTheInstallerChoosesKeepsWithinTheLargestSize() {
        var config = FakeSystem.config(FakeSystem.layout().replace("img, size: 64M}", "img, maxsize: 64M}"));
        var tighter = FakeSystem.config(FakeSystem.layout().replace("img, size: 64M}", "img, maxsize: 32M}"));
        FakeSystem system = FakeSystem.in(directory)
                .write("facts/meminfo", "MemTotal:        2014256 kB\n")
                .write("facts/df", "/dev/vda2 30000000 1000000 20000000 4% /\n");

        assertThat(system.failures(config, FakeSystem.TARGET)).doesNotContain("swap file: chosen");
        assertThat(system.failures(tighter, FakeSystem.TARGET)).contains("swap file: chosen");

        // Such a small one helps nobody, so that there may be none.
        system.removeLines("proc-swaps", "/swap.img").removeLines("fstab", "/swap.img");
        assertThat(system.failures(config, FakeSystem.TARGET)).doesNotContain("swap file: chosen");
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
                        "    - {id: dasda, type: dasd, device_id: 0.0.1520}\n    - {id: root, type");

        Set<String> failures = FakeSystem.in(directory).failures(FakeSystem.config(yaml), FakeSystem.TARGET);

        assertThat(failures).contains("Dasd dasda");
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

    @Test
    void judgesTheBootLoaderOnlyOfDisksThatAreKnownToGetIt() {
        String unmarked = FakeSystem.layout().replace(", grub_device: true", "");

        assertThat(loaders(FakeSystem.layout() + "grub: {install_devices: [/dev/sdz]}\n"))
                .isEqualTo(loaders(FakeSystem.layout()))
                .isNotEmpty();
        assertThat(loaders(unmarked)).isNotEmpty();
        assertThat(loaders(unmarked + "grub: {install_devices: [/dev/sdz]}\n")).isEmpty();
        assertThat(loaders(unmarked + "grub: {install_devices: []}\n"))
                .isNotEmpty()
                .allMatch(name -> name.endsWith("no bootloader"));
    }

    private static List<String> loaders(String yaml) {
        return DerivedChecks.derive(FakeSystem.config(yaml), FakeSystem.TARGET).stream()
                .map(Check::name)
                .filter(name -> name.endsWith("bootloader"))
                .toList();
    }

    @Test
    void aSwapFileThatIsSwitchedOffMustNotBeThere() {
        var config = FakeSystem.config(
                FakeSystem.layout().replace("swap: {filename: /swap.img, size: 64M}\n", "swap: null\n"));

        assertThat(FakeSystem.in(directory).failures(config, FakeSystem.TARGET)).contains("swap file: absent");
    }

    @Test
    void saysWhatTheInstallerDoesNotPromise() {
        Promises promises = new Promises("curtin", Set.of("fat32"), false, false, true);
        Target target = new Target(BootMode.BIOS, Distribution.DEBIAN, Map.of(), Map.of(), promises);
        String yaml = """
                storage:
                  version: 1
                  config:
                  - {id: d, type: disk, serial: a, ptable: gpt}
                  - {id: p, type: partition, device: d, size: 1G, name: mine}
                  - {id: q, type: partition, device: d, size: 1G}
                  - {id: f, type: format, volume: p, fstype: fat32, uuid: 11111111-2222-4333-8444-555555555555}
                  - {id: g, type: format, volume: q, fstype: ext4, uuid: 11111111-2222-4333-8444-555555555556}
                  - {id: e, type: disk, serial: b}
                  - {id: vg, type: lvm_volgroup, name: vg, devices: [e], uuid: 11111111-2222-4333-8444-555555555557}
                """;
        Facts facts = FakeSystem.in(directory).facts();

        assertThat(Check.holdAll(DerivedChecks.derive(FakeSystem.config(yaml), target), facts).stream()
                        .filter(result -> result.verdict() == CheckVerdict.NOT_JUDGED))
                .extracting(CheckResult::name, CheckResult::message)
                .containsExactly(
                        tuple(
                                "partition p: dname",
                                "not judged: curtin names a partition only on a device that has a name"),
                        tuple(
                                "format f: uuid",
                                "not judged: curtin leaves the UUID of fat32 to the tool that makes it"),
                        tuple("lvm_volgroup vg: uuid", "not judged: curtin leaves the id of a volume group to LVM"));
        assertThat(DerivedChecks.derive(FakeSystem.config(yaml), FakeSystem.TARGET).stream()
                        .map(check -> check.hold(facts))
                        .filter(result ->
                                result.name().matches("partition p: dname|format f: uuid|lvm_volgroup vg: uuid")))
                .hasSize(3)
                .allSatisfy(result -> assertThat(result.verdict()).isEqualTo(CheckVerdict.FAILED));
    }
}
