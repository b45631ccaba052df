package dev.vmtest.result;

/** Receive the events of a run as they happen, from several threads. */
@FunctionalInterface
public interface RunListener {

    /** Receive one event; must return quickly and must not throw. */
    void happened(RunEvent event);
}
