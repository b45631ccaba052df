package dev.vmtest.report;

import dev.vmtest.result.Announced;
import dev.vmtest.result.Phase;
import dev.vmtest.result.RunEvent;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.Unit;
import dev.vmtest.text.Printable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Follow one test of a run in progress, on whatever host it runs, from its announcement to its result. */
final class LiveTest implements AutoCloseable {

    static final String WAITING = "waiting";
    static final String RUNNING = "running";

    /** Attempts are numbered, and there are few. */
    private static final String NUMBER = "[1-9][0-9]{0,3}";

    private static final int LONGEST_WORD = 160;

    private final String id;
    private final Announced announced;
    private FileStamp log = FileStamp.NONE;
    private @Nullable EventTail tail;
    private boolean isStarted;
    private double startedAt;
    private @Nullable Phase phase;
    private double phaseAt;
    private double heardAt;
    private String said = "";
    private @Nullable TestResult result;
    private boolean isChanged = true;

    LiveTest(String id, Announced announced) {
        this.id = id;
        this.announced = announced;
    }

    String id() {
        return id;
    }

    Announced announced() {
        return announced;
    }

    Optional<TestResult> result() {
        return Optional.ofNullable(result);
    }

    /** Return when it was last heard, in seconds since the epoch; 0 if never. */
    double heardAt() {
        return heardAt;
    }

    /** Return a verdict, or what it does as long as it has none. */
    String state() {
        TestResult known = result;
        return known != null ? known.verdict().text() : isStarted ? RUNNING : WAITING;
    }

    /** Return whether it is another than when this was last asked. */
    boolean takeChanged() {
        boolean changed = isChanged;
        isChanged = false;
        return changed;
    }

    void ended(TestResult known) throws IOException {
        if (!known.equals(result)) {
            result = known;
            isChanged = true;
            close();
        }
    }

    /** Read what it has said since the last call. */
    void follow(Path topdir, boolean hasEngine) throws IOException {
        Path directory = directory(topdir, hasEngine);
        if (directory == null) {
            return;
        }
        FileStamp now = FileStamp.of(ReportFiles.events(directory));
        EventTail open = tail;
        if (open == null || (now.isThere() && !now.isSameFile(log))) {
            if (!now.isThere()) {
                return;
            }
            close();
            // It begins anew: on another host, or alone because the host was too busy.
            open = EventTail.of(directory);
            tail = open;
            log = now;
        }
        open.read(this::heard);
    }

    /** Return the directory whose log counts, the latest attempt's; null if there is none below the run's own. */
    private @Nullable Path directory(Path topdir, boolean hasEngine) throws IOException {
        Path root =
                hasEngine ? lastAttempt(topdir).map(ReportFiles::runOfAttempt).orElse(topdir) : topdir;
        Path directory = ReportFiles.testDirectory(root, announced.directory());
        return directory.startsWith(root) && !directory.equals(root) ? directory : null;
    }

    private Optional<Path> lastAttempt(Path topdir) throws IOException {
        Path attempts =
                ReportFiles.attempts(topdir, Unit.id(announced.name(), announced.release(), announced.installer()));
        if (!Files.isDirectory(attempts, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        Path last = null;
        int highest = 0;
        // To list a directory makes a network file system look at it again.
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(attempts)) {
            for (Path entry : entries) {
                String name = String.valueOf(entry.getFileName());
                if (name.matches(NUMBER) && Integer.parseInt(name) > highest) {
                    highest = Integer.parseInt(name);
                    last = entry;
                }
            }
        }
        return Optional.ofNullable(last);
    }

    private void heard(RunEvent event) {
        if (!event.test().equals(announced.title())) {
            return;
        }
        heardAt = Math.max(heardAt, event.at());
        if (event instanceof RunEvent.TestStarted started) {
            isStarted = true;
            startedAt = started.at();
            phase = null;
            say("");
        } else if (event instanceof RunEvent.PhaseStarted started) {
            phase = started.phase();
            phaseAt = started.at();
            say("");
        } else if (event instanceof RunEvent.Reported reported) {
            // Only its name: what an installer describes may hold more than is to be shown.
            say(reported.type() + " " + reported.name());
        }
    }

    private void say(String word) {
        said = Printable.cut(Printable.line(word), LONGEST_WORD);
        isChanged = true;
    }

    /** Return it as a page shows it. */
    TestView view(TestViews views, double now) {
        TestResult known = result;
        if (known != null) {
            return views.view(id, known);
        }
        LiveRow row = row(0, now);
        return TestView.unfinished(
                id,
                announced,
                new Standing(row.state(), row.tone(), row.sign()),
                isStarted ? Durations.clock(row.seconds()) : "",
                row.text());
    }

    /**
     * Return what its row shows.
     *
     * @param number of the look that found it so
     */
    LiveRow row(long number, double now) {
        TestResult known = result;
        if (known != null) {
            return new LiveRow(number, id, state(), HtmlReport.tone(known.verdict()), "", known.seconds(), "", 0, "");
        }
        Phase current = phase;
        return new LiveRow(
                number,
                id,
                state(),
                "live",
                isStarted ? "▶" : "…",
                isStarted ? Math.max(0, now - startedAt) : 0,
                current == null ? "" : current.text(),
                current == null ? 0 : Math.max(0, now - phaseAt),
                said);
    }

    @Override
    public void close() throws IOException {
        EventTail open = tail;
        tail = null;
        if (open != null) {
            open.close();
        }
    }
}
