package dev.vmtest.check;

import static dev.vmtest.check.Mutation.mutation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.facts.BootMode;
import dev.vmtest.facts.Distribution;
import dev.vmtest.facts.Facts;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Hold the checks of how disks are reached, and of resized partitions, each failing on a system that is wrong. */
class PathChecksTests {

    private static final Target TARGET = new Target(BootMode.BIOS, Distribution.DEBIAN, Map.of(), Map.of("near", 2));
    private static final String NODES = "facts/iscsi-nodes";
    private static final String SECOND_PATH = """
            "maj:min": "8:16",
               "type": "disk",
               "size": 6442450944,
               "log-sec": 512,
               "phy-sec": 512,
               "serial": "m1"\
            """;
    private static final String SESSION = "facts/iscsi/session1";

    private static final PartOfSystem PART = new PartOfSystem("paths.yaml", TARGET);

    @TempDir
    Path directory;

    @Test
    void everyCheckPassesOnTheSystemThatWasAskedFor() {
        assertThat(PART.notPassed(FakeSystem.paths(directory))).isEmpty();
    }

    @Test
    void noCheckPassesOnNothing() {
        Facts facts = Facts.read(directory.resolve("absent"));

        assertThat(PART.checks())
                .isNotEmpty()
                .allSatisfy(check -> assertThat(check.hold(facts).verdict()).isEqualTo(CheckVerdict.FAILED));
    }

