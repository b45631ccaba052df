package dev.vmtest.schedule;

import java.util.Locale;
import java.util.Optional;

/**
 * Hold what a host has for guests at some moment.
 *
 * @param others how many of its processors are busy with other things than this run, on average since the last look
 * @param memory how much memory may be taken, in MiB
 */
public record HostRoom(double others, long memory) {

    /** Nobody else uses the host. */
    public static final HostRoom ALL = new HostRoom(0, Long.MAX_VALUE);

    /**
     * Return why a test should not be started beside those that run, if there is a reason.
     *
     * @param demand what it needs
     * @param left what the budget of the run has left when it has got that
     */
    Optional<String> objection(Budget.Demand demand, Budget left) {
        // A guest that has half a processor less is slower and no worse; one that has none is starved.
        if (demand.cores() > 0 && left.cores() < Math.round(others)) {
            return Optional.of(String.format(
                    Locale.ROOT, "other programs keep %.1f processors busy; fewer tests run at a time", others));
        }
        if (demand.memory() > memory) {
            return Optional.of("other programs have taken memory: " + memory + " MiB are left and a test wants "
                    + demand.memory() + "; it waits");
        }
        return Optional.empty();
    }
}
