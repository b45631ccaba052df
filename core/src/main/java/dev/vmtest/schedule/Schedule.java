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
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Run tests in the order in which they were announced, as many at a time as fit into a budget.
 *
 * <p>A test asks for its run with {@link #await} and waits; when the run happens is decided here. A
 * run that was announced may have happened long before it is asked for. A test that does not fit yet is
 * overtaken by those that do, so that no core stands idle for its sake, until somebody waits for it:
 * what has run meanwhile is judged only after it. One that needs more than the whole budget runs alone.
 *
 * <p>Safe for use by several threads. Closing interrupts the runs under way.
 */
public final class Schedule implements AutoCloseable {

    private final TestExecutor executor;
    private final Function<TestCase, Budget.Demand> demands;
    private final ExecutorService workers;
    private final Map<String, CompletableFuture<TestOutcome>> runs = new LinkedHashMap<>();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final Set<String> awaited = new HashSet<>();
    private final List<TestResult> results = new ArrayList<>();
    private Budget left;
    private int running;
    private boolean closed;

    private record Waiting(TestCase test, Budget.Demand demand, CompletableFuture<TestOutcome> outcome) {}

    /**
     * Make a schedule.
     *
     * @param executor what runs a test
     * @param budget what the tests may use together
     * @param demands what a test needs of it
     */
    public Schedule(TestExecutor executor, Budget budget, Function<TestCase, Budget.Demand> demands) {
        this.executor = executor;
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
        waiting.add(new Waiting(test, test.skipReason().isEmpty() ? demands.apply(test) : Budget.Demand.NONE, outcome));
        startWhatFits();
        return outcome;
    }

    private synchronized void startWhatFits() {
        Iterator<Waiting> each = waiting.iterator();
        while (!closed && each.hasNext()) {
            Waiting next = each.next();
            Budget after = left.less(next.demand());
            if (!after.isExceeded() || running == 0) {
                each.remove();
                left = after;
                running++;
                workers.execute(() -> run(next));
            } else if (awaited.contains(next.test().title())) {
                return;
            }
        }
    }

    private void run(Waiting next) {
        try {
            next.outcome().complete(executor.execute(next.test()));
        } catch (Throwable defect) {
            next.outcome().completeExceptionally(defect);
        } finally {
            giveBack(next.demand());
        }
    }

    private synchronized void giveBack(Budget.Demand demand) {
        left = left.plus(demand);
        running--;
        startWhatFits();
    }
}
