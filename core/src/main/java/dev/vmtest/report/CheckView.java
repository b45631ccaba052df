package dev.vmtest.report;

import dev.vmtest.result.CheckRecord;
import java.util.List;

/**
 * Hold what a page shows of a check, as text that only needs escaping.
 *
 * @param standing how it ended
 * @param source what asks for it
 * @param href a link to that line on the page; empty if it is not there
 * @param context the lines around it, where they are shown beside the check
 */
record CheckView(
        Standing standing, String name, String source, String href, List<AskedText.Line> context, String message) {

    CheckView {
        context = List.copyOf(context);
    }

    static CheckView of(CheckRecord check, AskedText asked, boolean withContext) {
        return new CheckView(
                Standing.of(check),
                check.name(),
                check.source(),
                asked.href(check),
                withContext ? asked.context(check) : List.of(),
                check.message());
    }

    static String tone(CheckRecord check) {
        return switch (check.verdict()) {
            case CheckRecord.PASSED -> "good";
            case CheckRecord.SKIPPED, CheckRecord.NOT_JUDGED -> "held";
            default -> "bad";
        };
    }

    static String sign(CheckRecord check) {
        return switch (check.verdict()) {
            case CheckRecord.PASSED -> "✓";
            case CheckRecord.SKIPPED, CheckRecord.NOT_JUDGED -> "–";
            default -> "✗";
        };
    }
}
