package dev.vmtest.result;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.apiguardian.api.API;

/**
 * Record the outcome of one check as it is kept in {@code result.json}.
 *
 * @param name the element and what about it was checked
 * @param source {@code file:line:column} of the YAML that asked for it, or {@code class.method}
 * @param verdict {@code passed}, {@code failed}, {@code skipped} for what a failed check is the cause of, or
 *     {@code not-judged} for what the YAML asks for and no check holds
 * @param message what was found, and what was expected where that is something else; empty if nobody says
 */
@API(status = API.Status.MAINTAINED, since = "0.1.0")
public record CheckRecord(String name, String source, String verdict, String message) {

    public static final String PASSED = "passed";
    public static final String FAILED = "failed";
    public static final String SKIPPED = "skipped";
    public static final String NOT_JUDGED = "not-judged";

    /** The name of a record that is about a part of the YAML and about no element. */
    public static final String UNNAMED = "not judged";

    /** Record something that the YAML asks for and that no check holds. */
    public static CheckRecord notJudged(String source, String message) {
        return new CheckRecord(UNNAMED, source, NOT_JUDGED, message);
    }

    /** Return whether this check does not hold. */
    public boolean hasFailed() {
        return verdict.equals(FAILED);
    }

    /** Return whether this says only that nobody judged what the YAML asks for. */
    @JsonIgnore
    public boolean isNotJudged() {
        return verdict.equals(NOT_JUDGED);
    }
}
