package dev.vmtest.session;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Hold how long the processors that this run may use have worked since the host was booted, and how much of it for the
 * run: this JVM and all that it has started. Times are in the ticks of {@code /proc}, of which only ratios are used.
 *
 * @param processors how many processors they are
 * @param all all their ticks
 * @param busy the ticks in which they worked for anybody, a hypervisor that took them included
 * @param own the ticks in which the run worked, anywhere
 */
record ProcessorTimes(int processors, long all, long busy, long own) {

    private static final int USER = 1;
    private static final int IDLE = 4;
    private static final int WAITING = 5;

    /** The last that counts: what follows is the time of guests, which is in the user's. */
    private static final int STOLEN = 8;

    /** Where, behind its name, a process says who started it, and the first of its four times. */
    private static final int PARENT = 1;

    private static final int TIMES = 11;

    /**
     * Read them.
     *
     * @param proc where the kernel tells of processes
     * @param pid this process
     * @throws IOException if they cannot be read
     */
    static ProcessorTimes read(Path proc, long pid) throws IOException {
        BitSet allowed = allowed(Files.readAllLines(proc.resolve(pid + "/status")));
        int processors = 0;
        long all = 0;
        long busy = 0;
        for (String line : Files.readAllLines(proc.resolve("stat"))) {
            String[] words = line.split(" +", -1);
            if (!words[0].matches("cpu\\d{1,6}") || !allowed.get(Integer.parseInt(words[0].substring(3)))) {
                continue;
            }
            processors++;
            for (int field = USER; field <= STOLEN && field < words.length; field++) {
                long ticks = Long.parseLong(words[field]);
                all += ticks;
                busy += field == IDLE || field == WAITING ? 0 : ticks;
            }
        }
        return new ProcessorTimes(processors, all, busy, own(proc, pid));
    }

    /** Return how many processors worked for others since an earlier moment, on average. */
    double othersSince(ProcessorTimes before) {
        long passed = all - before.all();
        if (passed <= 0) {
            return 0;
        }
        long others = (busy - before.busy()) - (own - before.own());
        return Math.max(0, (double) others * processors / passed);
    }

    private static BitSet allowed(List<String> status) {
        BitSet allowed = new BitSet();
        status.stream()
                .filter(line -> line.startsWith("Cpus_allowed_list:"))
                .flatMap(line ->
                        List.of(line.substring(line.indexOf(':') + 1).strip().split(",", -1)).stream())
                .forEach(range -> {
                    String[] ends = range.split("-", 2);
                    allowed.set(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]) + 1);
                });
        return allowed;
    }

    /** What a process has waited for is in its own times; so nothing is lost that ended between two looks. */
    private static long own(Path proc, long pid) throws IOException {
        Map<Long, Long> times = new HashMap<>();
        Map<Long, List<Long>> children = new HashMap<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path process : processes) {
                String[] fields = fields(process.resolve("stat"));
                if (fields.length <= TIMES + 3) {
                    continue;
                }
                long number = Long.parseLong(process.getFileName().toString());
                long ticks = 0;
                for (int field = TIMES; field <= TIMES + 3; field++) {
                    ticks += Long.parseLong(fields[field]);
                }
                times.put(number, ticks);
                children.computeIfAbsent(Long.parseLong(fields[PARENT]), parent -> new ArrayList<>())
                        .add(number);
            }
        }
        long own = 0;
        Deque<Long> left = new ArrayDeque<>(List.of(pid));
        while (!left.isEmpty()) {
            long next = left.pop();
            own += times.getOrDefault(next, 0L);
            left.addAll(children.getOrDefault(next, List.of()));
        }
        return own;
    }

    /** Return the fields behind a process's name, which may hold anything; none if it has ended. */
    private static String[] fields(Path stat) {
        try {
            String text = Files.readString(stat, StandardCharsets.ISO_8859_1);
            return text.substring(text.lastIndexOf(')') + 1).strip().split(" ", -1);
        } catch (IOException ended) {
            return new String[0];
        }
    }
}
