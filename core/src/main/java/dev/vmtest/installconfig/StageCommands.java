package dev.vmtest.installconfig;

import dev.vmtest.config.ListValue;
import dev.vmtest.config.Location;
import dev.vmtest.config.MapReader;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.ScalarValue;
import dev.vmtest.config.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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

    /** Read the commands of a stage; a name that is set to null removes a command. */
    static StageCommands read(MapReader root, InstallStage stage) {
        MapValue map = root.map(stage.key());
        if (map == null) {
            return StageCommands.NONE;
        }
        Map<String, StageCommand> commands = new TreeMap<>();
        Map<String, Location> removed = new LinkedHashMap<>();
        MapReader reader = root.within(map, stage.key());
        map.entries().forEach((name, entry) -> {
            Value value = entry.value();
            if (value instanceof ScalarValue scalar && scalar.value() == null) {
                removed.put(name, entry.keyLocation());
            } else if (value instanceof ListValue list) {
                List<String> argv = reader.texts(name);
                if (argv.isEmpty()) {
                    reader.problem(name, "command '" + name + "' is empty", "write its words, or null to remove it");
                }
                List<ScalarValue> written = list.items().stream()
                        .filter(ScalarValue.class::isInstance)
                        .map(ScalarValue.class::cast)
                        .toList();
                commands.put(name, new StageCommand(entry.keyLocation(), name, argv, false, written));
            } else if (value instanceof ScalarValue scalar && scalar.value() instanceof String line) {
                commands.put(name, new StageCommand(entry.keyLocation(), name, List.of(line), true, List.of(scalar)));
            } else {
                reader.problem(
                        name,
                        "command '" + name + "' must be a list of words or a line of shell, not " + value.describe(),
                        "");
            }
        });
        return new StageCommands(new ArrayList<>(commands.values()), removed);
    }
}
