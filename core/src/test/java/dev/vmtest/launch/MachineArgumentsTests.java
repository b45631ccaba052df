package dev.vmtest.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vmtest.launch.ManualMachine.Disk;
import dev.vmtest.launch.ManualMachine.Nic;
import dev.vmtest.process.ProgramSearch;
import dev.vmtest.process.SupervisedProcesses;
import dev.vmtest.release.Architecture;
import dev.vmtest.text.MistakeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MachineArgumentsTests {

    private static final Map<String, Set<String>> OPTIONS = Map.of(
            "virtio-blk-pci", Set.of("logical_block_size", "physical_block_size", "min_io_size", "bootindex"),
            "scsi-hd", Set.of("logical_block_size", "physical_block_size", "min_io_size", "wwn"),
            "nvme", Set.of("logical_block_size", "physical_block_size", "min_io_size"),
            "virtio-net-pci", Set.of("romfile"),
            "e1000", Set.of());

    private final DiskArguments disks = disks("virtio-blk", true);
    private final NicArguments nics =
            new NicArguments(Architecture.AMD64, "virtio-net-pci", MachineArgumentsTests::has, new Random(1));

    private static DiskArguments disks(String driver, boolean hasFileLocking) {
        return new DiskArguments(
                Architecture.AMD64, driver, hasFileLocking, MachineArgumentsTests::has, file -> "qcow2");
    }

    private static boolean has(String device, String option) {
        return OPTIONS.getOrDefault(device, Set.of()).contains(option);
    }

    private static final Map<String, String> BLOCKS_512 =
            Map.of("logical_block_size", "512", "physical_block_size", "512", "min_io_size", "512");

    @Test
    void aDiskOfLaunchHasTheDefaultsOfTheSeeds() throws Exception {
        DiskArguments.SizedDisk disk = disks.launch("/nowhere/new.img");

        assertThat(disk.size()).isEqualTo(5L << 30);
        assertThat(disk.disk().driver()).isEqualTo("virtio-blk");
        assertThat(disk.disk().drive()).isEqualTo(Map.of("cache", "unsafe"));
        assertThat(disk.disk().device()).containsAllEntriesOf(BLOCKS_512).containsEntry("serial", "new.img");
    }

    @Test
    void aDiskOfLaunchSaysItsFieldsInOrder() throws Exception {
        DiskArguments.SizedDisk disk =
                disks.launch("/nowhere/new.img:10G:scsi-hd:4096:serial=disk-a,wwn=0x39cc071e72c64cc4");

        assertThat(disk.size()).isEqualTo(10L << 30);
        assertThat(disk.disk().driver()).isEqualTo("scsi-hd");
        assertThat(disk.disk().device())
                .containsEntry("logical_block_size", "4096")
                .containsEntry("serial", "disk-a")
                .containsEntry("wwn", "0x39cc071e72c64cc4");
        assertThat(disks.launch("/nowhere/a:::1000").disk().device()).containsEntry("logical_block_size", "1024");
        assertThat(disks.launch("/nowhere/a:::99999").disk().device()).containsEntry("logical_block_size", "32768");
        assertThat(disks.launch("/nowhere/a:::1").disk().device()).containsEntry("logical_block_size", "512");
    }

    @Test
    void whatIsNoDiskIsSaid() {
        assertThatExceptionOfType(MistakeException.class)
                .isThrownBy(() -> disks.launch("/nowhere/a:big"))
                .withMessageContaining("'big' is no size");
        assertThatExceptionOfType(MistakeException.class)
                .isThrownBy(() -> disks.launch("/nowhere/a:1G:nvme:4k"))
                .withMessageContaining("'4k' is no block size");
        assertThatExceptionOfType(MistakeException.class)
                .isThrownBy(() -> disks.xkvm("driver=nvme"))
                .withMessageContaining("has no file");
        assertThatExceptionOfType(MistakeException.class)
                .isThrownBy(() -> disks.xkvm("file=a,cache"))
                .withMessageContaining("'cache' is no KEY=VALUE");
        assertThatExceptionOfType(MistakeException.class)
                .isThrownBy(() -> disks.xkvm("file=a,if=floppy"))
                .withMessageContaining("none of virtio, scsi, none");
    }

    @Test
    void optionsOfADiskOfXkvmGoToTheDeviceThatKnowsThem() throws Exception {
        Disk disk = disks.xkvm("file=/d/a,,b.img,logical_block_size=4096,aio=threads,bootindex=1,bus=pcie.0");

        assertThat(disk.file()).isEqualTo(Path.of("/d/a,b.img"));
        assertThat(disk.format()).isEqualTo("qcow2");
        assertThat(disk.device())
                .isEqualTo(
                        Map.of("serial", "a,b.img", "logical_block_size", "4096", "bootindex", "1", "bus", "pcie.0"));
        assertThat(disk.drive()).isEqualTo(Map.of("aio", "threads"));
    }

    @Test
    void theDriverOfADiskOfXkvmIsNamedOrFollowsFromItsInterface() throws Exception {
        assertThat(disks.xkvm("/d/a").driver()).isEqualTo("virtio-blk");
        assertThat(disks.xkvm("file=/d/a,if=scsi,unit=3").driver()).isEqualTo("scsi-hd");
        assertThat(disks.xkvm("file=/d/a,if=scsi,unit=3").device()).containsEntry("scsi-id", "3");
        assertThat(disks.xkvm("file=/d/a,if=virtio").driver()).isEqualTo("virtio-blk");
        assertThat(disks.xkvm("file=/d/a,if=none,driver=nvme,fmt=raw").format()).isEqualTo("raw");
        assertThat(disks("nvme", true).xkvm("/d/a").driver()).isEqualTo("nvme");
    }

    @Test
    void aWwnIsTheSerialWhereNoWwnIsShown() throws Exception {
        assertThat(disks.xkvm("file=/d/a,wwn=0x39cc071e72c64cc4").device())
                .isEqualTo(Map.of("serial", "0x39cc071e72c64cc4"));
        assertThat(disks.xkvm("file=/d/a,driver=scsi-hd,wwn=0x39cc071e72c64cc4").device())
                .isEqualTo(Map.of("serial", "0x39cc071e72c64cc4", "wwn", "0x39cc071e72c64cc4"));
        assertThat(disks.xkvm("/d/a-file-with-a-name-that-is-long.img").device())
                .isEqualTo(Map.of("serial", "a-file-with-a-name-t"));
    }

    @Test
    void theFormatOfAnImageIsAskedForWhateverItsName() throws Exception {
        // Relative to the working directory of the tests.
        Path image = Files.createTempFile(Path.of("target"), "disk: ", ".img");
        try (SupervisedProcesses processes = new SupervisedProcesses()) {
            assumeTrue(ProgramSearch.find("qemu-img").isPresent(), "qemu-img is not installed");
            assertThat(new QemuImageFormats(processes).of(image)).isEqualTo("raw");
            assertThat(new QemuImageFormats(processes).of(Path.of("target/not there")))
                    .isEqualTo("raw");
        } finally {
            Files.delete(image);
        }
    }

    @Test
    void fileLockingIsDroppedWhereQemuLacksIt() throws Exception {
        assertThat(disks.xkvm("/d/a,file.locking=off").drive()).containsEntry("file.locking", "off");
        assertThat(disks("virtio-blk", false).xkvm("/d/a,file.locking=off").drive())
                .isEmpty();
    }

    @Test
    void aNetworkInterfaceHasABridgeAnAddressAndAModel() throws Exception {
        assertThat(nics.of("user", 0))
                .isEqualTo(new Nic("user", "52:54:00:12:34:01", "virtio-net", Map.of(), Map.of()));
        assertThat(nics.of("br0,mac=52:54:00:AA:bb:cc,model=e1000,hostname=a", 3))
                .isEqualTo(new Nic("br0", "52:54:00:aa:bb:cc", "e1000", Map.of(), Map.of("hostname", "a")));
        assertThat(nics.of("br0,macaddr=7,romfile=", 3))
                .isEqualTo(new Nic("br0", "52:54:00:12:34:07", "virtio-net", Map.of("romfile", ""), Map.of()));
        assertThat(nics.of("user,mac=56:1", 3).mac()).isEqualTo("52:54:00:12:56:01");
        assertThat(nics.of("user,mac=auto", 3).mac()).isEqualTo("52:54:00:12:34:04");
        assertThat(nics.of("user,mac=random", 0).mac()).matches("52:54:00(:[0-9a-f]{2}){3}");
    }

    @Test
    void whatIsNoNetworkInterfaceIsSaid() {
        assertThatExceptionOfType(MistakeException.class)
                .isThrownBy(() -> nics.of("mac=07", 0))
                .withMessageContaining("begins with the name of a bridge, or with 'user'");
        assertThatExceptionOfType(MistakeException.class)
                .isThrownBy(() -> nics.of("user,mac=zebra", 0))
                .withMessageContaining("'zebra' is no MAC address");
        assertThatExceptionOfType(MistakeException.class)
                .isThrownBy(() -> nics.of("user,up", 0))
                .withMessageContaining("'up'");
    }
}
