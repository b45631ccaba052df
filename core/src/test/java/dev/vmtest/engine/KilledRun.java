package dev.vmtest.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Lead a run in a process of its own, to end that from outside. */
final class KilledRun {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path topdir;
    private final List<String> tests;
    private final Process leader;

    KilledRun(Path topdir, Map<String, String> environment, String engine, String... tests) throws IOException {
        this.topdir = topdir;
        this.tests = List.of(tests);
        List<String> words = new ArrayList<>(StandIn.words());
        words.addAll(List.of("lead", topdir.toString(), engine));
        words.addAll(this.tests);
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.redirectOutput(topdir.resolveSibling("leader.log").toFile());
        builder.environment().putAll(environment);
        leader = builder.start();
    }

    private Path pidFile(String test) {
        return topdir.resolve("engine/" + test + "-bookworm-builtin/1/run/pid");
    }

    /** Wait until every unit runs; return their processes. */
    List<ProcessHandle> units() {
        await().atMost(PATIENCE)
                .failFast(
                        "the leader has ended",
                        () -> assertThat(leader.isAlive()).as(said()).isTrue())
                .until(() -> tests.stream().allMatch(test -> pid(test) > 0));
        return tests.stream()
                .map(this::pid)
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .toList();
    }

    private long pid(String test) {
        try {
            String text = Files.readString(pidFile(test));
            return text.isEmpty() ? 0 : Long.parseLong(text);
        } catch (IOException notYet) {
            return 0;
        }
    }

    String said() {
        try {
            return Files.readString(topdir.resolveSibling("leader.log"));
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    /** End the leader by TERM, as Ctrl-C does but for the signal's number, or by KILL. */
    void end(boolean isKill) throws InterruptedException {
        if (isKill) {
            leader.destroyForcibly();
        } else {
            leader.destroy();
        }
        assertThat(leader.waitFor()).isEqualTo(isKill ? 137 : 143);
    }

    static void assertGone(List<ProcessHandle> units) {
        assertThat(units).isNotEmpty();
        await().atMost(PATIENCE).until(() -> units.stream().noneMatch(ProcessHandle::isAlive));
    }
}
