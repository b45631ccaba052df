package dev.vmtest.machine;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * Name a text that means something when one of certain speakers says it on a console. In anybody else's mouth it is
 * only a word.
 *
 * @param name what it means, in a few words that a report can show
 * @param speakers whose word counts
 * @param words what is looked for: at the beginning of what the kernel or a program says, and anywhere in text without
 *     a name, which may follow a status line or a drawing of the boot loader's
 */
public record ConsolePattern(String name, Set<Speaker> speakers, Pattern words) {

    public ConsolePattern {
        speakers = Set.copyOf(speakers);
    }

    static ConsolePattern of(String name, Set<Speaker> speakers, String expression) {
        return new ConsolePattern(name, speakers, Pattern.compile(expression));
    }

    /** Say whether somebody whose word counts says it. */
    public boolean matches(Utterance utterance) {
        return switch (utterance.speaker()) {
            case KERNEL, PROGRAM ->
                speakers.contains(utterance.speaker())
                        && words.matcher(utterance.text()).lookingAt();
            case BOOT_LOADER, INITRAMFS, UNNAMED ->
                speakers.contains(utterance.speaker())
                        && words.matcher(utterance.text()).find();
            case ANYBODY -> words.matcher(utterance.text()).find();
        };
    }

    /**
     * Say whether somebody says it whose word does not count. What the kernel says of its own end
     * ({@code ---[ end Kernel panic}) is none of these.
     */
    public boolean isOnlyAWord(Utterance utterance) {
        return !matches(utterance)
                && !utterance.text().startsWith("---[")
                && words.matcher(utterance.text()).find();
    }
}
