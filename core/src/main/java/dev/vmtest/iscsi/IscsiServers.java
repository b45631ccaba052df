package dev.vmtest.iscsi;

import java.nio.file.Path;

/** Make the server of a test. */
@FunctionalInterface
public interface IscsiServers {

    /**
     * Return a server for the targets of one test.
     *
     * @param log takes what the server prints
     * @param discovers whether initiators ask the server for its targets, so that its address must mean the same to a guest
     * @throws IscsiException if there is none
     */
    IscsiServer start(Path log, boolean discovers) throws IscsiException;
}
