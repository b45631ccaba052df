package dev.vmtest.storage;

/** Say how a device's old content is destroyed, as {@code wipe} does. */
public enum Wipe {
    SUPERBLOCK("superblock"),
    SUPERBLOCK_RECURSIVE("superblock-recursive"),
    ZERO("zero"),
    RANDOM("random"),
    PVREMOVE("pvremove");

    private final String text;

    Wipe(String text) {
        this.text = text;
    }

    /** Return the word that the YAML uses. */
    public String text() {
        return text;
    }
}
