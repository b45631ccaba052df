package dev.vmtest.report;

import dev.vmtest.result.Announced;
import dev.vmtest.result.CheckRecord;
import dev.vmtest.result.Evidence;
import dev.vmtest.result.Phase;
import dev.vmtest.result.PhaseResult;
import dev.vmtest.result.RunEvent;
import dev.vmtest.result.TestResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Gather from the events of one test how far it came, for a test that has no result because its run
 * was killed.
 *
 * <p>Mutable and confined to one thread.
 */
final class EventSummary {

    private static final int CONTEXT_LINES = 20;
    private static final Pattern TITLE = Pattern.compile("(.*) \\[([^\\[\\]]*)]");

    private final List<PhaseResult> phases = new ArrayList<>();
    private final List<CheckRecord> checks = new ArrayList<>();
    private final Deque<String> console = new ArrayDeque<>();
    private double firstAt = Double.POSITIVE_INFINITY;
    private double lastAt = Double.NEGATIVE_INFINITY;
    private double phaseAt;
    private String title = "";
    private String lastEvent = "";
    private @Nullable Phase phase;
    private @Nullable TestResult finished;

    private EventSummary() {}

    static EventSummary read(Path testDirectory) throws IOException {
        EventSummary summary = new EventSummary();
        RunEventLog.read(testDirectory, summary::add);
        return summary;
    }

    double firstAt() {
        return firstAt;
    }

    double lastAt() {
        return lastAt;
    }

    /**
     * Return the result that the test had or, if it was cut short, the one that says so; empty without events.
     *
     * @param announced the tests that the run named when it began; only they say how one is run again
     */
    Optional<TestResult> result(Path directory, List<Announced> announced) {
        if (finished != null) {
            return Optional.of(finished);
        }
        if (title.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(announced.stream()
                .filter(test -> test.title().equals(title))
                .findFirst()
                .orElseGet(this::unannounced)
                .interrupted(
                        lastAt - firstAt,
                        interruptedPhases(),
                        checks,
                        evidence(directory),
                        String.valueOf(directory.getFileName())));
    }

    /** A command that may not be one is worse than none. */
    private Announced unannounced() {
        Matcher parts = TITLE.matcher(title);
        return new Announced(
                parts.matches() ? parts.group(1) : title, parts.matches() ? parts.group(2) : "", "", "", "");
    }

    private List<PhaseResult> interruptedPhases() {
        List<PhaseResult> all = new ArrayList<>(phases);
        if (phase != null) {
            all.add(new PhaseResult(phase.text(), lastAt - phaseAt, 0, List.of()));
        }
        return all;
    }

    private Evidence evidence(Path directory) {
        String where = phase != null
                ? "in phase " + phase.text() + ", " + Durations.text(lastAt - phaseAt) + " after that began"
                : phases.isEmpty()
                        ? "before its first phase"
                        : "after phase " + phases.get(phases.size() - 1).name();
        String log = phase == null ? "" : ReportFiles.console(phase.text());
        return new Evidence(
                "the run was interrupted " + where,
                List.copyOf(console),
                "",
                lastEvent,
                Files.exists(directory.resolve(log)) ? log : "");
    }

    private void add(RunEvent event) {
        firstAt = Math.min(firstAt, event.at());
        lastAt = Math.max(lastAt, event.at());
        title = event.test();
        if (event instanceof RunEvent.PhaseStarted started) {
            phase = started.phase();
            phaseAt = started.at();
            console.clear();
        } else if (event instanceof RunEvent.PhaseFinished ended) {
            phases.add(ended.result());
            phase = null;
        } else if (event instanceof RunEvent.ConsoleLine line) {
            console.add(line.text());
            if (console.size() > CONTEXT_LINES) {
                console.remove();
            }
        } else if (event instanceof RunEvent.Reported reported) {
            lastEvent = (reported.type() + " " + reported.name() + " " + reported.result()).strip();
        } else if (event instanceof RunEvent.CheckHeld held) {
            checks.add(held.check());
        } else if (event instanceof RunEvent.TestFinished end) {
            finished = end.result();
        }
    }
}
