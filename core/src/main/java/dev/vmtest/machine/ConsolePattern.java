package dev.vmtest.machine;

import java.util.regex.Pattern;

/**
 * Name a text that means something when a guest writes it.
 *
 * @param name what it means, in a few words that a report can show
 * @param pattern what is looked for in a line
 */
public record ConsolePattern(String name, Pattern pattern) {

    static ConsolePattern of(String name, String expression) {
        return new ConsolePattern(name, Pattern.compile(expression));
    }

    /** Say whether the line holds it. */
    public boolean matches(String line) {
        return pattern.matcher(line).find();
    }
}
