package dev.vmtest.installconfig;

import dev.vmtest.config.Location;
import java.util.List;
import java.util.Map;

/**
 * Hold what a configuration says about the commands of one stage.
 *
 * @param commands the commands in running order, sorted by name
 * @param removed names that the configuration sets to null, with their places; {@code builtin} among
 *     them switches off the stage's own work
 */
public record StageCommands(List<StageCommand> commands, Map<String, Location> removed) {

    /** The commands of a stage that the configuration doesn't mention. */
    public static final StageCommands NONE = new StageCommands(List.of(), Map.of());

    public StageCommands {
        commands = List.copyOf(commands);
        removed = Map.copyOf(removed);
    }

    /** Return whether the stage still does its own work: {@code builtin} is neither removed nor replaced. */
    public boolean runsBuiltin() {
        return !removed.containsKey(StageCommand.BUILTIN)
                && commands.stream().noneMatch(command -> command.name().equals(StageCommand.BUILTIN));
    }
}
