package dev.vmtest.testcase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.config.ConfigFiles;
import dev.vmtest.config.Problem;
import dev.vmtest.config.Problems;
import dev.vmtest.installconfig.InstallConfig;
import dev.vmtest.installconfig.MachineNeeds;
import dev.vmtest.machine.DiskDriver;
import dev.vmtest.machine.DiskSpec;
import dev.vmtest.machine.MachineSpec;
import dev.vmtest.release.Architecture;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hold what disks can show of what a configuration asks for. */
class DiskIdentitiesTests {

    private final Problems problems = new Problems();

    private MachineSpec machine(String disks, String vmtest) {
        StringBuilder yaml = new StringBuilder("storage:\n  version: 1\n  config:\n");
        int number = 0;
        for (String disk : disks.split(";", -1)) {
            yaml.append("  - {id: d" + number++ + ", type: disk, " + disk.strip() + "}\n");
        }
        yaml.append("vmtest: {" + vmtest + "}\n");
        InstallConfig config = InstallConfig.read(ConfigFiles.parse("c.yaml", yaml.toString(), problems), problems);
        problems.throwIfAny();
        MachineSpec machine = MachineSpecs.of(
                MachineNeeds.of(config),
                MachineSettings.INFERRED,
                new MachineSpecs.Overrides(0, 0, "user"),
                Architecture.AMD64);
        DiskIdentities.check(config, machine, problems);
        return machine;
    }

    private List<String> messages() {
        return problems.all().stream().map(Problem::toString).toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "serial: 6000c29a1b2c3d4e5f60718293a4b5c6 | SCSI_HD",
                "serial: '12345678901234567890' | VIRTIO_BLK",
                "serial: nvme-1 | NVME",
                "serial: nvme-678901234567890123 | SCSI_HD",
                "wwn: '0x39cc071e72c64cc4' | SCSI_HD",
                "path: /dev/disk/by-id/wwn-0x55cd2e4000000084 | SCSI_HD",
                "path: /dev/disk/by-id/nvme-QEMU_NVMe_Ctrl_a | NVME",
                "path: /dev/disk/by-id/virtio-a | VIRTIO_BLK",
                "path: /dev/sda | SCSI_HD",
                "path: /dev/vda | VIRTIO_BLK",
                "path: /dev/nvme0n1 | NVME",
                "serial: a, path: /dev/sdz | SCSI_HD",
            })
    void choosesADriverThatShowsWhatIsAskedFor(String disk, DiskDriver driver) {
        DiskSpec spec = machine(disk, "").disks().get(0);

        assertThat(messages()).isEmpty();
        assertThat(spec.driver()).isEqualTo(driver);
    }

    @Test
    void givesADiskWhatItsLinkIsMadeOf() {
        assertThat(machine("path: /dev/disk/by-id/wwn-0x55cd2e4000000084", "")
                        .disks()
                        .get(0)
                        .wwn())
                .isEqualTo("0x55cd2e4000000084");
        assertThat(machine("path: /dev/disk/by-id/virtio-abc", "")
                        .disks()
                        .get(0)
                        .serial())
                .isEqualTo("abc");
        assertThat(machine("path: /dev/vda; path: /dev/vdb; path: /dev/sda", "").disks())
                .hasSize(3);
        assertThat(messages()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "serial: a23456789012345678901 | disk_driver: virtio-blk | c.yaml:4:26: disk 'd0': the serial 'a23456789012345678901' has 21 characters, and a disk on virtio-blk shows 20; write a shorter one, or 'driver: scsi-hd' in 'vmtest: disks'",
                "serial: a234567890123456789012345678901234567 | '' | c.yaml:4:26: disk 'd0': the serial 'a234567890123456789012345678901234567' has 37 characters, and a disk on scsi-hd shows 36; write one of at most 36 characters",
                "path: /dev/disk/by-id/virtio-a23456789012345678901 | '' | c.yaml:4:26: disk 'd0': the serial 'a23456789012345678901' has 21 characters, and a disk on virtio-blk shows 20; name it by 'serial:' instead",
                "wwn: '0x6000c29a1b2c3d4e5f60718293a4b5c6' | '' | c.yaml:4:26: disk 'd0': no disk of a machine can show the wwn '0x6000c29a1b2c3d4e5f60718293a4b5c6'; write 0x and 16 hexadecimal digits, or name the disk by its serial alone",
                "wwn: eui.0025388b710116a1 | '' | c.yaml:4:26: disk 'd0': no disk of a machine can show the wwn 'eui.0025388b710116a1'; write 0x and 16 hexadecimal digits, or name the disk by its serial alone",
                "serial: a, wwn: '0x39cc071e72c64cc4' | disk_driver: virtio-blk | c.yaml:4:37: disk 'd0': a disk on virtio-blk shows no wwn; write 'driver: scsi-hd' in 'vmtest: disks', or remove the wwn",
                "path: /dev/vdb | '' | c.yaml:4:26: disk 'd0': the machine has no /dev/vdb in this place; its disks are named in the order of the file; write '/dev/vda', or name it by 'serial:' instead",
                "serial: a, multipath: mpatha; path: /dev/sdb | '' | c.yaml:5:26: disk 'd1': the machine has no /dev/sdb in this place; its disks are named in the order of the file; write '/dev/sdc', or name it by 'serial:' instead",
                "path: /dev/sda | 'disks: [{id: d0, driver: virtio-blk}]' | c.yaml:4:26: disk 'd0': '/dev/sda' is a disk on scsi-hd, and this one is on virtio-blk; name it by 'serial:' instead, or write 'driver: scsi-hd' in 'vmtest: disks'",
                "path: /dev/disk/by-path/pci-0 | '' | c.yaml:4:26: disk 'd0': no disk of a machine gets the path '/dev/disk/by-path/pci-0'; name it by 'serial:' instead; the machine gets a disk that has it",
                "path: /dev/mapper/mpathb | '' | c.yaml:4:26: disk 'd0': no disk of a machine gets the path '/dev/mapper/mpathb'; name it by 'serial:', and write 'multipath: mpathb'",
                "path: /dev/sda1 | '' | c.yaml:4:26: disk 'd0': no disk of a machine gets the path '/dev/sda1'; name the whole disk, and its partitions by actions of their own",
                "serial: a | 'disks: [{serial: s2345678901234567890x, driver: nvme}]' | c.yaml:5:9: vmtest: disk 's2345678901234567890x': the serial 's2345678901234567890x' has 21 characters, and a disk on nvme shows 20; write a shorter one, or 'driver: scsi-hd' in 'vmtest: disks'",
            })
    void refusesWhatNoDiskShows(String disks, String vmtest, String expected) {
        machine(disks, vmtest);

        assertThat(messages()).containsExactly(expected);
    }
}
