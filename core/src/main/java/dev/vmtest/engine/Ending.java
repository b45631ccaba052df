package dev.vmtest.engine;

/**
 * Say that what an engine started for an attempt has ended.
 *
 * @param attempt the attempt
 * @param how in a few words, such as {@code exit status 255}
 * @param isWhole whether the unit ended by itself, so that it has left its result; otherwise its host, its scheduler or
 *     somebody else ended it
 */
public record Ending(Attempt attempt, String how, boolean isWhole) {}
