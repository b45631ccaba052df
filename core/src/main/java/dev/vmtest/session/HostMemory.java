package dev.vmtest.session;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Measure how much memory guests may take without the host having to swap or to kill. */
final class HostMemory {

    /** What the host and this JVM keep for themselves, in MiB. */
    private static final long RESERVE = 512;

    private static final Pattern AVAILABLE = Pattern.compile("MemAvailable: +(\\d+) kB");
    private static final Path MEMORY = Path.of("/proc/meminfo");

    private HostMemory() {}

    /** Return it in MiB, at least 0. */
    static long available() {
        // The JVM knows the limit of a container, which /proc/meminfo does not show.
        long limit =
                ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                        ? system.getTotalMemorySize() >> 20
                        : Long.MAX_VALUE;
        try {
            return available(Files.readAllLines(MEMORY), limit);
        } catch (IOException unreadable) {
            return available(List.of(), limit);
        }
    }

    static long available(List<String> memory, long limit) {
        long available = memory.stream()
                .map(AVAILABLE::matcher)
                .filter(Matcher::matches)
                .mapToLong(line -> Long.parseLong(line.group(1)) >> 10)
                .findFirst()
                .orElse(limit);
        return Math.max(0, Math.min(available, limit) - RESERVE);
    }
}
