package dev.vmtest.check;

import java.util.List;

/**
 * Hold what an expectation found in the facts.
 *
 * @param verdict how it ended
 * @param message what was expected and what was found; one line
 * @param evidence the collected data that the verdict rests on, or for a skipped one the
 *     names of the checks that may be the cause, one a line; may be empty
 */
record Outcome(CheckVerdict verdict, String message, String evidence) {

    static Outcome passed(String message) {
        return new Outcome(CheckVerdict.PASSED, message, "");
    }

    static Outcome passed(String message, String evidence) {
        return new Outcome(CheckVerdict.PASSED, message, evidence);
    }

    static Outcome failed(String message) {
        return new Outcome(CheckVerdict.FAILED, message, "");
    }

    static Outcome failed(String message, String evidence) {
        return new Outcome(CheckVerdict.FAILED, message, evidence);
    }

    /**
     * Say that a fault is one that another check reports, so that one fault is one failure.
     *
     * @param causes the names of the checks that may report it; if none has failed, this is a failure
     * @param message what is wrong here
     */
    static Outcome blocked(List<String> causes, String message) {
        return new Outcome(CheckVerdict.SKIPPED, message, String.join("\n", causes));
    }

    /** Say that what was found leaves nothing to judge. */
    static Outcome notJudged(String why) {
        return new Outcome(CheckVerdict.NOT_JUDGED, "not judged: " + why, "");
    }

    /** Compare two values of one thing by their texts. */
    static Outcome equal(String what, Object expected, Object actual) {
        return expected.equals(actual)
                ? passed(what + " is " + expected)
                : failed(what + " should be " + expected + " but is " + actual);
    }
}
