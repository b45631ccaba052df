package dev.vmtest.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FactsTests {

    private static final Path SAMPLE = sample();

    @TempDir
    Path temporary;

    private Path directory = Path.of("");

    @BeforeEach
    void makeDirectory() throws IOException {
        directory = temporary.resolve("collect");
        Files.createDirectories(directory.resolve("facts"));
    }

    private static Path sample() {
        try {
            return Path.of(Objects.requireNonNull(FactsTests.class.getResource("/dev/vmtest/check/bookworm"))
                    .toURI());
        } catch (URISyntaxException exception) {
            throw new IllegalStateException(exception);
        }
    }

    @Test
    void readsWhatARealGuestCollected() {
        Facts facts = Facts.read(SAMPLE);

        BlockDevice disk = facts.diskBySerial("disk-a").orElseThrow();
        assertThat(disk.kernelName()).isEqualTo("vda");
        assertThat(disk.size()).isEqualTo(5L << 30);
        DiskLabel label = facts.label(disk).orElseThrow();
        assertThat(label.type()).isEqualTo("gpt");
        assertThat(label.slot(4).orElseThrow())
                .isEqualTo(new DiskLabel.Slot(
                        "vda4",
                        4,
                        6819840L * 512,
                        512L << 20,
                        "933AC7E1-2EB4-4F13-B844-0E14E2AEF915",
                        "85D4A3FE-5C7C-47B1-B67F-800D71535AEA",
                        "home data",
                        "",
                        false));
        assertThat(facts.diskByWwn("0x39cc071e72c64cc4").orElseThrow().kernelName())
                .isEqualTo("sda");
        assertThat(facts.label(facts.diskBySerial("disk-c").orElseThrow())).isEmpty();
        assertThat(facts.fileSystem("vda2").orElseThrow().label()).isEqualTo("root fs");
        assertThat(facts.mount("/my/with blank").orElseThrow().options())
                .contains("ro")
                .doesNotContain("rw");
        assertThat(facts.mount("/my/bind").orElseThrow().root()).isEqualTo("/etc");
        assertThat(facts.fstab()).hasSize(11);
        assertThat(facts.swaps())
                .containsExactly(
                        new Swap("/swap.img", "file", 65532L * 1024, -2),
                        new Swap("/dev/vda3", "partition", 262140L * 1024, -3));
        assertThat(facts.link("/dev/disk/by-dname/main_disk-part2")
                        .orElseThrow()
                        .target())
                .isEqualTo("vda2");
        assertThat(facts.bootMode()).isEqualTo(BootMode.BIOS);
        assertThat(facts.commandLine()).contains("root=UUID=11111111-2222-4333-8444-555555555555");
        assertThat(facts.packages())
                .hasEntrySatisfying(
                        "linux-image-cloud-amd64",
                        kernel -> assertThat(kernel.installed()).isTrue());
        assertThat(facts.bootSector(disk)).isEqualTo(new BootSector("vda", true, 2048, true));
        assertThat(facts.interfaces().get(1))
                .isEqualTo(new NetworkInterface("enp0s3", "52:54:00:12:34:01", 1500, "DOWN", List.of()));
        assertThat(facts.osRelease()).containsEntry("VERSION_CODENAME", "bookworm");
    }

    @Test
    void aMissingFileIsAnUnknownFactAndNotAnEmptyOne() {
        Facts facts = Facts.read(directory);

        assertThatThrownBy(facts::swaps)
                .isInstanceOf(NotCollectedException.class)
                .hasMessage("proc-swaps was not collected");
        assertThatThrownBy(facts::devices).hasMessage("facts/lsblk.json was not collected");
        assertThatThrownBy(facts::fstab).hasMessage("fstab was not collected");
        assertThatThrownBy(facts::routes).hasMessage("facts/ip-route.json was not collected");
        assertThatThrownBy(() -> facts.files("udev_rules.d")).hasMessage("udev_rules.d was not collected");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "7",
                "{\"blockdevices\": []}",
                "{\"blockdevices\": [{\"kname\": 1}]}",
                "{\"blockdevices\": [{\"kname\": \"vda\", \"type\": \"disk\", \"size\": \"x\"}]}",
                "\u0000\uffff"
            })
    void malformedJsonIsAnUnknownFactThatNamesItsFile(String text) throws IOException {
        Files.writeString(directory.resolve("facts/lsblk.json"), text);

        assertThatThrownBy(Facts.read(directory)::devices)
                .isInstanceOf(NotCollectedException.class)
                .hasMessageContaining("facts/lsblk.json");
    }

    @Test
    void whereNoDeviceIsAPhysicalVolumeThereAreNoGroups() throws IOException {
        Files.createDirectories(directory.resolve("facts"));
        Files.writeString(directory.resolve("facts/blkid-probe"), "DEVNAME=/dev/vda1\nID_FS_TYPE=ext4\n");
        StackFacts plain = Facts.read(directory).stacks();
        Files.writeString(directory.resolve("facts/blkid-probe"), "DEVNAME=/dev/vda1\nID_FS_TYPE=LVM2_member\n");
        StackFacts unasked = Facts.read(directory).stacks();

        assertThat(plain.volumeGroups()).isEmpty();
        assertThat(plain.logicalVolumes()).isEmpty();
        assertThat(plain.physicalVolumes()).isEmpty();
        assertThatThrownBy(unasked::volumeGroups)
                .isInstanceOf(NotCollectedException.class)
                .hasMessage("facts/vgs.json was not collected");
    }

    @Test
    void deeplyNestedJsonDoesNotExhaustTheStack() throws IOException {
        String deep = "{\"blockdevices\":[".repeat(200_000);
        Files.writeString(directory.resolve("facts/lsblk.json"), deep);

        assertThatThrownBy(Facts.read(directory)::devices).isInstanceOf(NotCollectedException.class);
    }

    @Test
    void numbersThatOverflowAreAnUnknownFact() throws IOException {
        Files.createDirectories(directory.resolve("facts/sfdisk"));
        Files.writeString(directory.resolve("facts/sfdisk/vda.json"), """
                {"partitiontable": {"label": "gpt", "sectorsize": 512, "partitions": [
                  {"node": "/dev/vda1", "start": 9223372036854775807, "size": 1, "type": "83"}]}}
                """);
        Files.writeString(directory.resolve("facts/lsblk.json"), """
                {"blockdevices": [{"kname": "vda", "type": "disk", "size": 1, "log-sec": 512, "phy-sec": 512}]}
                """);

        Facts facts = Facts.read(directory);

        BlockDevice disk = facts.device("vda").orElseThrow();
        assertThatThrownBy(() -> facts.label(disk))
                .isInstanceOf(NotCollectedException.class)
                .hasMessageContaining("facts/sfdisk/vda.json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../secret", "/etc/hostname", "facts/../../secret", "link", "linked/secret", "facts/\u0000"})
    void noPathLeavesTheDirectory(String path) throws IOException {
        Files.writeString(temporary.resolve("secret"), "secret");
        Files.createSymbolicLink(directory.resolve("link"), temporary.resolve("secret"));
        Files.createSymbolicLink(directory.resolve("linked"), temporary);

        assertThatThrownBy(() -> Facts.read(directory).text(path)).isInstanceOf(NotCollectedException.class);
        assertThatThrownBy(() -> Facts.read(directory).bytes(path)).isInstanceOf(NotCollectedException.class);
    }

    @Test
    void aLinkInPlaceOfAFactsFileIsNotFollowed() throws IOException {
        Files.createSymbolicLink(directory.resolve("fstab"), Path.of("/etc/fstab"));

        assertThatThrownBy(Facts.read(directory)::fstab).hasMessage("fstab is a symbolic link, which is not followed");
    }

    @Test
    void aFileBeyondTheLimitIsAnUnknownFact() throws IOException {
        try (var file = new RandomAccessFile(directory.resolve("fstab").toFile(), "rw")) {
            file.setLength(1L << 40);
        }

        assertThatThrownBy(Facts.read(directory)::fstab).hasMessageContaining("is larger than");
    }

    @Test
    void aSerialThatVirtioCutIsFoundByItsFirstTwentyBytes() throws IOException {
        Files.writeString(directory.resolve("facts/lsblk.json"), """
                {"blockdevices": [{"kname": "vda", "type": "disk", "size": 1, "log-sec": 512, "phy-sec": 512,
                  "tran": "virtio", "serial": "a-serial-that-is-lon"}]}
                """);

        Facts facts = Facts.read(directory);

        assertThat(facts.diskBySerial("a-serial-that-is-longer-than-20")).isPresent();
        assertThat(facts.diskBySerial("a-serial")).isEmpty();
    }

    @Test
    void aDeviceOnTwoParentsIsListedOnceWithBoth() throws IOException {
        String array = """
                {"kname": "md0", "type": "raid1", "size": "1", "log-sec": "512", "phy-sec": "512"}""";
        String disk = """
                {"kname": "%s", "type": "disk", "size": "1", "log-sec": "512", "phy-sec": "512", "children": [%s]}""";
        Files.writeString(
                directory.resolve("facts/lsblk.json"),
                "{\"blockdevices\": [" + disk.formatted("vda", array) + "," + disk.formatted("vdb", array) + "]}");

        Facts facts = Facts.read(directory);

        assertThat(facts.devices()).hasSize(3);
        assertThat(facts.device("md0").orElseThrow().parents()).containsExactly("vda", "vdb");
    }
}
