package dev.vmtest.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.schedule.HostRoom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasuredHostTests {

    @TempDir
    private Path proc;

    private final Deque<ProcessorTimes> times = new ArrayDeque<>();
    private final List<String> news = new ArrayList<>();
    private long nanos;

    private MeasuredHost host(int processors) {
        return new MeasuredHost(times::pop, processors, () -> 4000, () -> nanos, Runnable::run, news::add);
    }

    @Test
    void whatOthersHadSinceTheLastLookCounts() {
        times.add(new ProcessorTimes(2, 1000, 500, 300));
        // Of 400 ticks of two processors 300 were worked in, 100 of these by the run.
        times.add(new ProcessorTimes(2, 1400, 800, 400));
        times.add(new ProcessorTimes(2, 1800, 1000, 600));
        MeasuredHost host = host(2);

        assertThat(host.room()).as("no time has passed").isEqualTo(new HostRoom(0, 4000));
        nanos = 600_000_000L;
        assertThat(host.room()).isEqualTo(new HostRoom(1, 4000));
        nanos += 100_000_000L;
        assertThat(host.room()).as("too soon for another look").isEqualTo(new HostRoom(1, 4000));
        nanos += 500_000_000L;
        assertThat(host.room()).as("all that was worked was the run's").isEqualTo(new HostRoom(0, 4000));
    }

    @Test
    void processorsBeyondWhatAContainerGrantsAreForOthers() {
        times.add(new ProcessorTimes(8, 0, 0, 0));
        times.add(new ProcessorTimes(8, 800, 700, 0));
        MeasuredHost host = host(2);

        nanos = 1_000_000_000L;

        assertThat(host.room()).isEqualTo(new HostRoom(1, 4000));
    }

    @Test
    void whereNothingCanBeReadTheHostIsTakenAsItWas() {
        MeasuredHost host = new MeasuredHost(
                () -> {
                    throw new IOException("no /proc");
                },
                2,
                () -> 4000,
                () -> nanos,
                Runnable::run,
                news::add);
        nanos = 1_000_000_000L;

        assertThat(host.room()).isEqualTo(new HostRoom(0, 4000));
    }

    @Test
    void isSaidOnce() {
        times.add(new ProcessorTimes(2, 1, 1, 1));
        MeasuredHost host = host(2);

        host.heldBack("busy");
        host.heldBack("busier");

        assertThat(news).containsExactly("busy");
    }

    @Test
    void readsTheProcessorsThatAreAllowedAndTheProcessesThatTheRunStarted() throws IOException {
        Files.writeString(proc.resolve("stat"), """
                cpu  400 0 0 400 0 0 0 0 0 0
                cpu0 100 1 2 300 50 3 4 5 100 0
                cpu1 900 0 0 100 0 0 0 0 0 0
                cpu2 200 0 0 200 0 0 0 0 0 0
                intr 1
                """);
        process(10, 1, 1);
        Files.writeString(proc.resolve("10/status"), "Name:\tjava\nCpus_allowed_list:\t0,2-3\n");
        process(11, 10, 2);
        process(12, 11, 4);
        process(13, 1, 1000);
        Files.createDirectories(proc.resolve("14"));

        ProcessorTimes read = ProcessorTimes.read(proc, 10);

        // Four times each: its own, and those of what it has waited for.
        assertThat(read).isEqualTo(new ProcessorTimes(2, 465 + 400, 115 + 200, 4 * (1 + 2 + 4)));
    }

    @Test
    void readsThisHost() throws IOException {
        ProcessorTimes read =
                ProcessorTimes.read(Path.of("/proc"), ProcessHandle.current().pid());

        assertThat(read.processors())
                .isGreaterThanOrEqualTo(1)
                .isLessThanOrEqualTo(Files.readAllLines(Path.of("/proc/stat")).size());
        assertThat(read.own()).isPositive().isLessThanOrEqualTo(read.all());
        assertThat(read.othersSince(read)).isCloseTo(0, Offset.offset(0.0));
    }

    /** The name of a process may look like anything. */
    private void process(int number, int parent, int ticks) throws IOException {
        Path directory = Files.createDirectories(proc.resolve(String.valueOf(number)));
        Files.writeString(
                directory.resolve("stat"),
                "%d (a) b 7 (c) S %d 1 1 0 -1 4194560 1 2 3 4 %d %d %d %d 20 0 1 0 5 6\n"
                        .formatted(number, parent, ticks, ticks, ticks, ticks));
    }
}
