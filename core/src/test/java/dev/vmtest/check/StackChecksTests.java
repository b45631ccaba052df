package dev.vmtest.check;

import static dev.vmtest.check.Mutation.mutation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.vmtest.facts.Facts;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Hold the checks of devices that stand on other devices, each failing on a system that is wrong. */
class StackChecksTests {

    /** What the disk table and the mounts have is proven by {@link DerivedChecksTests}. */
    private static final Set<String> STACKED = Set.of("raid", "lvm_volgroup", "lvm_partition", "dm_crypt", "bcache");

    private static final PartOfSystem PART = new PartOfSystem("stacks.yaml", FakeSystem.TARGET);

    @TempDir
    Path directory;

    @Test
    void everyCheckPassesOnTheSystemThatWasAskedFor() {
        assertThat(PART.notPassed(FakeSystem.stacks(directory))).isEmpty();
    }

    @Test
    void noCheckPassesOnNothing() {
        Facts facts = Facts.read(directory.resolve("absent"));

        assertThat(PART.checks())
                .isNotEmpty()
                .allSatisfy(check -> assertThat(check.hold(facts).verdict()).isEqualTo(CheckVerdict.FAILED));
    }

    @Test
    void everyCheckOfAStackIsCaughtFailingByTheTable() {
        Set<String> proven = new HashSet<>();
        mutations().forEach(mutation -> proven.addAll(mutation.caughtBy()));
        Set<String> kinds = PART.checks().stream()
                .map(Check::name)
                .filter(name -> STACKED.contains(name.split(" ", 2)[0]))
                .map(StackChecksTests::kind)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(kinds).isNotEmpty();
        assertThat(proven.stream().map(StackChecksTests::kind)).containsAll(kinds);
    }

    private static String kind(String name) {
        return name.replaceAll("^([a-z_]+) [^:]+", "$1");
    }

    @ParameterizedTest
    @MethodSource("mutations")
    void everyMutationFailsExactlyItsChecks(Mutation mutation) {
        FakeSystem system = FakeSystem.stacks(directory);
        mutation.change().accept(system);

        assertThat(PART.failures(system)).containsExactlyInAnyOrderElementsOf(mutation.caughtBy());
    }

    static Stream<Mutation> mutations() {
        return StackMutations.all();
    }

    @Test
    void anArrayIsFoundByItsMembersWhateverItsNameIsNow() {
        FakeSystem system = FakeSystem.stacks(directory);

        assertThat(system.facts().stacks().arrays())
                .extracting(array -> array.device(), array -> array.members(), array -> array.spares())
                .contains(tuple("md127", Set.of("vdb", "vdc"), Set.of("vdd")));
    }

    @Test
    void aDiskWhosePathNamesAnArrayIsThatArray() {
        String yaml = FakeSystem.layout("stacks.yaml")
                .replace(
                        "    - {id: stripe1, type: partition, device: stripe,",
                        "    - {id: again, type: disk, path: /dev/md1, ptable: gpt}\n"
                                + "    - {id: stripe1, type: partition, device: again,")
                .replace(
                        "id: stripe2, type: partition, device: stripe,",
                        "id: stripe2, type: partition, device: again,");

        List<CheckResult> results = Check.holdAll(
                DerivedChecks.derive(FakeSystem.config(yaml), FakeSystem.TARGET),
                FakeSystem.stacks(directory).facts());

        assertThat(results)
                .filteredOn(result ->
                        result.name().startsWith("disk again:") || result.name().startsWith("partition stripe1:"))
                .hasSizeGreaterThan(4)
                .allMatch(CheckResult::passed);
    }

    /** The kernel counts bcache devices; a name that the configuration gives one is a link only. */
    @Test
    void aDiskWhosePathCountsABcacheDeviceIsThatDevice() {
        String yaml = FakeSystem.layout("stacks.yaml")
                .replace(
                        "    - {id: mdfs, type: format,",
                        "    - {id: again, type: disk, path: /dev/bcache0}\n    - {id: mdfs, type: format,")
                .replace("volume: cached, fstype", "volume: again, fstype");

        List<CheckResult> results = Check.holdAll(
                DerivedChecks.derive(FakeSystem.config(yaml), FakeSystem.TARGET),
                FakeSystem.stacks(directory).facts());

        assertThat(results)
                .filteredOn(result ->
                        result.name().contains("again") || result.name().contains("bfs"))
                .hasSizeGreaterThan(4)
                .allMatch(CheckResult::passed);
    }

    @Test
    void aKeyOfTheConfigurationIsNotInCrypttab() {
        String yaml = FakeSystem.layout("stacks.yaml").replace("keyfile: /etc/keys/c1", "key: sesame");
        FakeSystem system = FakeSystem.stacks(directory);

        assertThat(system.failures(FakeSystem.config(yaml), FakeSystem.TARGET))
                .contains("dm_crypt secret: crypttab key");

        system.replace("crypttab", "/etc/keys/c1", "none");
        assertThat(system.failures(FakeSystem.config(yaml), FakeSystem.TARGET))
                .doesNotContain("dm_crypt secret: crypttab key");
    }

    @Test
    void aContainerCannotBeProvenAndSaysSo() {
        String yaml = FakeSystem.layout("stacks.yaml")
                .replace(
                        "raidlevel: 1, devices: [r1, r2], spare_devices: [r3], mdname: mddata",
                        "raidlevel: container, devices: [r1, r2], metadata: imsm");

        List<CheckResult> results = Check.holdAll(
                DerivedChecks.derive(FakeSystem.config(yaml), FakeSystem.TARGET),
                FakeSystem.stacks(directory).facts());

        assertThat(results)
                .filteredOn(result -> result.name().equals("raid mirror"))
                .singleElement()
                .satisfies(result -> assertThat(result.message()).contains("no check for arrays with a container"));
    }

    @Test
    void holdsAHeaderAgainstTheCipherTheSizeAndTheSecondKey() {
        FakeSystem system = FakeSystem.stacks(directory);
        String asked = FakeSystem.layout("stacks.yaml")
                .replace(
                        "dm_name: secret,",
                        "dm_name: secret, cipher: aes-xts-plain64, keysize: '512', recovery_keyfile: /r,");
        Set<String> kinds =
                Set.of("dm_crypt secret: LUKS cipher", "dm_crypt secret: key size", "dm_crypt secret: recovery key");

        system.replace("facts/luks/vdh", "  0: luks2", "  0: luks2\n  1: luks2");
        assertThat(system.failures(FakeSystem.config(asked), FakeSystem.TARGET)).doesNotContainAnyElementsOf(kinds);

        system.replace("facts/luks/vdh", "\tcipher: aes-xts-plain64", "\tcipher: aes-cbc-plain");
        system.replace("facts/luks/vdh", "512 bits", "256 bits");
        system.replace("facts/luks/vdh", "  1: luks2", "  1: other");
        assertThat(system.failures(FakeSystem.config(asked), FakeSystem.TARGET)).containsAll(kinds);
    }
}
