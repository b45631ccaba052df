package dev.vmtest.engine;

import dev.vmtest.report.EventTail;
import dev.vmtest.report.ReportFiles;
import dev.vmtest.report.ResultFiles;
import dev.vmtest.report.RunReport;
import dev.vmtest.result.Announced;
import dev.vmtest.result.RunEvent;
import dev.vmtest.result.RunResults;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Follow one unit on whatever host it runs, from its first attempt to its result. */
final class FollowedUnit implements AutoCloseable {

    /** A unit is tried so often. */
    static final int ATTEMPTS = 2;

    private final Unit unit;
    private final Announced announced;
    private Attempt attempt;
    private EventTail tail;
    private @Nullable Ending ending;
    private long endedAt;
    private @Nullable TestResult result;
    private @Nullable MergePart part;

    FollowedUnit(Unit unit, Announced announced, Attempt first) {
        this.unit = unit;
        this.announced = announced;
        this.attempt = first;
        this.tail = tailOf(first);
    }

    private EventTail tailOf(Attempt next) {
        return EventTail.of(ReportFiles.testDirectory(next.topdir(), announced.directory()));
    }

    Unit unit() {
        return unit;
    }

    Announced announced() {
        return announced;
    }

    Attempt attempt() {
        return attempt;
    }

    /** Return how the attempt ended; null while it runs. */
    @Nullable
    Ending ending() {
        return ending;
    }

    /** Return the result; null as long as there is none. */
    @Nullable
    TestResult result() {
        return result;
    }

    /** Return what the run of the unit left; null if it had no result of its own. */
    @Nullable
    MergePart part() {
        return part;
    }

    /** Pass on what the unit has said since the last call. Its verdict is told by whoever has its result. */
    void follow(Consumer<RunEvent> reader) throws IOException {
        tail.read(event -> {
            // Another test's word would be taken for that test's.
            if (!(event instanceof RunEvent.TestFinished) && event.test().equals(unit.title())) {
                reader.accept(event);
            }
        });
    }

    void ended(Ending how, long nanos) {
        if (how.attempt().equals(attempt)) {
            ending = how;
            endedAt = nanos;
        }
    }

    long sinceEnd(long nanos) {
        return nanos - endedAt;
    }

    /**
     * Return what the unit's own run came to, if it has a result: what somebody ended from outside has none that says
     * more than that.
     */
    Optional<MergePart> finished() {
        try {
            // To list a directory makes a network file system look at it again.
            try (var entries = Files.list(attempt.topdir())) {
                var unused = entries.count();
            }
            RunResults results = RunReport.ended(attempt.topdir());
            MergePart whole = new MergePart(
                    attempt.topdir(), results, ResultFiles.readUnits(ReportFiles.units(attempt.topdir())));
            Ending how = ending;
            boolean isWhole = how != null && how.isWhole();
            return whole.result(unit)
                    .filter(found -> isWhole || MergePart.isReal(found))
                    .map(found -> whole);
        } catch (IOException noResult) {
            return Optional.empty();
        }
    }

    void accept(TestResult accepted, @Nullable MergePart of) {
        result = accepted;
        part = of;
    }

    /** Begin another attempt. */
    void again(Attempt next) throws IOException {
        tail.close();
        attempt = next;
        tail = tailOf(next);
        ending = null;
    }

    @Override
    public void close() throws IOException {
        tail.close();
    }
}
