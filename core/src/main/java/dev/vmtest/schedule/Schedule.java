package dev.vmtest.schedule;

import dev.vmtest.run.CheckRecord;
import dev.vmtest.run.TestCase;
import dev.vmtest.run.TestExecutor;
import dev.vmtest.run.TestOutcome;
import dev.vmtest.run.TestResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Run tests in the order in which they were announced, a fixed number of them at a time.
 *
 * <p>A test asks for its run with {@link #await} and waits; when the run happens is decided here. A
 * run that was announced may have happened long before it is asked for.
 *
 * <p>Safe for use by several threads. Closing interrupts the runs under way.
 */
public final class Schedule implements AutoCloseable {

    private final TestExecutor executor;
    private final ExecutorService workers;
    private final Map<String, Future<TestOutcome>> runs = new LinkedHashMap<>();
    private final List<TestResult> results = new ArrayList<>();

    /**
     * Make a schedule.
     *
     * @param executor what runs a test
     * @param parallel how many tests run at a time, at least 1
     */
    public Schedule(TestExecutor executor, int parallel) {
        this.executor = executor;
        AtomicInteger number = new AtomicInteger();
        this.workers = Executors.newFixedThreadPool(parallel, task -> {
            Thread thread = new Thread(task, "run-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Say that a test will be asked for, so that its run may begin. Saying it twice runs it once. */
    public void announce(TestCase test) {
        var unused = future(test);
    }

    /**
     * Wait for the run of a test.
     *
     * @throws InterruptedException if the waiting thread is interrupted or the schedule is closed
     */
    public TestOutcome await(TestCase test) throws InterruptedException {
        try {
            return future(test).get();
        } catch (CancellationException closed) {
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
    public void close() {
        workers.shutdownNow();
    }

    private synchronized Future<TestOutcome> future(TestCase test) {
        return runs.computeIfAbsent(test.title(), title -> workers.submit(() -> executor.execute(test)));
    }
}
