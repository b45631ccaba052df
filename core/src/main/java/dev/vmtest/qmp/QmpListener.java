package dev.vmtest.qmp;

/** Hear QEMU's events. */
@FunctionalInterface
public interface QmpListener {

    /**
     * Take one event. Events come in QEMU's order on the connection's own thread, so this method must not wait for a
     * reply; it may send further commands.
     */
    void event(QmpEvent event);
}
