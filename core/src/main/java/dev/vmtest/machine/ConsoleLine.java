package dev.vmtest.machine;

import dev.vmtest.text.Printable;
import java.time.Duration;

/**
 * Hold one line that a guest wrote to its serial console.
 *
 * @param at when it was complete, since the machine's start
 * @param number its number in this boot, from 1
 * @param text the line without its end, safe to show on a terminal (see {@link Printable#console})
 */
public record ConsoleLine(Duration at, long number, String text) {}
