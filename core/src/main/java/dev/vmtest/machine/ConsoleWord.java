package dev.vmtest.machine;

/**
 * Tell of a text that decides about a boot, said by somebody whose word about it does not count.
 *
 * @param meaning what it would mean in the right mouth
 * @param utterance who said it, and how
 * @param line the number of the console's line that ended it
 */
public record ConsoleWord(String meaning, Utterance utterance, long line) {

    private static final int LONGEST = 200;

    /** Return one sentence for people. */
    public String text() {
        String said = utterance.text().strip();
        return "line %d: '%s' is the word of %s and counts as no %s"
                .formatted(
                        line,
                        said.length() <= LONGEST ? said : said.substring(0, LONGEST) + "…",
                        utterance.speaker().text(),
                        meaning);
    }
}
