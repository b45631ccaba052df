package dev.vmtest.schedule;

import dev.vmtest.result.CheckRecord;
import dev.vmtest.result.TestResult;
import dev.vmtest.testcase.TestCase;
import dev.vmtest.trial.TestExecutor;
import dev.vmtest.trial.TestOutcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Run tests in the order in which they were announced, as many at a time as fit into a budget.
 *
 * <p>A test asks for its run with {@link #await} and waits; when the run happens is decided here. A
 * run that was announced may have happened long before it is asked for. A test that does not fit yet is
 * overtaken by those that do, so that no core stands idle for its sake, until somebody waits for it:
 * what has run meanwhile is judged only after it. One that needs more than the whole budget runs alone, and so does,
 * when nothing else is left to do, one that is tried again because the host starved its guest. Beside others a test is
 * only started where the host has room for it at that moment.
 *
 * <p>Safe for use by several threads. Closing interrupts the runs under way.
 */
public final class Schedule implements AutoCloseable {

    private final TestExecutor executor;
    private final Function<TestCase, Budget.Demand> demands;
    private final HostWatch host;
    private final ExecutorService workers;
    private final Map<String, CompletableFuture<TestOutcome>> runs = new LinkedHashMap<>();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final Set<String> awaited = new HashSet<>();
    private final List<TestResult> results = new ArrayList<>();
    private Budget left;
    private int running;
    private boolean closed;
    private boolean looksAgain;

    /** Whether the one that runs is to have the host for itself. */
    private boolean quiet;

    /**
     * Hold a test whose turn is to come.
     *
     * @param first what its first attempt found out, which taught nothing; null before it
     */
    private record Waiting(
            TestCase test,
            Budget.Demand demand,
            CompletableFuture<TestOutcome> outcome,
            @Nullable TestOutcome first) {}

    /**
     * Make a schedule.
     *
     * @param executor what runs a test
     * @param budget what the tests may use together
     * @param demands what a test needs of it
     * @param host what the host has left of it for more than one test at a time
     */
    public Schedule(TestExecutor executor, Budget budget, Function<TestCase, Budget.Demand> demands, HostWatch host) {
        this.executor = executor;
        this.host = host;
        this.left = budget;
        this.demands = demands;
        AtomicInteger number = new AtomicInteger();
        this.workers = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "run-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Say that a test will be asked for, so that its run may begin. Saying it twice runs it once. */
    public void announce(TestCase test) {
        var unused = outcome(test);
    }

    /**
     * Wait for the run of a test.
     *
     * @throws InterruptedException if the waiting thread is interrupted or the schedule is closed
     */
    public TestOutcome await(TestCase test) throws InterruptedException {
        try {
            CompletableFuture<TestOutcome> outcome = outcome(test);
            synchronized (this) {
                awaited.add(test.title());
            }
            return outcome.get();
        } catch (CancellationException ended) {
            throw new InterruptedException("the schedule was closed");
        } catch (ExecutionException defect) {
            throw new IllegalStateException("a run must end in a verdict", defect.getCause());
        }
    }

    /** Record what the author checked and return the final result of the test. */
    public TestResult finish(TestOutcome outcome, List<CheckRecord> authorChecks) {
        TestResult result = executor.finish(outcome, authorChecks);
        synchronized (this) {
            results.add(result);
        }
        return result;
    }

    /** Return the results so far, in the order in which the tests were finished. */
    public synchronized List<TestResult> results() {
        return List.copyOf(results);
    }

    @Override
    public synchronized void close() {
        closed = true;
        waiting.forEach(next -> next.outcome().cancel(false));
        waiting.clear();
        workers.shutdownNow();
    }

    private synchronized CompletableFuture<TestOutcome> outcome(TestCase test) {
        CompletableFuture<TestOutcome> known = runs.get(test.title());
        if (known != null) {
            return known;
        }
        CompletableFuture<TestOutcome> outcome = new CompletableFuture<>();
        runs.put(test.title(), outcome);
        if (closed) {
            outcome.cancel(false);
            return outcome;
        }
        waiting.add(new Waiting(
                test, test.skipReason().isEmpty() ? demands.apply(test) : Budget.Demand.NONE, outcome, null));
        startWhatFits();
        return outcome;
    }

    private synchronized void startWhatFits() {
        Iterator<Waiting> each = waiting.iterator();
        while (!closed && !quiet && hasPlace() && each.hasNext()) {
            Waiting next = each.next();
            Budget after = left.less(next.demand());
            if (running == 0 || (next.first() == null && !after.isExceeded() && hasRoom(next.demand(), after))) {
                each.remove();
                left = after;
                running++;
                quiet = next.first() != null;
                workers.execute(() -> run(next));
            } else if (next.first() == null && awaited.contains(next.test().title())) {
                return;
            }
        }
    }

    /** Of a thousand tests that wait not each is looked at whenever one ends. */
    private boolean hasPlace() {
        return running == 0 || left.tests() > 0;
    }

    /** The first test runs on any host: it would wait for ever where others never rest. */
    private boolean hasRoom(Budget.Demand demand, Budget after) {
        Optional<String> objection = host.room().objection(demand, after);
        if (objection.isPresent() && !looksAgain) {
            looksAgain = true;
            host.heldBack(objection.get());
            host.lookAgain(this::look);
        }
        return objection.isEmpty();
    }

    private synchronized void look() {
        looksAgain = false;
        startWhatFits();
    }

    private void run(Waiting next) {
        @Nullable Waiting again = null;
        try {
            TestOutcome outcome = attempt(next);
            if (next.first() == null && outcome.isStarved()) {
                again = new Waiting(next.test(), next.demand(), next.outcome(), outcome);
            } else {
                next.outcome().complete(outcome);
            }
        } catch (Throwable defect) {
            next.outcome().completeExceptionally(defect);
        } finally {
            giveBack(next, again);
        }
    }

    private TestOutcome attempt(Waiting next) {
        TestOutcome first = next.first();
        return first == null
                ? executor.execute(next.test())
                : executor.tryAgain(next.test(), first).orElse(first);
    }

    private synchronized void giveBack(Waiting done, @Nullable Waiting again) {
        left = left.plus(done.demand());
        running--;
        quiet = false;
        if (again != null) {
            if (closed) {
                again.outcome().cancel(false);
            } else {
                waiting.addLast(again);
            }
        }
        startWhatFits();
    }
}
