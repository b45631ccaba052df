package dev.vmtest.machine;

import java.util.regex.Pattern;

/**
 * Answer a question that a guest asks on its console, as the person before it would.
 *
 * @param prompt what the line that asks holds
 * @param text what is typed, without the Enter key
 */
public record ConsoleAnswer(Pattern prompt, String text) {

    /** Name what is answered, but not with what: it may be a secret. */
    @Override
    public String toString() {
        return "an answer to " + prompt;
    }
}
