package dev.vmtest.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.vmtest.text.MistakeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaseWatchTests {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private Path directory;

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final AtomicLong nanos = new AtomicLong();

    private Attempt attempt() throws IOException {
        return new Attempt(SampleUnits.unit("A"), 1, Files.createDirectories(directory.resolve("A/1")));
    }

    private LeaseWatch watch(Path file) throws IOException {
        return LeaseWatch.of(file, told::add, nanos::get, Executors.newSingleThreadScheduledExecutor());
    }

    private void passes(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void aUnitGoesOnWhileTheLeaseIsRenewed() throws IOException {
        Lease lease = new Lease(directory.resolve("lease"), Duration.ZERO);
        Files.writeString(directory.resolve("lease"), LeaseWatch.text(PATIENCE, 1));
        Attempt attempt = attempt();
        lease.grant(attempt);
        try (LeaseWatch watch = watch(attempt.lease())) {
            for (int beat = 2; beat < 9; beat++) {
                passes(Duration.ofSeconds(60));
                Files.writeString(directory.resolve("lease"), LeaseWatch.text(PATIENCE, beat));
                watch.look();
            }
            assertThat(told).isEmpty();
            passes(Duration.ofSeconds(91));
            watch.look();
            watch.look();
            assertThat(told).containsExactly("the run has not been heard of for 90 s");
        }
    }

    @Test
    void aUnitEndsWhenTheLeaseIsGoneOrItsAttemptIsGivenUp() throws IOException {
        Lease lease = new Lease(directory.resolve("lease"), PATIENCE);
        Attempt attempt = attempt();
        lease.grant(attempt);
        try (LeaseWatch watch = watch(attempt.lease())) {
            watch.look();
            assertThat(told).isEmpty();
            Lease.revoke(attempt);
            watch.look();
            assertThat(told).containsExactly("the run is over, or gave this unit to another host");
        }
        lease.grant(attempt);
        told.clear();
        try (LeaseWatch watch = watch(attempt.lease())) {
            Files.delete(directory.resolve("lease"));
            watch.look();
            assertThat(told).hasSize(1);
        }
        assertThatThrownBy(() -> LeaseWatch.of(attempt.lease(), told::add))
                .isInstanceOf(MistakeException.class)
                .hasMessageContaining("is over, or gave it to another host");
    }

    @Test
    @SuppressWarnings("try") // the watch is held, not used
    void aLeaseThatIsNotRenewedIsSeenByTheClockOfTheHost() throws IOException {
        var lease = new Lease(directory.resolve("lease"), Duration.ofMillis(300));
        try (LeaseWatch watch = LeaseWatch.of(directory.resolve("lease"), told::add)) {
            await().atMost(Duration.ofSeconds(20)).until(() -> !told.isEmpty());
        }
        assertThat(lease).isNotNull();
        Files.writeString(directory.resolve("lease"), "shopping");
        assertThatThrownBy(() -> LeaseWatch.of(directory.resolve("lease"), told::add))
                .hasMessageContaining("is no lease of a run");
    }
}
