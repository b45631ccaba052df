package dev.vmtest.report;

/**
 * Hold what a live page shows of a test that has not ended; of one that has, the page asks for its part.
 *
 * @param number of the look at the run that found it so: what an earlier one found counts no more
 * @param state a verdict, or {@code running} or {@code waiting}
 * @param seconds since it began, when this was said
 * @param phase it is in, or empty
 * @param phaseSeconds since the phase began, when this was said
 * @param said the last word of its installer, printable
 */
record LiveRow(
        long number,
        String id,
        String state,
        String tone,
        String sign,
        double seconds,
        String phase,
        double phaseSeconds,
        String said) {

    /** Return how far it is, as the page itself writes it while time goes on. */
    String text() {
        if (!state.equals(LiveTest.RUNNING)) {
            return "";
        }
        return (phase.isEmpty() ? "starts" : phase + " " + Durations.clock(phaseSeconds))
                + (said.isEmpty() ? "" : " – " + said);
    }
}
