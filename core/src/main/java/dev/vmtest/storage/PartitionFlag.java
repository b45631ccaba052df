package dev.vmtest.storage;

/** Name the purpose of a partition, as {@code flag} does. */
public enum PartitionFlag {
    BIOS_GRUB("bios_grub"),
    BOOT("boot"),
    HOME("home"),
    LINUX("linux"),
    LVM("lvm"),
    MSFTRES("msftres"),
    PREP("prep"),
    RAID("raid"),
    SWAP("swap"),
    EXTENDED("extended"),
    LOGICAL("logical"),
    MBR("mbr");

    private final String text;

    PartitionFlag(String text) {
        this.text = text;
    }

    /** Return the word that the YAML uses. */
    public String text() {
        return text;
    }
}
