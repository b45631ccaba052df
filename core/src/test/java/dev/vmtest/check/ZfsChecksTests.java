package dev.vmtest.check;

import static dev.vmtest.check.Mutation.mutation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.vmtest.facts.Facts;
import dev.vmtest.facts.ZfsDataset;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Hold the checks of pools and file systems of ZFS, each failing on a system that is wrong. */
class ZfsChecksTests {

    private static final PartOfSystem PART = new PartOfSystem("zfs.yaml", FakeSystem.TARGET);
    private static final String POOLS = "facts/zfs/pools";
    private static final String POOL_PROPERTIES = "facts/zfs/pool-properties";
    private static final String DATASETS = "facts/zfs/datasets";
    private static final String MOUNTS = "facts/mountinfo";

    @TempDir
    Path directory;

    @Test
    void everyCheckPassesOnTheSystemThatWasAskedFor() {
        assertThat(PART.notPassed(FakeSystem.zfs(directory))).isEmpty();
    }

    @Test
    void noCheckOfThePoolPassesOnNothing() {
        Facts facts = Facts.read(directory.resolve("absent"));

        assertThat(PART.checks().stream().filter(check -> check.name().startsWith("z")))
                .hasSizeGreaterThan(15)
                .allSatisfy(check -> assertThat(check.hold(facts).verdict()).isEqualTo(CheckVerdict.FAILED));
    }

    @Test
    void everyCheckOfZfsIsCaughtFailingByTheTable() {
        Set<String> proven = mutations()
                .flatMap(mutation -> mutation.caughtBy().stream())
                .map(ZfsChecksTests::kind)
                .collect(Collectors.toSet());

        assertThat(PART.checks().stream().map(Check::name).filter(name -> name.startsWith("z")))
                .allSatisfy(name -> assertThat(proven).contains(kind(name)));
    }

    private static String kind(String name) {
        return name.replaceAll("^([a-z]+) [^:]+", "$1");
    }

    @ParameterizedTest
    @MethodSource("mutations")
    void everyMutationFailsExactlyItsChecks(Mutation mutation) {
        FakeSystem system = FakeSystem.zfs(directory);
        mutation.change().accept(system);

        assertThat(PART.failures(system)).containsExactlyInAnyOrderElementsOf(mutation.caughtBy());
    }

    static Stream<Mutation> mutations() {
        return Stream.concat(pools(), fileSystems());
    }

    private static Stream<Mutation> pools() {
        return Stream.of(
                mutation(
                        "degraded",
                        system -> system.replaceInLine(POOLS, "1.00x", "ONLINE", "DEGRADED"),
                        "zpool pool: online"),
                mutation(
                        "a device that is gone",
                        system -> system.replaceInLine(POOLS, "/dev/", "ONLINE", "UNAVAIL"),
                        "zpool pool: devices"),
                mutation(
                        "on another partition",
                        system -> system.replace(POOLS, "/dev/vda1", "/dev/vda2"),
                        "zpool pool: devices"),
                mutation(
                        "on one device more",
                        system -> system.append(POOLS, "\t/dev/vdb\t1G\t1M\t1G\t-\t-\t0%\t0.0%\t-\tONLINE\n"),
                        "zpool pool: devices"),
                mutation(
                        "mirrored",
                        system -> system.replace(POOLS, "\t/dev/vda1", "\tmirror-0\t-\t-\tONLINE\n\t/dev/vda1"),
                        "zpool pool: devices"),
                mutation(
                        "not in the cache", system -> system.write("facts/zfs/cached", ""), "zpool pool: in the cache"),
                mutation(
                        "made for small sectors",
                        system -> system.replace(POOL_PROPERTIES, "ashift\t12", "ashift\t9"),
                        "zpool pool: ashift"),
                mutation(
                        "with all features",
                        system -> system.replace(POOL_PROPERTIES, "version\t28", "version\t-"),
                        "zpool pool: version"));
    }

    private static Stream<Mutation> fileSystems() {
        return Stream.of(
                property("rpool", "atime", "off", "on", "zpool pool: atime"),
                property("rpool", "canmount", "off", "on", "zpool pool: canmount"),
                property("rpool", "normalization", "formD", "none", "zpool pool: normalization"),
                property("rpool", "mountpoint", "/", "/rpool", "zpool pool: mountpoint"),
                property("rpool", "mounted", "no", "yes", "zpool pool: mounted"),
                property("rpool/ROOT", "canmount", "off", "on", "zfs container: canmount"),
                property("rpool/ROOT", "mountpoint", "none", "legacy", "zfs container: mountpoint"),
                property("rpool/ROOT", "mounted", "no", "yes", "zfs container: mounted"),
                property("rpool/home", "setuid", "off", "on", "zfs homes: setuid"),
                mutation(
                        "gone",
                        system -> system.removeLines(DATASETS, "rpool/home/root\t"),
                        "zfs home_of_root: present",
                        "zfs home_of_root: mountpoint",
                        "zfs home_of_root: mounted"),
                mutation(
                        "mounted elsewhere",
                        system -> system.replace(MOUNTS, " /root rw", " /home/root rw"),
                        "zfs home_of_root: mounted"),
                mutation(
                        "another one at its place",
                        system -> system.replace(MOUNTS, "rpool/home/root", "rpool/other"),
                        "zfs home_of_root: mounted"),
                mutation(
                        "something else at its place",
                        system -> system.replace(MOUNTS, "zfs rpool/home ", "ext4 /dev/vda3 "),
                        "zfs homes: mounted"),
                mutation(
                        "another root",
                        system -> system.replace(MOUNTS, "rpool/ROOT/zfsroot", "rpool/ROOT/other"),
                        "zfs root: mounted"),
                mutation(
                        "the kernel was told another root",
                        system -> system.replace("proc_cmdline", "rpool/ROOT/zfsroot ", "rpool/ROOT/other "),
                        "boot: kernel root"),
                mutation(
                        "fstab has a root",
                        system -> system.append("fstab", "rpool/ROOT/zfsroot / zfs defaults 0 0\n"),
                        "fstab: no other entry"));
    }

