package dev.vmtest.run;

/** Name a part of a test, in the order in which they happen. */
public enum Phase {
    PREPARE("prepare"),
    INSTALL("install"),
    BOOT("boot"),
    COLLECT("collect"),
    CHECK("check");

    private final String text;

    Phase(String text) {
        this.text = text;
    }

    /** Return the word used in results and on the terminal. */
    public String text() {
        return text;
    }
}
