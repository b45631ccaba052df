package dev.vmtest.machine;

import dev.vmtest.text.Printable;
import java.time.Duration;
import java.util.List;

/**
 * Hold one line that a guest wrote to its serial console.
 *
 * @param at when it was complete, since the machine's start
 * @param number its number in this boot, from 1
 * @param text the line without its end, safe to show on a terminal (see {@link Printable#console})
 * @param said what somebody had said completely with it: nothing where the kernel's record is all that ended,
 *     more than one where it interrupted somebody; what a text means is looked for here, not in {@code text}
 */
public record ConsoleLine(Duration at, long number, String text, List<Utterance> said) {

    public ConsoleLine {
        said = List.copyOf(said);
    }

    /** Hold a line that nothing came before. */
    public ConsoleLine(Duration at, long number, String text) {
        this(at, number, text, new ConsoleSpeech().line(text, number));
    }
}
