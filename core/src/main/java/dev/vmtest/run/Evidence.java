package dev.vmtest.run;

import java.util.List;

/**
 * Record what shows why a test ended as it did.
 *
 * @param summary one sentence
 * @param context console lines around the first bad one, oldest first; may be empty
 * @param machineEnd how QEMU ended, or empty when no machine ran
 * @param lastEvent the last report event before the end, or empty
 * @param log the log that the context is from, relative to the test's directory, or empty
 */
public record Evidence(String summary, List<String> context, String machineEnd, String lastEvent, String log) {

    /** Say nothing, as a test that passed does. */
    public static final Evidence NONE = new Evidence("", List.of(), "", "", "");

    public Evidence {
        context = List.copyOf(context);
    }

    /** Give only a sentence as evidence. */
    public static Evidence of(String summary) {
        return new Evidence(summary, List.of(), "", "", "");
    }
}
