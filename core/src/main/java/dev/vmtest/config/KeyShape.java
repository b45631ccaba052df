package dev.vmtest.config;

import java.util.List;

/** Say what a reader takes the value of a key for. */
public sealed interface KeyShape {

    /** Hand it on unread, or ask only whether it is there. */
    record Any() implements KeyShape {}

    /** Look at it by hand: it may have several forms. */
    record ByHand() implements KeyShape {}

    /** Take a text. */
    record Text() implements KeyShape {}

    /** Take a text or a number as it is written. */
    record Written() implements KeyShape {}

    /** Take a truth value, also written as 0 or 1. */
    record Flag() implements KeyShape {}

    /** Take a whole number between two bounds. */
    record Whole(int least, int most) implements KeyShape {}

    /** Take one of some words. */
    record OneOf(List<String> words) implements KeyShape {
        public OneOf {
            words = List.copyOf(words);
        }
    }

    /** Take a list of texts. */
    record Texts() implements KeyShape {}

    /** Take a text or a list of them. */
    record TextOrTexts() implements KeyShape {}

    /** Take a list of anything. */
    record Items() implements KeyShape {}

    /** Take a list of mappings. */
    record Mappings() implements KeyShape {}

    /** Take a mapping. */
    record Mapping() implements KeyShape {}

    /** Take a mapping of an author's names to texts. */
    record TextMap() implements KeyShape {}
}
