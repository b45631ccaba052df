package dev.vmtest.result;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import org.apiguardian.api.API;

/** Say how a test ended, in one of nine words that never blur into each other. */
@API(status = API.Status.MAINTAINED, since = "0.1.0")
public enum Verdict {
    /** The installer worked and every check holds. */
    PASSED("passed", 0),
    /** The system was installed, booted and questioned, and at least one check does not hold. */
    FAILED("failed", 1),
    /** The installer did not finish, or the two witnesses of its success disagree. */
    INSTALL_FAILED("install-failed", 1),
    /** The installed system did not boot, or did not deliver the facts of this run. */
    BOOT_FAILED("boot-failed", 1),
    /** The host is to blame; nothing was learned about the installer. */
    INFRASTRUCTURE("infrastructure", 3),
    /** Nothing was run, for the reason given. */
    SKIPPED("skipped", 0),
    /** Nothing was run: an earlier run has passed it, and nothing that it depends on has changed since. */
    UNCHANGED("unchanged", 0),
    /** It failed exactly as a known issue says. */
    EXPECTED_FAILURE("expected-failure", 0),
    /** It passed although a known issue says that it fails. */
    UNEXPECTED_PASS("unexpected-pass", 1);

    private final String text;
    private final int exitStatus;

    Verdict(String text, int exitStatus) {
        this.text = text;
        this.exitStatus = exitStatus;
    }

    /** Return the word used in results and on the terminal. */
    @JsonValue
    public String text() {
        return text;
    }

    /** Return the exit status that a run with only this verdict ends with. */
    public int exitStatus() {
        return exitStatus;
    }

    /**
     * Return the verdict with a word.
     *
     * @throws IllegalArgumentException if no verdict has it
     */
    @JsonCreator
    public static Verdict of(String text) {
        for (Verdict verdict : values()) {
            if (verdict.text.equals(text)) {
                return verdict;
            }
        }
        throw new IllegalArgumentException("no verdict is called '" + text + "'");
    }
}
