package dev.vmtest.report;

import dev.vmtest.publish.LiveChange;
import dev.vmtest.publish.LiveServer;
import dev.vmtest.report.PageView.Count;
import dev.vmtest.result.Announced;
import dev.vmtest.result.RunEvent;
import dev.vmtest.result.RunResults;
import dev.vmtest.result.TestResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Show a run while it goes on, from what it writes into its directory, whether this host or an engine carries it out: the
 * page of its report, and what changes on it.
 *
 * <p>Whoever has it calls {@link #look} again and again: a network file system tells nobody of changes. Safe for use by
 * several threads.
 */
public final class LiveReport implements LiveServer.Source, AutoCloseable {

    private static final String HTML = "text/html; charset=utf-8";
    private static final String PART = "part/";
    private static final String GOES_ON = "The run goes on, and this page with it.";
    private static final String IS_OVER = "The run is over; this page stays as it is.";

    private final Path topdir;
    private final InstantSource clock;
    private final double began;
    private final Map<String, LiveTest> tests = new LinkedHashMap<>();
    private final EventTail ended;
    private RunResults results;
    private FileStamp begunRead = FileStamp.NONE;
    private boolean isOver;
    private boolean isTold;
    private double heardTold;
    private long number;

    private LiveReport(Path topdir, RunResults kept, InstantSource clock) {
        this.topdir = topdir;
        this.clock = clock;
        this.ended = EventTail.ofEnded(topdir);
        this.began = now();
        this.results = withTests(kept, List.of());
    }

    /**
     * Begin to follow a run, or one that is over.
     *
     * @throws IOException if the directory is none of a run, or cannot be read
     */
    public static LiveReport of(Path topdir, InstantSource clock) throws IOException {
        Path absolute = topdir.toAbsolutePath().normalize();
        LiveReport live = new LiveReport(absolute, KeptRun.read(topdir), clock);
        var unused = live.look();
        return live;
    }

    /** Return whether the run has ended and written its report. */
    public synchronized boolean isOver() {
        return isOver;
    }

    /** Return how the run stands, in a sentence. */
    public synchronized String headline() {
        if (isOver) {
            return HtmlReport.headline(results);
        }
        long running = count(LiveTest.RUNNING);
        return results.tests().size() + " of " + ResultText.count(tests.size(), "test") + " ended, " + running
                + " running, " + count(LiveTest.WAITING) + " waiting";
    }

    /**
     * Look at what the run has written since the last call, and return what has changed by it.
     *
     * @throws IOException if something of the run cannot be read any more
     */
    public synchronized List<LiveChange> look() throws IOException {
        number++;
        if (!isOver) {
            readBegun();
            readResults();
            boolean hasEngine = Files.isDirectory(ReportFiles.engine(topdir), LinkOption.NOFOLLOW_LINKS);
            for (LiveTest test : tests.values()) {
                if (test.result().isEmpty()) {
                    test.follow(topdir, hasEngine);
                }
            }
        }
        return changes(tests.values().stream().filter(LiveTest::takeChanged).toList());
    }

    private void readBegun() throws IOException {
        FileStamp there = FileStamp.of(ReportFiles.begun(topdir));
        if (there.isThere() && !there.equals(begunRead)) {
            RunBegun begun = ResultFiles.readBegun(ReportFiles.begun(topdir));
            begunRead = there;
            begun.announced().forEach(this::test);
        }
    }

    /** A run keeps how each test ended, and writes its page last; then that list is gone. */
    private void readResults() throws IOException {
        FileStamp page = FileStamp.of(ReportFiles.page(topdir));
        if (!page.isThere()) {
            List<RunEvent.TestFinished> news = new ArrayList<>();
            ended.read(event -> {
                if (event instanceof RunEvent.TestFinished finished) {
                    news.add(finished);
                }
            });
            end(news.stream().map(RunEvent.TestFinished::result).toList());
            return;
        }
        RunResults read = KeptRun.read(topdir);
        end(read.tests());
        results = new RunResults(
                read.vmtest(), read.started(), read.seconds(), read.accelerator(), results.tests(), read.origin());
        isOver = true;
    }

    private void end(List<TestResult> news) throws IOException {
        for (TestResult result : news) {
            TestResult inside = inside(result);
            test(announced(inside)).ended(inside);
        }
        results = withTests(
                results,
                tests.values().stream().flatMap(test -> test.result().stream()).toList());
    }

    /** Return a result whose directory lies in the run's own: no other is looked into. */
    private TestResult inside(TestResult result) {
        Path directory = ReportFiles.testDirectory(topdir, result.directory());
        return directory.startsWith(topdir) && !directory.equals(topdir) ? result : result.in("not-in-this-directory");
    }

    private static Announced announced(TestResult result) {
        return new Announced(
                result.name(), result.release(), result.installer(), result.directory(), result.reproduce());
    }

    private LiveTest test(Announced announced) {
        return tests.computeIfAbsent(KeptRun.key(announced), key -> new LiveTest("t" + (tests.size() + 1), announced));
    }

    private List<LiveChange> changes(List<LiveTest> changed) {
        List<LiveChange> changes = new ArrayList<>();
        double now = now();
        for (LiveTest test : changed) {
            changes.add(change("row", test.row(number, now)));
        }
        if (!changes.isEmpty() || isOver != isTold || heard() > heardTold) {
            changes.add(run(now));
            isTold = isOver;
            heardTold = heard();
        }
        return changes;
    }

    /** Return when the last word of a guest or of the run came, in seconds since the epoch. */
    private double heard() {
        return tests.values().stream().mapToDouble(LiveTest::heardAt).max().orElse(0);
    }

    /** Hold what a live page shows of the run: how long nothing was heard of it, in seconds, and whether it is over. */
    private record LiveState(double silence, boolean over) {}

    private LiveChange run(double now) {
        double heard = heard();
        return change("run", new LiveState(Math.max(0, now - (heard > 0 ? heard : began)), isOver));
    }

    private static LiveChange change(String name, Object data) {
        return new LiveChange(name, Json.LINES.writeValueAsString(data));
    }

    @Override
    public synchronized List<LiveChange> current() {
        double now = now();
        List<LiveChange> all = new ArrayList<>();
        tests.values().forEach(test -> all.add(change("row", test.row(number, now))));
        all.add(run(now));
        return all;
    }

    @Override
    public synchronized Optional<LiveServer.Page> page(String path) throws IOException {
        if (path.isEmpty()) {
            return Optional.of(new LiveServer.Page(HTML, HtmlReport.rendered("report.jte", view(true))));
        }
        if (path.equals(PART + "run")) {
            return Optional.of(new LiveServer.Page(HTML, HtmlReport.rendered("parts.jte", view(false))));
        }
        if (path.startsWith(PART)) {
            String id = path.substring(PART.length());
            return tests.values().stream()
                    .filter(test -> test.id().equals(id))
                    .findFirst()
                    .map(test -> new LiveServer.Page(
                            HTML, HtmlReport.rendered("part.jte", test.view(TestViews.served(topdir), now()))));
        }
        return ServedFiles.find(
                topdir,
                path,
                results.tests().stream()
                        .map(test -> ReportFiles.testDirectory(topdir, test.directory()))
                        .toList());
    }

    private PageView view(boolean withTests) {
        double now = now();
        TestViews views = TestViews.served(topdir);
        List<TestResult> ended = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        List<TestView> shown = new ArrayList<>();
        for (LiveTest test : tests.values()) {
            if (withTests) {
                shown.add(test.view(views, now));
            }
            test.result().ifPresent(result -> {
                ended.add(result);
                ids.add(test.id());
            });
        }
        List<Count> counts = new ArrayList<>(HtmlReport.counts(results));
        add(counts, LiveTest.RUNNING, "▶");
        add(counts, LiveTest.WAITING, "…");
        return HtmlReport.page(
                headline(),
                results,
                counts,
                shown,
                new PageView.Overview(Matrix.of(ended, ids), Timeline.of(topdir, results, ended, ids)),
                isOver ? IS_OVER : GOES_ON,
                !isOver);
    }

    private void add(List<Count> counts, String state, String sign) {
        int number = (int) count(state);
        if (number > 0) {
            counts.add(new Count(state, "live", sign, number));
        }
    }

    private long count(String state) {
        return tests.values().stream()
                .filter(test -> test.state().equals(state))
                .count();
    }

    private static RunResults withTests(RunResults run, List<TestResult> tests) {
        return new RunResults(run.vmtest(), run.started(), run.seconds(), run.accelerator(), tests, run.origin());
    }

    private double now() {
        return clock.millis() / 1000.0;
    }

    @Override
    public synchronized void close() throws IOException {
        for (LiveTest test : tests.values()) {
            test.close();
        }
        ended.close();
    }
}
