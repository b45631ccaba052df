package dev.vmtest.report;

import dev.vmtest.result.CheckRecord;
import dev.vmtest.result.Verdict;

/**
 * Hold how a test or a check stands, as a page shows it.
 *
 * @param verdict its word, or what a test does that has none yet
 * @param tone the class of style that fits it
 * @param sign a character that says the same as the tone
 */
record Standing(String verdict, String tone, String sign) {

    static Standing of(Verdict verdict) {
        return new Standing(verdict.text(), HtmlReport.tone(verdict), HtmlReport.sign(verdict));
    }

    static Standing of(CheckRecord check) {
        return new Standing(check.verdict(), CheckView.tone(check), CheckView.sign(check));
    }
}
