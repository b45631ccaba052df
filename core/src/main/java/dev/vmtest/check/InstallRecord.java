package dev.vmtest.check;

import java.util.List;

/**
 * Hold what the host knows of an install.
 *
 * @param events what the installer reported, in order
 * @param version the version that the installer on the host says it is
 * @param log the installer's log as it reported it; empty if it reported none
 * @param postFiles the paths of the files that it is to report at its end
 */
public record InstallRecord(List<RecordedEvent> events, String version, String log, List<String> postFiles) {

    /** The record of an install that has not happened. */
    public static final InstallRecord NONE = new InstallRecord(List.of(), "", "", List.of());

    public InstallRecord {
        events = List.copyOf(events);
        postFiles = List.copyOf(postFiles);
    }
}
