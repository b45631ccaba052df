package dev.vmtest.installer;

import java.util.Locale;

/** Name a stage of an install, in the order in which curtin runs them. */
public enum Stage {
    EARLY("preparing for installation"),
    PARTITIONING("configuring storage"),
    NETWORK("configuring network"),
    EXTRACT("writing install sources to disk"),
    CURTHOOKS("configuring installed system"),
    HOOK("finalizing installation"),
    LATE("executing late commands");

    private final String description;

    Stage(String description) {
        this.description = description;
    }

    /** Return the name that the YAML and the events use, such as {@code early}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Return what the stage's events describe it as. */
    public String description() {
        return description;
    }
}
