package dev.vmtest.machine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Say what is heard from a guest during one boot, and what is said to it.
 *
 * @param listener who reads the console live
 * @param fatal texts after which this boot leads nowhere, beside those after which none does
 * @param answers what is typed when the guest asks
 * @param attendance who sits before it, or null for nobody
 */
public record Dialogue(
        ConsoleListener listener,
        List<ConsolePattern> fatal,
        List<ConsoleAnswer> answers,
        @Nullable Attendance attendance) {

    public Dialogue {
        fatal = List.copyOf(fatal);
        answers = List.copyOf(answers);
    }

    /** Listen to a guest that asks nothing. */
    public static Dialogue listening(ConsoleListener listener) {
        return new Dialogue(listener, List.of(), List.of(), null);
    }
}
