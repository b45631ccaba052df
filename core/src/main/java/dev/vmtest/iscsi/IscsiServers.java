package dev.vmtest.iscsi;

import java.nio.file.Path;

/** Make the server of a test. */
@FunctionalInterface
public interface IscsiServers {

    /**
     * Return a server for the targets of one test.
     *
     * @param log takes what the server prints
     * @throws IscsiException if there is none
     */
    IscsiServer start(Path log) throws IscsiException;
}
