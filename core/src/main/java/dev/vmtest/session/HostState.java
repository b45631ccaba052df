package dev.vmtest.session;

import dev.vmtest.machine.Accelerator;
import dev.vmtest.release.Architecture;
import dev.vmtest.settings.Settings;
import dev.vmtest.settings.SettingsTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Say what a host has for machines.
 *
 * @param directory where runs put their results if nobody says otherwise
 * @param room bytes that can be written there; negative if that is not known
 * @param memory MiB that the machines of a run may take together
 * @param accelerator what executes guests, and why
 */
public record HostState(Path directory, long room, long memory, String accelerator) {

    /** What README asks for each machine that runs at a time. */
    private static final long LEAST_ROOM = 2L << 30;

    private static final long LEAST_MEMORY = 2048;

    /** Look at this host; whether KVM works is tried with the kernel of an image. */
    public static HostState of(Surroundings surroundings) {
        Path directory = Settings.read(surroundings.environment()).get(SettingsTable.TMPDIR);
        try (Host host = Host.toLookAt(SessionOptions.BUILTIN, surroundings)) {
            Accelerator found = host.accelerator(Architecture.host(), null);
            return new HostState(
                    directory,
                    room(surroundings, directory),
                    HostMemory.available(),
                    found.name().text() + " (" + found.reason() + ")");
        }
    }

    private static long room(Surroundings surroundings, Path directory) {
        try {
            return surroundings.freeSpace().bytes(directory);
        } catch (IOException unknown) {
            return -1;
        }
    }

    /** Return what is too little for a single test. */
    public List<String> shortages() {
        List<String> shortages = new ArrayList<>();
        if (room < LEAST_ROOM) {
            shortages.add("less than 2 GiB of room in " + directory + " (TMPDIR)");
        }
        if (memory < LEAST_MEMORY) {
            shortages.add("less than 2 GiB of memory");
        }
        return shortages;
    }

    /** Return all of it in a line. */
    public String line() {
        return String.format(
                Locale.ROOT,
                "%.1f GiB of room in %s, %.1f GiB of memory for machines, accelerator %s",
                Math.max(room, 0) / (double) (1L << 30),
                directory,
                memory / 1024.0,
                accelerator);
    }
}
