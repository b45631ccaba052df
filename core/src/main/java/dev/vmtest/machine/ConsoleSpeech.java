package dev.vmtest.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tell the speakers of a console apart.
 *
 * <p>The kernel writes a record whenever it likes, also into the middle of a line that a program is just writing; the
 * rest of that line comes behind the record's end. So what stands before such a record is kept until its rest comes,
 * and both are one again. Not thread-safe.
 */
final class ConsoleSpeech {

    /**
     * The kernel's stamp: seconds with microseconds, with {@code CONFIG_PRINTK_CALLER} the thread or processor behind
     * it, and with {@code console_msg_format=syslog} the level before it (kernel/printk/printk.c, info_print_prefix).
     */
    private static final Pattern STAMP =
            Pattern.compile("(?:<\\d{1,3}>)?\\[ {0,11}(\\d{1,9}\\.\\d{1,6})](?:\\[ {0,11}[TC]\\d{1,10}])? ");

    /** The name of a program with its process, as syslog has it; also {@code (udev-worker)[139]: }. */
    private static final Pattern NAME = Pattern.compile("[^\\s\\[\\]:]{1,64}\\[\\d{1,10}]: ?");

    /** A device manager runs, and speaks, in an initramfs, too. */
    private static final Pattern ALSO_EARLY = Pattern.compile("(?:systemd-)?udevd?\\[|\\(udev-worker\\)\\[");

    /** What only an init writes to the console: status lines, and its greeting (systemd, show_status). */
    private static final Pattern INIT = Pattern.compile("\\[(?:  OK  |FAILED|DEPEND)] |Welcome to (?!GRUB)");

    private static final Pattern KERNEL_BEGINS = Pattern.compile("Linux version \\d");

    /**
     * How much older than the newest stamp one may be that begins inside a line, in seconds: journald's clock and the
     * kernel's differ a little. What is older is a quotation.
     */
    private static final double SLACK = 5;

    private String open = "";
    private long openNumber;
    private double newest;
    private boolean kernelSpoke;
    private boolean kernelStampsNothing;
    private boolean initSpoke;

    /**
     * Take a complete line of the console.
     *
     * @return what was completed by it: nothing, one utterance, or two
     */
    List<Utterance> line(String text, long number) {
        List<Utterance> complete = new ArrayList<>();
        String own = isRecord(text) ? "" : open;
        long begin = own.isEmpty() ? number : openNumber;
        int cut = interruption(text);
        if (cut < 0) {
            complete.add(heard(joined(own, text), begin));
            open = own.isEmpty() ? open : "";
            note(text);
            return complete;
        }
        String before = joined(own, text.substring(0, cut));
        Utterance record = utterance(text.substring(cut), number);
        // Firmware is gone when the kernel begins, and one line at a time is put together.
        if (KERNEL_BEGINS.matcher(record.text()).lookingAt() || (own.isEmpty() && !open.isEmpty())) {
            complete.add(heard(before, begin));
        } else {
            open = before;
            openNumber = begin;
        }
        note(text);
        complete.add(heard(text.substring(cut), number));
        note(text.substring(cut));
        return complete;
    }

    /**
     * Return what is being said: an open line without what the kernel said into it, and the kernel's unfinished record.
     *
     * @param text the unfinished line of the console; may be empty
     */
    List<Utterance> unfinished(String text, long number) {
        List<Utterance> begun = new ArrayList<>();
        String own = isRecord(text) ? "" : open;
        if (own.isEmpty() && !open.isEmpty()) {
            begun.add(utterance(open, openNumber));
        }
        int cut = interruption(text);
        String mine = joined(own, cut < 0 ? text : text.substring(0, cut));
        if (!mine.isEmpty()) {
            begun.add(utterance(mine, own.isEmpty() ? number : openNumber));
        }
        if (cut >= 0) {
            begun.add(utterance(text.substring(cut), number));
        }
        return begun;
    }

    /** Say whether a line is somebody's from its start, and not the rest of one that was interrupted. */
    private boolean isRecord(String text) {
        Matcher stamp = STAMP.matcher(text);
        return stamp.lookingAt() && (open.isEmpty() || isTimely(stamp));
    }

    /** Return where in a line the kernel began to talk into it, or -1. */
    private int interruption(String text) {
        Matcher stamp = STAMP.matcher(text);
        int from = stamp.lookingAt() ? stamp.end() : 0;
        double atStart = from > 0 ? seconds(stamp) : newest;
        for (boolean found = stamp.find(from); found; found = stamp.find()) {
            boolean isTimely = seconds(stamp) >= Math.max(newest, atStart) - SLACK;
            if (stamp.start() > 0 && isTimely && !quotes(text, from, stamp.start())) {
                return stamp.start();
            }
        }
        return -1;
    }

    /** Say whether all that stands before a stamp is a program's name: it quotes the kernel from the line's start. */
    private static boolean quotes(String text, int from, int stamp) {
        return text.charAt(stamp - 1) == ' '
                && NAME.matcher(text).region(from, stamp).matches();
    }

    private boolean isTimely(Matcher stamp) {
        return seconds(stamp) >= newest - SLACK;
    }

    private static double seconds(Matcher stamp) {
        return Double.parseDouble(stamp.group(1));
    }

    /** Remember the time that a line tells. */
    private void note(String text) {
        Matcher stamp = STAMP.matcher(text);
        if (stamp.lookingAt()) {
            newest = seconds(stamp);
        }
    }

    /** Take note of a complete utterance: whoever has spoken is there from now on. */
    private Utterance heard(String text, long number) {
        Utterance utterance = utterance(text, number);
        String said = utterance.text();
        boolean isStamped = STAMP.matcher(text).lookingAt();
        switch (utterance.speaker()) {
            case KERNEL, BOOT_LOADER, INITRAMFS, UNNAMED, ANYBODY -> {
                if (KERNEL_BEGINS.matcher(said).lookingAt()) {
                    kernelStampsNothing = !isStamped;
                    kernelSpoke = true;
                    initSpoke = false;
                }
                initSpoke |= !isStamped && INIT.matcher(said).lookingAt();
            }
            case PROGRAM -> initSpoke |= !ALSO_EARLY.matcher(said).lookingAt();
        }
        kernelSpoke |= isStamped || initSpoke;
        return utterance;
    }

    private Utterance utterance(String text, long number) {
        Matcher stamp = STAMP.matcher(text);
        boolean isStamped = stamp.lookingAt();
        String said = isStamped ? text.substring(stamp.end()) : text;
        return new Utterance(speaker(said, isStamped), said, number);
    }

    private Speaker speaker(String said, boolean isStamped) {
        if (NAME.matcher(said).lookingAt()) {
            return Speaker.PROGRAM;
        }
        if (isStamped) {
            return Speaker.KERNEL;
        }
        if (kernelStampsNothing) {
            return Speaker.ANYBODY;
        }
        if (!kernelSpoke) {
            return Speaker.BOOT_LOADER;
        }
        return initSpoke ? Speaker.UNNAMED : Speaker.INITRAMFS;
    }

    /** Put a line together, with a bound for those that are interrupted for ever. */
    private static String joined(String before, String after) {
        String all = before + after;
        return all.length() <= Console.LONGEST_LINE ? all : all.substring(0, Console.LONGEST_LINE);
    }
}
