package dev.vmtest.installconfig;

/** Name a stage of an installation: one that every installation has, or one that a configuration adds. */
public sealed interface InstallStage permits Stage, OwnStage {

    /** Return the name that the YAML and the report events use. */
    String text();

    /** Return the key that holds the stage's commands: {@code late_commands}. */
    default String key() {
        return text() + "_commands";
    }
}
