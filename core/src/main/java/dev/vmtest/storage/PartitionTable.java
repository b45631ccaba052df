package dev.vmtest.storage;

/** Name a partition table format, as {@code ptable} does. */
public enum PartitionTable {
    GPT("gpt"),
    MSDOS("msdos"),
    VTOC("vtoc"),
    UNSUPPORTED("unsupported");

    private final String text;

    PartitionTable(String text) {
        this.text = text;
    }

    /** Return the word that the YAML uses. */
    public String text() {
        return text;
    }
}
