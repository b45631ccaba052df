package dev.vmtest.bench;

import dev.vmtest.report.ReportFiles;
import dev.vmtest.result.RunResults;
import dev.vmtest.result.TestResult;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * Work out how much of its processors a run used while tests remained that could have used them: until the last one began.
 */
final class BusyProcessors {

    private static final JsonMapper JSON = new JsonMapper();

    private BusyProcessors() {}

    /**
     * Hold when a test had a machine.
     *
     * @param begin in seconds since the epoch
     * @param end likewise
     */
    record Span(double begin, double end) {}

    /**
     * Read when the tests of a run ran.
     *
     * @throws IOException if a test's log of events cannot be read
     */
    static List<Span> spans(Path topdir, RunResults results) throws IOException {
        List<Span> spans = new ArrayList<>();
        for (TestResult test : results.tests()) {
            Path events = ReportFiles.events(ReportFiles.testDirectory(topdir, test.directory()));
            try (BufferedReader lines = Files.newBufferedReader(events)) {
                double begin = JSON.readTree(lines.readLine()).path("at").asDouble(-1);
                if (begin <= 0) {
                    throw new IOException(events + " does not begin with the time at which the test did");
                }
                spans.add(new Span(begin, begin + test.seconds()));
            }
        }
        return spans;
    }

    /**
     * Return the share of the processors that tests had.
     *
     * @param spans of tests whose machines have one processor each
     * @param processors how many the run had
     * @throws IllegalStateException if no test had to wait for another
     */
    static double share(List<Span> spans, int processors) {
        double first = spans.stream().mapToDouble(Span::begin).min().orElse(0);
        double last = spans.stream().mapToDouble(Span::begin).max().orElse(0);
        if (last <= first) {
            throw new IllegalStateException("no test waited for another, so nothing is known of what stood idle");
        }
        double used = spans.stream()
                .mapToDouble(span -> Math.min(span.end(), last) - span.begin())
                .sum();
        return used / (processors * (last - first));
    }
}