    @Test
    void everyCheckOfAPathIsCaughtFailingByTheTable() {
        Set<String> proven = mutations()
                .flatMap(mutation -> mutation.caughtBy().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(PART.checks())
                .extracting(Check::name)
                .filteredOn(name -> name.contains("iSCSI")
                        || name.matches("disk near: (paths|WWID|no single path used|dname.*)")
                        || name.equals("format keptfs: size"))
                .hasSize(10)
                .allSatisfy(name -> assertThat(proven).contains(name));
    }

    @ParameterizedTest
    @MethodSource("mutations")
    void everyMutationFailsExactlyItsChecks(Mutation mutation) {
        FakeSystem system = FakeSystem.paths(directory);
        mutation.change().accept(system);

        assertThat(PART.failures(system)).containsExactlyInAnyOrderElementsOf(mutation.caughtBy());
    }

    static Stream<Mutation> mutations() {
        return Stream.of(paths(), targets(), sizes()).flatMap(stream -> stream);
    }

    private static Stream<Mutation> paths() {
        return Stream.of(
                mutation(
                        "one path is left out of the map",
                        system -> system.replace("facts/lsblk.json", "\"kname\": \"sdb\"", "\"kname\": \"sda\""),
                        "disk near: paths"),
                mutation(
                        "a path leads to another disk",
                        system -> system.replace("facts/lsblk.json", SECOND_PATH, SECOND_PATH.replace("m1", "m2")),
                        "disk near: WWID"),
                mutation(
                        "the map is known by another serial",
                        system -> system.replace("facts/dm", "HARDDISK_m1", "HARDDISK_m2")
                                .replace("udev_rules.d/mp.rules", "HARDDISK_m1", "HARDDISK_m2"),
                        "disk near: WWID"),
                mutation(
                        "a single path is mounted",
                        system -> system.append(
                                "facts/mountinfo", "33 1 8:16 / /mnt rw,relatime shared:8 - ext4 /dev/sdb rw\n"),
                        "disk near: no single path used"),
                mutation(
                        "a single path is swapped on",
                        system -> system.append("proc-swaps", "/dev/sda partition 1024 0 -2\n"),
                        "disk near: no single path used"),
                mutation(
                        "the rule names the map by another unique id",
                        system -> system.replace("udev_rules.d/mp.rules", "==\"mpath-0QEMU", "==\"mpath-1QEMU"),
                        "disk near: dname rule"),
                mutation(
                        "the link leads to a path",
                        system -> system.replace("facts/links", "by-dname/mp\t../../dm-0", "by-dname/mp\t../../sda"),
                        "disk near: dname"),
                mutation(
                        "fstab names the partition by a UUID that each path has",
                        system -> system.replace(
                                "fstab",
                                "by-id/dm-uuid-part1-mpath-0QEMU_QEMU_HARDDISK_m1",
                                "by-uuid/00000002-1111-4111-8111-111111111111"),
                        "mount near-mount: fstab spec"));
    }

    private static Stream<Mutation> targets() {
        return Stream.of(
                mutation(
                        "the session has ended",
                        system -> system.replace(SESSION, "LOGGED_IN", "FAILED"),
                        "disk far: iSCSI session"),
                mutation(
                        "logged in without a name",
                        system -> system.replace(SESSION, "username=user", "username=(null)"),
                        "disk far: iSCSI credentials"),
                mutation(
                        "the target did not prove itself",
                        system -> system.replace(SESSION, "username_in=iuser", "username_in=(null)"),
                        "disk far: iSCSI credentials"),
                mutation(
                        "the next boot does not log in",
                        system -> system.replace(NODES, "startup = automatic", "startup = manual"),
                        "disk far: iSCSI node record"),
                mutation(
                        "the record is for another portal",
                        system -> system.replace(NODES, "= 10.0.2.2", "= 127.0.0.1"),
                        "disk far: iSCSI node record"),
                mutation(
                        "the record has no credentials",
                        system -> system.replace(NODES, "authmethod = CHAP", "authmethod = None"),
                        "disk far: iSCSI node record"),
                mutation("there is no record", system -> system.write(NODES, ""), "disk far: iSCSI node record"),
                mutation(
                        "the disk comes by another path",
                        system -> system.replace("facts/links", "ip-10.0.2.2:40001", "ip-127.0.0.1:40001"),
                        "disk far: iSCSI path"),
                mutation(
                        "the mount does not wait for the network",
                        system -> system.replace("fstab", "defaults,_netdev", "defaults"),
                        "mount far-mount: fstab line"));
    }

    private static Stream<Mutation> sizes() {
        return Stream.of(
                mutation(
                        "the file system kept its size",
                        system -> system.replace("facts/ext/vdb1", "262144", "131072"),
                        "format keptfs: size"),
                mutation(
                        "the file system is larger than its partition",
                        system -> system.replace("facts/ext/vdb1", "262144", "262145"),
                        "format keptfs: size"),
                mutation(
                        "the partition kept its size",
                        system -> system.replace("facts/sfdisk/vdb.json", "2097152", "1048576"),
                        "partition kept1: size"));
    }

    @Test
    void countsThePathsThatTheMachineHas() {
        FakeSystem system = FakeSystem.paths(directory);
        Target four = new Target(BootMode.BIOS, Distribution.DEBIAN, Map.of(), Map.of("near", 4));

        assertThat(system.failures(FakeSystem.config(FakeSystem.layout("paths.yaml")), four))
                .contains("disk near: paths");
        assertThat(system.failures(FakeSystem.config(FakeSystem.layout("paths.yaml")), FakeSystem.TARGET))
                .doesNotContain("disk near: paths");
    }

    @Test
    void aDiskWhosePathsAreNotJoinedFailsEveryCheckOfItsMap() {
        FakeSystem system = FakeSystem.paths(directory).replace("facts/lsblk.json", "\"mpath\"", "\"dm\"");

        assertThat(system.failures(FakeSystem.config(FakeSystem.layout("paths.yaml")), TARGET))
                .contains("disk near: paths", "disk near: no single path used", "disk near: WWID");
    }

    @Test
    void aTargetProvesItselfOnlyToWhoLogsIn() {
        String yaml = FakeSystem.layout("paths.yaml").replace("iscsi:user:passw0rd:", "iscsi:::");
        FakeSystem system = FakeSystem.paths(directory)
                .replace(SESSION, "username=user", "username=(null)")
                .replace(SESSION, "username_in=iuser", "username_in=(null)")
                .replace(NODES, "node.session.auth.username = user\n", "");
        assertThat(system.failures(FakeSystem.config(yaml), TARGET))
                .noneMatch(name -> name.startsWith("disk far: iSCSI"));

        system.replace(SESSION, "username=(null)", "username=somebody");
        assertThat(system.failures(FakeSystem.config(yaml), TARGET)).contains("disk far: iSCSI credentials");
    }

    @Test
    void readsTheSizeOfNtfsFromItsBootSector() {
        String yaml =
                FakeSystem.layout("paths.yaml").replace("volume: kept1, fstype: ext4", "volume: kept1, fstype: ntfs");
        FakeSystem system = FakeSystem.paths(directory)
                .replace(
                        "facts/blkid-probe",
                        "ID_FS_TYPE=ext4\nID_FS_UUID_ENC=00000003",
                        "ID_FS_TYPE=ntfs\nID_FS_UUID_ENC=00000003")
                .write("facts/ntfs/vdb1", "   512\n              2097151\n");
        assertThat(system.failures(FakeSystem.config(yaml), TARGET)).doesNotContain("format keptfs: size");

        system.write("facts/ntfs/vdb1", "   512\n              1048575\n");
        assertThat(system.failures(FakeSystem.config(yaml), TARGET)).contains("format keptfs: size");
    }
}
