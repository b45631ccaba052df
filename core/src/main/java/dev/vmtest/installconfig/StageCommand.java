package dev.vmtest.installconfig;

import dev.vmtest.config.Location;
import java.util.List;

/**
 * Describe one command of a stage.
 *
 * @param name its key; commands of a stage run in the order of their names
 * @param argv the words of the command, or one line for a shell
 * @param shell whether {@code argv} holds one line that {@code sh -c} runs
 */
public record StageCommand(Location location, String name, List<String> argv, boolean shell) {

    /** The name under which curtin keeps a stage's own work. */
    public static final String BUILTIN = "builtin";

    public StageCommand {
        argv = List.copyOf(argv);
    }
}
