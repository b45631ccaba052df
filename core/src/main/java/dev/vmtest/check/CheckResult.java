package dev.vmtest.check;

/**
 * Hold what a check found.
 *
 * @param name the check's name, such as {@code partition disk-a-part2: size}
 * @param source who asked for it: {@code file:line:column} of the YAML, or {@code Class.method}
 * @param verdict how it ended
 * @param message what was expected and what was found; one line
 * @param evidence the collected data that the verdict rests on; may be empty
 */
public record CheckResult(String name, String source, CheckVerdict verdict, String message, String evidence) {

    /** Return whether the system is as the check expects. */
    public boolean passed() {
        return verdict == CheckVerdict.PASSED;
    }
}
