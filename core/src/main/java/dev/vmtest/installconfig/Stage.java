package dev.vmtest.installconfig;

/** Name a stage that every installation has, in the order in which they run. */
public enum Stage implements InstallStage {
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

    @Override
    public String text() {
        return text;
    }
}
