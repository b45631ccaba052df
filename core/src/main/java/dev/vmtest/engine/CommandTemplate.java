package dev.vmtest.engine;

import dev.vmtest.result.UnitNeeds;
import dev.vmtest.text.MistakeException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hold a command of the user's that runs a script on some host, as a shell reads it, with places in braces.
 *
 * @param text the command
 */
record CommandTemplate(String text) {

    /** A word in braces; what a dollar sign precedes is the shell's. */
    private static final Pattern PLACE = Pattern.compile("(?<!\\$)\\{([A-Za-z_-]+)}");

    private static final Set<String> PLACES =
            new LinkedHashSet<>(List.of("command", "cpus", "memory", "seconds", "unit"));

    /**
     * Read a template.
     *
     * @throws MistakeException if it has a place that there is not, or none for the command
     */
    CommandTemplate {
        Matcher places = PLACE.matcher(text);
        boolean hasCommand = false;
        while (places.find()) {
            String place = places.group(1);
            if (!PLACES.contains(place)) {
                throw new MistakeException("--engine '" + text + "': there is nothing to put for {" + place
                        + "}; the places are {" + String.join("}, {", PLACES) + "}");
            }
            hasCommand |= place.equals("command");
        }
        if (!hasCommand) {
            throw new MistakeException("--engine '" + text + "' does not say where the command goes; write it such as"
                    + " 'ssh HOST {command}', or name the engine slurm");
        }
    }

    /** Return the line that a shell runs for an attempt. */
    String line(Attempt attempt) {
        UnitNeeds needs = attempt.unit().needs();
        return PLACE.matcher(text)
                .replaceAll(place -> Matcher.quoteReplacement(
                        switch (place.group(1)) {
                            case "command" -> attempt.script().toString();
                            case "cpus" -> Integer.toString(needs.cores());
                            case "memory" -> Long.toString(needs.memory());
                            case "seconds" -> Long.toString(needs.seconds());
                            default -> attempt.name();
                        }));
    }
}
