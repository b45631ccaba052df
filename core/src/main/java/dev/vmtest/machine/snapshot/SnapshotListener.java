package dev.vmtest.machine.snapshot;

import java.time.Duration;

/** Hear what it takes to have a snapshot. */
@FunctionalInterface
public interface SnapshotListener {

    /** Hear what takes long and what was wrong, in a sentence for people. */
    void notice(String text);

    /** Hear that a machine was booted and saved, and how long that took. */
    default void made(Duration time) {}
}
