package dev.vmtest.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hold what a process has had of its host so far.
 *
 * @param residentMegabytes the most memory that it held itself, in units of 10^6 bytes
 * @param ownTicks how long its own threads ran, in ticks of {@code /proc}, of which only ratios are used
 * @param startedTicks how long that ran which it started and has waited for
 */
record ProcessUse(double residentMegabytes, long ownTicks, long startedTicks) {

    /** Nothing is known of a process that was never looked at. */
    static final ProcessUse NONE = new ProcessUse(0, 0, 0);

    /** Where, behind a process's name, the first of its four times stands: user, system, and both of its children. */
    private static final int TIMES = 11;

    private static final Pattern MOST_RESIDENT = Pattern.compile("^VmHWM:\\s+(\\d{1,15}) kB$", Pattern.MULTILINE);

    /**
     * Look at a process.
     *
     * @param process its directory below {@code /proc}
     * @throws IOException if it has ended
     */
    static ProcessUse read(Path process) throws IOException {
        Matcher resident =
                MOST_RESIDENT.matcher(Files.readString(process.resolve("status"), StandardCharsets.ISO_8859_1));
        String stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
        if (!resident.find() || fields.length < TIMES + 4) {
            throw new IOException(process + " tells of no memory: it has ended");
        }
        return new ProcessUse(
                Long.parseLong(resident.group(1)) * 1024 / 1e6,
                Long.parseLong(fields[TIMES]) + Long.parseLong(fields[TIMES + 1]),
                Long.parseLong(fields[TIMES + 2]) + Long.parseLong(fields[TIMES + 3]));
    }

    /**
     * Return how much it ran itself for each second that what it started ran.
     *
     * @throws IllegalStateException if that did not run
     */
    double ownShare() {
        if (startedTicks == 0) {
            throw new IllegalStateException("nothing is known of what the run started");
        }
        return (double) ownTicks / startedTicks;
    }
}
