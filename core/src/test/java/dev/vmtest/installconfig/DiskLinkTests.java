package dev.vmtest.installconfig;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiskLinkTests {

    @ParameterizedTest
    @CsvSource({
        "/dev/disk/by-id/virtio-disk-a,                         virtio-blk, disk-a,,",
        "/dev/disk/by-id/scsi-0QEMU_QEMU_HARDDISK_disk-a,       scsi-hd,    disk-a,,",
        "/dev/disk/by-id/nvme-QEMU_NVMe_Ctrl_disk-a,            nvme,       disk-a,,",
        "/dev/disk/by-id/wwn-0x55cd2e4000000084,                scsi-hd,    , 0x55cd2e4000000084,",
        "/dev/disk/by-id/scsi-355cd2e4000000084,                scsi-hd,    , 0x55cd2e4000000084,",
        "/dev/vdb,                                              virtio-blk, ,, vdb",
        "/dev/sdaa,                                             scsi-hd,    ,, sdaa",
        "/dev/nvme1n1,                                          nvme,       ,, nvme1n1",
    })
    void knowsTheLinksOfTheDisksThatQemuHas(String path, String driver, String serial, String wwn, String name) {
        assertThat(DiskLink.of(path)).contains(new DiskLink(driver, serial, wwn, name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/dev/disk/by-id/wwn-0x6000c29a1b2c3d4e5f60718293a4b5c6",
                "/dev/disk/by-id/wwn-0x55cd2e4000000084-part1",
                "/dev/disk/by-id/wwn-*",
                "/dev/disk/by-id/ata-QEMU_HARDDISK_QM00001",
                "/dev/disk/by-id/nvme-Samsung_SSD_1",
                "/dev/disk/by-id/virtio-",
                "/dev/disk/by-path/pci-0000:00:04.0",
                "/dev/disk/by-uuid/1-2",
                "/dev/mapper/mpatha",
                "/dev/sda1",
                "/dev/xvda",
                "/dev/md0"
            })
    void knowsNoOther(String path) {
        assertThat(DiskLink.of(path)).isEmpty();
        assertThat(DiskLink.remedy(path)).isNotEmpty();
    }

    @Test
    void countsAsTheKernelDoes() {
        assertThat(DiskLink.kernelName("scsi-hd", 0)).isEqualTo("sda");
        assertThat(DiskLink.kernelName("virtio-blk", 25)).isEqualTo("vdz");
        assertThat(DiskLink.kernelName("virtio-blk", 26)).isEqualTo("vdaa");
        assertThat(DiskLink.kernelName("scsi-hd", 26 * 27)).isEqualTo("sdaaa");
        assertThat(DiskLink.kernelName("nvme", 2)).isEqualTo("nvme2n1");
    }
}
