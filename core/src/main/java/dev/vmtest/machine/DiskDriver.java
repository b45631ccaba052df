package dev.vmtest.machine;

/** Name the device that presents a disk to the guest, in QEMU's words. */
public enum DiskDriver {
    /** VIRTIO_BLK_ID_BYTES. */
    VIRTIO_BLK("virtio-blk", 20),
    /** The page of the unit's serial number, as QEMU fills it (hw/scsi/scsi-disk.c). */
    SCSI_HD("scsi-hd", 36),
    /** The serial number that a controller identifies itself with (NVM Express, Identify Controller, SN). */
    NVME("nvme", 20);

    private final String text;
    private final int longestSerial;

    DiskDriver(String text, int longestSerial) {
        this.text = text;
        this.longestSerial = longestSerial;
    }

    /** Return how many characters of a serial the guest sees. */
    public int longestSerial() {
        return longestSerial;
    }

    /** Return the name that the Python harness's {@code disk_driver} variable uses. */
    public String text() {
        return text;
    }
}
