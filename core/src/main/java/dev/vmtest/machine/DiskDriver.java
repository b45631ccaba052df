package dev.vmtest.machine;

/** Name the device that presents a disk to the guest, in QEMU's words. */
public enum DiskDriver {
    VIRTIO_BLK("virtio-blk"),
    SCSI_HD("scsi-hd"),
    NVME("nvme");

    private final String text;

    DiskDriver(String text) {
        this.text = text;
    }

    /** Return the name that the seeds' {@code disk_driver} variable uses. */
    public String text() {
        return text;
    }
}
