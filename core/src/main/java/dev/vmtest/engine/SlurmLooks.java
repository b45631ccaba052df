package dev.vmtest.engine;

import java.time.Duration;

/** Know when to ask a scheduler again, and when it has been away for too long. */
final class SlurmLooks {

    private final Duration between;
    private final Duration absence;
    private long asked;
    private long answered = System.nanoTime();
    private boolean hasAsked;

    /**
     * Begin now.
     *
     * @param between the least time between two questions: each costs the scheduler something
     * @param absence how long it may stay without an answer
     */
    SlurmLooks(Duration between, Duration absence) {
        this.between = between;
        this.absence = absence;
    }

    /** Say whether it is time to ask, and take note that it was asked. */
    boolean isDue() {
        long now = System.nanoTime();
        if (hasAsked && now - asked < between.toNanos()) {
            return false;
        }
        if (!hasAsked) {
            answered = now;
        }
        hasAsked = true;
        asked = now;
        return true;
    }

    void succeeded() {
        answered = System.nanoTime();
    }

    /** Take note that there was no answer; return whether that has been so for too long. */
    boolean failed() {
        return System.nanoTime() - answered > absence.toNanos();
    }
}
