package dev.vmtest.check;

/**
 * Hold what an expectation found in the facts.
 *
 * @param verdict how it ended
 * @param message what was expected and what was found; one line
 * @param evidence the collected data that the verdict rests on; may be empty
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

    /** Compare two values of one thing by their texts. */
    static Outcome equal(String what, Object expected, Object actual) {
        return expected.equals(actual)
                ? passed(what + " is " + expected)
                : failed(what + " should be " + expected + " but is " + actual);
    }
}
