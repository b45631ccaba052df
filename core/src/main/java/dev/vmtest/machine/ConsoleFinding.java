package dev.vmtest.machine;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Report a line of the console that matters, with the lines around it.
 *
 * @param pattern what was found
 * @param line the line
 * @param before the lines before it, oldest first
 * @param after the lines after it that had come when the finding was asked for
 */
public record ConsoleFinding(
        ConsolePattern pattern, ConsoleLine line, List<ConsoleLine> before, List<ConsoleLine> after) {

    public ConsoleFinding {
        before = List.copyOf(before);
        after = List.copyOf(after);
    }

    /** Return one line that says what was found and where. */
    public String summary() {
        return pattern.name() + " at console line " + line.number() + ": " + line.text();
    }

    /** Return the line with its context, a {@code >} before it, for a report. */
    public String context() {
        return before.stream().map(each -> "  " + each.text() + "\n").collect(Collectors.joining()) + "> " + line.text()
                + after.stream().map(each -> "\n  " + each.text()).collect(Collectors.joining());
    }
}
