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
 * @param failure what kind of failure it is
 */
public record Evidence(
        String summary,
        List<String> context,
        String machineEnd,
        String lastEvent,
        String log,
        int badLine,
        Failure failure) {

    /** Say nothing, as a test that passed does. */
    public static final Evidence NONE = new Evidence("", List.of(), "", "", "");

    public Evidence {
        context = List.copyOf(context);
    }

    /** Give evidence of a failure whose kind nobody has recognised yet. */
    public Evidence(
            String summary, List<String> context, String machineEnd, String lastEvent, String log, int badLine) {
        this(summary, context, machineEnd, lastEvent, log, badLine, Failure.NONE);
    }

    /** Give evidence of which no line of the context is known to be the bad one. */
    public Evidence(String summary, List<String> context, String machineEnd, String lastEvent, String log) {
        this(summary, context, machineEnd, lastEvent, log, -1);
    }

    /** Give only a sentence as evidence. */
    public static Evidence of(String summary) {
        return new Evidence(summary, List.of(), "", "", "");
    }

    /** Return the same evidence under another sentence. */
    public Evidence withSummary(String other) {
        return new Evidence(other, context, machineEnd, lastEvent, log, badLine, failure);
    }

    /** Return the same evidence of a failure whose kind is known. */
    public Evidence withFailure(Failure known) {
        return new Evidence(summary, context, machineEnd, lastEvent, log, badLine, known);
    }
}
