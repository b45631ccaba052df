package dev.vmtest.installconfig;

/** Name a stage of an installation, in the order in which they run. */
public enum Stage {
    EARLY("early"),
    PARTITIONING("partitioning"),
    NETWORK("network"),
    EXTRACT("extract"),
    CURTHOOKS("curthooks"),
    HOOK("hook"),
    LATE("late");

    private final String text;

    Stage(String text) {
        this.text = text;
    }

    /** Return the name that the YAML and the report events use. */
    public String text() {
        return text;
    }

    /** Return the key that holds the stage's commands: {@code late_commands}. */
    public String key() {
        return text + "_commands";
    }
}
