package dev.vmtest.machine;

import org.jspecify.annotations.Nullable;

/**
 * Say that a person attends a machine. Such a machine has no limits and no text on its console ends it:
 * it ends by itself or when the person leaves.
 *
 * @param terminal the person's terminal, which shows the serial console and types into it, or null
 * @param vnc where QEMU serves the graphical console, {@code HOST:DISPLAY}, or null
 */
public record Attendance(
        @Nullable ConsoleTerminal terminal, @Nullable String vnc) {}
