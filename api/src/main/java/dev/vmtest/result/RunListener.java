package dev.vmtest.result;

import org.apiguardian.api.API;

/** Receive the events of a run as they happen, from several threads. */
@FunctionalInterface
@API(status = API.Status.INTERNAL)
public interface RunListener {

    /** Receive one event; must return quickly and must not throw. */
    void happened(RunEvent event);
}
