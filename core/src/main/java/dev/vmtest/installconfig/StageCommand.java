package dev.vmtest.installconfig;

import dev.vmtest.config.Location;
import dev.vmtest.config.ScalarValue;
import java.util.List;

/**
 * Describe one command of a stage.
 *
 * @param location where its key stands
 * @param name its key; commands of a stage run in the order of their names
 * @param argv the words of the command, or one line for a shell
 * @param shell whether {@code argv} holds one line that {@code sh -c} runs
 * @param written what {@code argv} was read from; empty where that is not known
 */
public record StageCommand(
        Location location, String name, List<String> argv, boolean shell, List<ScalarValue> written) {

    /** The name under which curtin keeps a stage's own work. */
    public static final String BUILTIN = "builtin";

    public StageCommand {
        argv = List.copyOf(argv);
        written = List.copyOf(written);
    }

    /** Describe a command that is not read from a file. */
    public StageCommand(Location location, String name, List<String> argv, boolean shell) {
        this(location, name, argv, shell, List.of());
    }

    /**
     * Return where a character of the command stands.
     *
     * @param place its index in the words, one after the other with nothing between them
     */
    public Location location(int place) {
        int rest = place;
        for (ScalarValue word : written) {
            if (rest < word.text().length()) {
                return word.location(rest);
            }
            rest -= word.text().length();
        }
        return location;
    }
}
