package dev.vmtest.storage;

/** Name a bcache mode, as {@code cache_mode} does. */
public enum CacheMode {
    WRITETHROUGH("writethrough"),
    WRITEBACK("writeback"),
    WRITEAROUND("writearound"),
    NONE("none");

    private final String text;

    CacheMode(String text) {
        this.text = text;
    }

    /** Return the word that the YAML uses. */
    public String text() {
        return text;
    }
}
