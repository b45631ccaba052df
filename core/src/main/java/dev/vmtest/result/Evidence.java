package dev.vmtest.result;

import java.util.List;

/**
 * Record what shows why a test ended as it did.
 *
 * @param summary one sentence
 * @param context console lines around the first bad one, oldest first; may be empty
 * @param machineEnd how QEMU ended, or empty when no machine ran
 * @param lastEvent the last report event before the end, or empty
 * @param log the log that the context is from, relative to the test's directory, or empty
 * @param badLine which line of the context is the bad one, counted from 0, or -1 if none is known
 */
public record Evidence(
        String summary, List<String> context, String machineEnd, String lastEvent, String log, int badLine) {

    /** Say nothing, as a test that passed does. */
    public static final Evidence NONE = new Evidence("", List.of(), "", "", "");

    public Evidence {
        context = List.copyOf(context);
    }

    /** Give evidence of which no line of the context is known to be the bad one. */
    public Evidence(String summary, List<String> context, String machineEnd, String lastEvent, String log) {
        this(summary, context, machineEnd, lastEvent, log, -1);
    }

    /** Give only a sentence as evidence. */
    public static Evidence of(String summary) {
        return new Evidence(summary, List.of(), "", "", "");
    }
}