    private static Mutation property(String dataset, String name, String right, String wrong, String caughtBy) {
        String start = dataset + "\t" + name + "\t";
        return mutation(
                dataset + ": " + name + " is " + wrong,
                system -> system.replace(DATASETS, "\n" + start + right + "\t", "\n" + start + wrong + "\t"),
                caughtBy);
    }

    @Test
    void readsPoolsAndWhatIsInThem() {
        Facts facts = FakeSystem.zfs(directory).facts();

        assertThat(facts.stacks().pools())
                .extracting(pool -> pool.name(), pool -> pool.health(), pool -> pool.groups(), pool -> pool.cached())
                .containsExactly(tuple("rpool", "ONLINE", List.of(), true));
        assertThat(facts.stacks().datasets())
                .extracting(ZfsDataset::name)
                .containsExactly("rpool", "rpool/ROOT", "rpool/ROOT/zfsroot", "rpool/home", "rpool/home/root");
    }

    @Test
    void aSystemWithoutZfsHasNoPools() {
        FakeSystem system =
                FakeSystem.zfs(directory).write(POOLS, "").delete(DATASETS).delete(POOL_PROPERTIES);

        assertThat(system.facts().stacks().pools()).isEmpty();
        assertThat(system.facts().stacks().datasets()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'zfs homes: quota'       | quota: 1G         | quota\t1073741824 | quota\t1073741825",
                "'zfs homes: quota'       | quota: none       | quota\t0          | quota\t1",
                "'zfs homes: compression' | compression: true | compression\tlz4  | compression\toff",
                "'zfs homes: copies'      | copies: 2         | copies\t2         | copies\t1",
            })
    void comparesWhatIsMeant(String check, String asked, String right, String wrong) {
        String yaml = FakeSystem.layout("zfs.yaml").replace("setuid: \"off\"", "setuid: \"off\"\n        " + asked);
        FakeSystem system = FakeSystem.zfs(directory);
        String quiet = right.substring(0, right.indexOf('\t'));
        system.append(DATASETS, "rpool/home\t" + quiet + right.substring(right.indexOf('\t')) + "\tlocal\n");

        assertThat(system.failures(FakeSystem.config(yaml), FakeSystem.TARGET)).doesNotContain(check);

        system.append(DATASETS, "rpool/home\t" + wrong + "\tlocal\n");
        assertThat(system.failures(FakeSystem.config(yaml), FakeSystem.TARGET)).contains(check);
    }

    @Test
    void aPoolWithoutFeaturesHasOnlyThoseThatAreAskedFor() {
        String yaml = FakeSystem.layout("zfs.yaml")
                .replace(
                        "vdevs: [member]",
                        "vdevs: [member]\n      default_features: false\n" + "      pool_properties: {version: null}");
        FakeSystem system = FakeSystem.zfs(directory);

        assertThat(system.failures(FakeSystem.config(yaml), FakeSystem.TARGET))
                .doesNotContain("zpool pool: no other features");

        system.replace(POOL_PROPERTIES, "feature@lz4_compress\tdisabled", "feature@lz4_compress\tactive");
        assertThat(system.failures(FakeSystem.config(yaml), FakeSystem.TARGET))
                .contains("zpool pool: no other features");
        String asked = yaml.replace("{version: null}", "{version: null, feature@lz4_compress: enabled}");
        assertThat(system.failures(FakeSystem.config(asked), FakeSystem.TARGET))
                .doesNotContain("zpool pool: no other features", "zpool pool: feature@lz4_compress");
    }

    @Test
    void aPoolThatIsToBeEncryptedIs() {
        String yaml = FakeSystem.layout("zfs.yaml")
                .replace(
                        "vdevs: [member]",
                        "vdevs: [member]\n      encryption_style: luks_keystore\n      keyfile: /key");
        FakeSystem system = FakeSystem.zfs(directory);

        assertThat(system.failures(FakeSystem.config(yaml), FakeSystem.TARGET)).contains("zpool pool: encrypted");

        system.replaceInLine(DATASETS, "rpool\tencryption", "off", "aes-256-gcm");
        assertThat(system.failures(FakeSystem.config(yaml), FakeSystem.TARGET)).doesNotContain("zpool pool: encrypted");
    }

    @Test
    void oneWordMeansThePoolThatCurtinMakes() {
        String yaml = """
                storage:
                  version: 1
                  config:
                    - {id: disk, type: disk, ptable: gpt, serial: zfsroot-disk, wipe: superblock, grub_device: true}
                    - {id: member, type: partition, device: disk, number: 1, size: 9GB}
                    - {id: bios_grub, type: partition, device: disk, number: 2, size: 1MB, flag: bios_grub}
                    - {id: root, type: format, fstype: zfsroot, volume: member, label: cloudimg-rootfs}
                    - {id: root_mount, type: mount, device: root, path: /}
                """;
        List<CheckResult> results = FakeSystem.zfs(directory).results(FakeSystem.config(yaml), FakeSystem.TARGET);

        assertThat(results.stream()
                        .filter(result -> result.name().contains("zfsroot"))
                        .map(result -> result.name() + " " + result.verdict())
                        .toList())
                .contains(
                        "zfs root_zfsroot_fs: mounted PASSED",
                        "zpool root_zfsroot_pool: devices PASSED",
                        "zpool root_zfsroot_pool: label NOT_JUDGED")
                .noneMatch(text -> text.endsWith("FAILED"));
    }
}
