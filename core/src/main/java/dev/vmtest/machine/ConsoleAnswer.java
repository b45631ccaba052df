package dev.vmtest.machine;

import dev.vmtest.secret.Secret;
import java.util.regex.Pattern;

/**
 * Answer a question that a guest asks on its console, as the person before it would.
 *
 * @param prompt what the line that asks holds
 * @param text what is typed, without the Enter key
 */
public record ConsoleAnswer(Pattern prompt, Secret text) {

    /** Answer with a text, which is kept as a secret. */
    public ConsoleAnswer(Pattern prompt, String text) {
        this(prompt, new Secret(text));
    }

    /** Name what is answered. */
    @Override
    public String toString() {
        return "an answer to " + prompt;
    }
}
