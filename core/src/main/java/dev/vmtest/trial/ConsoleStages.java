package dev.vmtest.trial;

import dev.vmtest.image.EphemeralBoot;
import dev.vmtest.machine.ConsoleLine;
import dev.vmtest.result.PhaseResult;
import dev.vmtest.seed.FirstBootSeed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Work out from a guest's console how long each part of its boot took.
 *
 * <p>What ends a part is a line, and lines come in one order; the time of a part whose line never
 * comes belongs to the next. A guest can print what it likes: it can only make its own times look odd.
 * Thread-safe.
 */
final class ConsoleStages {

    private static final Pattern BOOT_LOADER = Pattern.compile("GRUB loading|Welcome to GRUB");
    private static final Pattern KERNEL = Pattern.compile("\\bLinux version [0-9]");
    private static final Pattern INIT = Pattern.compile("Run /\\S+ as init process");
    private static final Pattern SYSTEMD = Pattern.compile("systemd\\[1\\]: |Welcome to .*GNU/Linux");

    private final List<Mark> marks;
    private final List<PhaseResult.Stage> stages = new ArrayList<>();
    private int next;
    private double last;

    /**
     * Say what ends a part.
     *
     * @param stage the part that is over
     * @param line found in the line that says so
     */
    private record Mark(String stage, Pattern line) {}

    private ConsoleStages(Mark... marks) {
        this.marks = List.of(marks);
    }

    /** Follow a kernel that QEMU loads, to its systemd. */
    static ConsoleStages ofDirectKernel() {
        return new ConsoleStages(
                new Mark("firmware", KERNEL), new Mark("kernel", INIT), new Mark("initramfs", SYSTEMD));
    }

    /** Follow a machine that was resumed until all its disks and NICs are there. */
    static ConsoleStages ofResumption() {
        return new ConsoleStages(
                new Mark("resume", literal(EphemeralBoot.RESUMED)),
                new Mark("hardware", literal(EphemeralBoot.HARDWARE)));
    }

    /** Follow a boot from disk to the collected data. */
    static ConsoleStages ofFirstBoot() {
        return new ConsoleStages(
                new Mark("firmware", BOOT_LOADER),
                new Mark("boot loader", KERNEL),
                new Mark("kernel", INIT),
                new Mark("initramfs", SYSTEMD),
                new Mark("userspace", literal(FirstBootSeed.COLLECTING)),
                new Mark("collect", literal(FirstBootSeed.COLLECTED)));
    }

    private static Pattern literal(String text) {
        return Pattern.compile(Pattern.quote(text));
    }

    /** Hear a line. */
    synchronized void line(ConsoleLine line) {
        line.said().forEach(utterance -> hear(utterance.text(), line));
    }

    private void hear(String text, ConsoleLine line) {
        for (int index = next; index < marks.size(); index++) {
            if (marks.get(index).line().matcher(text).find()) {
                next = index + 1;
                end(marks.get(index).stage(), seconds(line.at()));
                return;
            }
        }
    }

    /** End a part at a time that the console does not tell, in seconds from the machine's start. */
    synchronized void end(String stage, double at) {
        if (at >= last) {
            stages.add(new PhaseResult.Stage(stage, round(at - last)));
            last = at;
        }
    }

    /** Return the parts that are over, in their order. */
    synchronized List<PhaseResult.Stage> stages() {
        return List.copyOf(stages);
    }

    static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }

    static double round(double seconds) {
        return Math.round(seconds * 1000) / 1000.0;
    }
}
