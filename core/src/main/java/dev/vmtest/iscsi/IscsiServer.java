package dev.vmtest.iscsi;

import java.util.Optional;

/** Serve targets until it is closed. */
public interface IscsiServer extends AutoCloseable {

    /** Return the TCP port on which it listens. */
    int port();

    /**
     * Return the host part of the portal as initiators in a guest must write it.
     */
    String hostFromGuest();

    /** Return how guests are to be led to a server that is in a network of its own; empty if they reach it without. */
    Optional<GuestDoor> door();

    /**
     * Begin to serve a target.
     *
     * @throws IscsiException if the target or one of its accounts is refused
     */
    void add(IscsiTarget target) throws IscsiException;

    /** Serve none of the targets any longer. */
    @Override
    void close();
}
