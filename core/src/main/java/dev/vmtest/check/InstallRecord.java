package dev.vmtest.check;

import java.util.List;

/**
 * Hold what the host knows of an install.
 *
 * @param events what the installer reported, in order
 * @param version the version that the installer on the host says it is
 * @param log the installer's log as it reported it; empty if it reported none
 */
public record InstallRecord(List<RecordedEvent> events, String version, String log) {

    public InstallRecord {
        events = List.copyOf(events);
    }
}
