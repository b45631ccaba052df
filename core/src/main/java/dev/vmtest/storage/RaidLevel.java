package dev.vmtest.storage;

/** Name an MD level, as {@code raidlevel} does. */
public enum RaidLevel {
    RAID0("0"),
    RAID1("1"),
    RAID4("4"),
    RAID5("5"),
    RAID6("6"),
    RAID10("10"),
    LINEAR("linear"),
    CONTAINER("container");

    private final String text;

    RaidLevel(String text) {
        this.text = text;
    }

    /** Return the word that the YAML uses. */
    public String text() {
        return text;
    }
}
