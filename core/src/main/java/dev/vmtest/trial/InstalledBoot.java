package dev.vmtest.trial;

import dev.vmtest.result.Phase;
import dev.vmtest.testcase.TestCase;
import java.util.List;

/**
 * List the boots of what was installed, in their order. Each has its own seed, console and facts; whoever adds a boot
 * says here when a test has it.
 */
enum InstalledBoot {
    /** Sets up what is set up once, and is asked for its facts. */
    FIRST(Phase.BOOT, "", "first boot"),
    /** Shows that the machine comes back as it was: nothing is set up, it is only asked for its facts again. */
    SECOND(Phase.SECOND_BOOT, "-second-boot", "second boot");

    private final Phase phase;
    private final String suffix;
    private final String words;

    InstalledBoot(Phase phase, String suffix, String words) {
        this.phase = phase;
        this.suffix = suffix;
        this.words = words;
    }

    /** Return the boots of a test. */
    static List<InstalledBoot> of(TestCase test) {
        return test.config().vmtest().secondBoot() ? List.of(FIRST, SECOND) : List.of(FIRST);
    }

    /** Return the phase that it is, which names its logs. */
    Phase phase() {
        return phase;
    }

    /** Return what the names of its inputs and its facts end in; nothing for the first, whose names are old. */
    String suffix() {
        return suffix;
    }

    /** Return what people call it. */
    String words() {
        return words;
    }

    /** Return what comes before the names of its checks, so that each name is there once. */
    String checkPrefix() {
        return this == FIRST ? "" : words + ": ";
    }
}
