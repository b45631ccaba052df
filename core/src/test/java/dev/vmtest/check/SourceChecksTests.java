package dev.vmtest.check;

import static dev.vmtest.check.Mutation.mutation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.facts.BootMode;
import dev.vmtest.facts.Distribution;
import dev.vmtest.installconfig.InstallConfig;
import dev.vmtest.release.DiskImageLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Change what was collected of a Debian 12 guest whose disk is a copy of a disk image, booted by BIOS. */
class SourceChecksTests {

    private static final String TABLE = "facts/sfdisk/vda.json";
    private static final String PROBE = "facts/blkid-probe";
    private static final String FIRST = "facts/boot/vda.first";

    @TempDir
    Path directory;

    private static List<Check> checks(String kind, BootMode mode) {
        InstallConfig config = FakeSystem.config("vmtest: {source: " + kind + "}\n");
        return DerivedChecks.derive(config, new Target(mode, Distribution.DEBIAN)).stream()
                .filter(check -> check.name().startsWith("source: "))
                .toList();
    }

    private static Set<String> failures(FakeSystem system, String kind) {
        return Check.holdAll(checks(kind, BootMode.BIOS), system.facts()).stream()
                .filter(result -> result.verdict() == CheckVerdict.FAILED)
                .map(CheckResult::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void change(FakeSystem system, int place) {
        Path file = system.directory().resolve(FIRST);
        try {
            byte[] bytes = Files.readAllBytes(file);
            bytes[place]++;
            Files.write(file, bytes);
        } catch (IOException trouble) {
            throw new UncheckedIOException(trouble);
        }
    }

    static Stream<Mutation> mutations() {
        int stamp = DiskImageLayout.STAMP_START * 512;
        return Stream.of(
                mutation("another kind was installed", system -> system.write("source/mark", "tgz\n"), "source: mark"),
                mutation("the image was not installed", system -> system.delete("source/mark"), "source: mark"),
                mutation(
                        "the table is another one's",
                        system -> system.replace(TABLE, DiskImageLayout.TABLE, "00000000-0000-4000-8000-000000000000"),
                        "source: partition table"),
                mutation(
                        "the loader's partition was moved",
                        system -> system.replace(TABLE, "\"start\": 2048,", "\"start\": 2049,"),
                        "source: partition 14"),
                mutation(
                        "the root was grown",
                        system -> system.replace(TABLE, "\"size\": 1843200", "\"size\": 1843208"),
                        "source: partition 1"),
                mutation(
                        "the system partition has another UUID",
                        system -> system.replace(
                                TABLE, DiskImageLayout.SYSTEM.uuid(), "00000000-0000-4000-8000-000000000000"),
                        "source: partition 15"),
                mutation(
                        "the root was made anew",
                        system -> system.replace(
                                PROBE,
                                "UUID_ENC=" + DiskImageLayout.ROOT.fileSystemUuid(),
                                "UUID_ENC=00000000-0000-4000-8000-000000000000"),
                        "source: file system of partition 1"),
                mutation(
                        "the system partition was made anew",
                        system -> system.replace(PROBE, "UUID_ENC=5A0E-D15C", "UUID_ENC=5A0E-D15D"),
                        "source: file system of partition 15"),
                mutation(
                        "another disk was booted",
                        system -> system.replace("facts/mountinfo", "/dev/vda1 rw", "/dev/vdb1 rw"),
                        "source: root"),
                mutation(
                        "the first byte outside of partitions is another",
                        system -> change(system, stamp),
                        "source: bytes outside of partitions"),
                mutation(
                        "the last byte outside of partitions is another",
                        system -> change(system, stamp + DiskImageLayout.STAMP_SECTORS * 512 - 1),
                        "source: bytes outside of partitions"),
                mutation("the boot sector goes on elsewhere", system -> change(system, 92), "source: boot sector"),
                mutation(
                        "the boot loader is not where the boot sector goes on",
                        system -> system.write("facts/boot/vda.core", "\0".repeat(32_768)),
                        "source: boot sector"));
    }

    @Test
    void theDiskAsItWasInstalledHolds() {
        assertThat(checks("dd-raw", BootMode.BIOS)).hasSize(10);
        assertThat(checks("dd-raw", BootMode.UEFI)).hasSize(9);
        assertThat(failures(FakeSystem.source(directory), "dd-raw")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("mutations")
    void aDiskThatIsWrongInOneWayFailsTheChecksOfThat(Mutation mutation) {
        FakeSystem system = FakeSystem.source(directory);
        mutation.change().accept(system);

        assertThat(failures(system, "dd-raw")).isEqualTo(mutation.caughtBy());
    }

    @Test
    void whatTheUpperLayerRemovesIsMissed() {
        FakeSystem system = FakeSystem.source(directory).write("source/mark", "fsimage-layered\n");

        assertThat(failures(system, "fsimage-layered")).isEmpty();
        system.write("source/mark", "base\n").write("source/mark-below", "base\n");
        assertThat(failures(system, "fsimage-layered")).containsExactly("source: mark", "source: upper layer");
    }

    @Test
    void aDiskImageHasNoSwapFileOfTheInstallers() {
        InstallConfig config = FakeSystem.config("vmtest: {source: dd-xz}\n");

        assertThat(DerivedChecks.derive(config, new Target(BootMode.BIOS, Distribution.DEBIAN)))
                .extracting(Check::name)
                .contains("swap file: absent", "disk automatic-disk: present")
                .noneMatch(name -> name.startsWith("partition ") || name.startsWith("mount "));
    }
}
