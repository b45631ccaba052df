package dev.vmtest.run;

/**
 * Record the outcome of one check as it is kept in {@code result.json}.
 *
 * @param name the element and what about it was checked
 * @param source {@code file:line:column} of the YAML that asked for it, or {@code class.method}
 * @param verdict {@code passed}, {@code failed} or {@code skipped}
 * @param message what was found, and what was expected where that is something else; empty if nobody says
 */
public record CheckRecord(String name, String source, String verdict, String message) {

    public static final String PASSED = "passed";
    public static final String FAILED = "failed";
    public static final String SKIPPED = "skipped";

    /** Return whether this check does not hold. */
    public boolean hasFailed() {
        return verdict.equals(FAILED);
    }
}
