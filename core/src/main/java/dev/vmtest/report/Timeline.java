package dev.vmtest.report;

import dev.vmtest.result.RunResults;
import dev.vmtest.result.TestResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import tools.jackson.core.JacksonException;

/**
 * Hold when each test of a run ran, as text that only needs escaping: who waited for whom, and what stood idle.
 *
 * @param bars one for each test whose log says when it began, the first to begin first
 */
record Timeline(List<Bar> bars) {

    /** The first line of a log is short; a longer one was not written by a run. */
    private static final int LONGEST_LINE = 64 << 10;

    private static final double SMALLEST_PERCENT = 0.2;

    Timeline {
        bars = List.copyOf(bars);
    }

    /**
     * Hold one test.
     *
     * @param id of the test's part of the page
     * @param left where it begins, in per cent of the run
     * @param width how long it takes, in per cent of the run
     * @param label its title, when it began and how long it took
     */
    record Bar(String id, String title, String tone, String left, String width, String label) {}

    /** Return whether it says more than a list of the tests. */
    boolean isWorthShowing() {
        return bars.size() > 1;
    }

    /**
     * Make it.
     *
     * @param tests of the run
     * @param ids their ids on the page, in the same order
     */
    static Timeline of(Path topdir, RunResults run, List<TestResult> tests, List<String> ids) {
        record Span(TestResult test, String id, double begin) {}
        List<Span> spans = new ArrayList<>();
        for (int index = 0; index < tests.size(); index++) {
            TestResult test = tests.get(index);
            String id = ids.get(index);
            begin(ReportFiles.testDirectory(topdir, test.directory()))
                    .ifPresent(begin -> spans.add(new Span(test, id, begin)));
        }
        double first = Math.min(
                started(run), spans.stream().mapToDouble(Span::begin).min().orElse(Double.POSITIVE_INFINITY));
        double last = spans.stream()
                .mapToDouble(span -> span.begin() + span.test().seconds())
                .max()
                .orElse(first);
        double all = Math.max(1, Math.max(last - first, run.seconds()));
        return new Timeline(spans.stream()
                .sorted(Comparator.comparingDouble(Span::begin))
                .map(span -> new Bar(
                        span.id(),
                        span.test().title(),
                        HtmlReport.tone(span.test().verdict()),
                        percent((span.begin() - first) / all * 100),
                        percent(Math.max(SMALLEST_PERCENT, span.test().seconds() / all * 100)),
                        span.test().title() + ", from " + Durations.clock(span.begin() - first) + " on, for "
                                + Durations.text(span.test().seconds())))
                .toList());
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f", Math.max(0, Math.min(100, share)));
    }

    private static double started(RunResults run) {
        try {
            return Instant.parse(run.started()).toEpochMilli() / 1000.0;
        } catch (DateTimeParseException unknown) {
            return Double.POSITIVE_INFINITY;
        }
    }

    /** Return when a test began, in seconds since the epoch, as the first event in its log has it. */
    private static OptionalDouble begin(Path testDirectory) {
        Path events = ReportFiles.events(testDirectory);
        if (!Files.isRegularFile(events, LinkOption.NOFOLLOW_LINKS)) {
            return OptionalDouble.empty();
        }
        try (InputStream stream = Files.newInputStream(events)) {
            String line = new String(stream.readNBytes(LONGEST_LINE), StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("");
            double at = Json.LINES.readTree(line).path("at").asDouble(-1);
            return at > 0 ? OptionalDouble.of(at) : OptionalDouble.empty();
        } catch (IOException | JacksonException unreadable) {
            // The page says elsewhere what cannot be read; without a beginning there is no bar.
            return OptionalDouble.empty();
        }
    }
}
