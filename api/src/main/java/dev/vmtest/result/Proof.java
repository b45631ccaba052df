package dev.vmtest.result;

/**
 * Name the earlier pass for whose sake a test was not run again: nothing that its result depends on has changed since.
 *
 * @param key the hash of what the result depends on, of the pass and of now
 * @param at when it passed, ISO 8601 in UTC
 * @param run when the run began in which it passed, ISO 8601 in UTC
 * @param directory where that run put its results; it may be gone, or on another host
 * @param host where that was
 */
public record Proof(String key, String at, String run, String directory, String host) {

    /** There is none: what the result says was found out by the run itself. */
    public static final Proof NONE = new Proof("", "", "", "", "");
}
