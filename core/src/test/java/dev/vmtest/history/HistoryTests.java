package dev.vmtest.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vmtest.history.HistoryEntry.Subject;
import dev.vmtest.result.Evidence;
import dev.vmtest.result.Failure;
import dev.vmtest.result.FailureClass;
import dev.vmtest.result.PhaseResult;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTests {

    private static final String MONDAY = "2026-11-30T08:00:00Z";
    private static final String TUESDAY = "2026-12-01T08:00:00Z";

    private final HistoryFile file;

    HistoryTests(@TempDir Path directory) {
        this.file = new HistoryFile(directory.resolve("state/history.jsonl"));
    }

    @Test
    void nothingIsKnownAtFirst() throws IOException {
        assertThat(file.read()).isEqualTo(History.EMPTY);
        assertThat(file.path().getParent()).doesNotExist();
        assertThat(History.EMPTY.lastRun()).isEmpty();
        assertThat(History.EMPTY.failedInTheLastRun()).isEmpty();
    }

    @Test
    void whatIsAddedIsReadAgain() throws IOException {
        HistoryEntry entry = HistoryEntry.of(
                new TestResult(
                        "SimpleTest",
                        "bookworm",
                        "builtin",
                        Verdict.BOOT_FAILED,
                        61.5,
                        List.of(new PhaseResult("install", 30.25, 30, List.of())),
                        List.of(),
                        Evidence.of("it hung \u001b[2J").withFailure(new Failure(FailureClass.TIMEOUT, "")),
                        "SimpleTest-bookworm",
                        ""),
                MONDAY,
                1000,
                "tcg",
                Path.of("/srv/run/../runs"));
        file.add(entry);
        assertThat(file.read().entries()).containsExactly(entry);
        assertThat(entry.topdir()).isEqualTo("/srv/runs");
        assertThat(entry.subject()).hasToString("SimpleTest [bookworm] with builtin");
        assertThat(new Subject("A", "trixie", "curtin")).hasToString("A [trixie] with curtin");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
                .isEqualTo("rw-------");
    }

    @Test
    void aLineOfBeforeTheDirectoryWasRememberedIsRead() throws IOException {
        file.add(entry("A", MONDAY, Verdict.PASSED, 1));
        String line = Files.readString(file.path());
        String older = line.replace(",\"topdir\":\"/srv/" + MONDAY + "\"", "");
        assertThat(older).isNotEqualTo(line);
        Files.writeString(file.path(), older);

        assertThat(file.read().entries()).extracting(HistoryEntry::topdir).containsExactly("");
        assertThat(file.read().lastPassesBefore(2000)).isEmpty();
    }

    @Test
    void theLastPassBeforeAMomentIsOfTheSameSubject() {
        HistoryEntry first = at(entry("A", MONDAY, Verdict.PASSED, 1), 10);
        HistoryEntry second = at(entry("A", TUESDAY, Verdict.PASSED, 1), 20);
        History history = new History(List.of(
                second,
                first,
                at(entry("A", TUESDAY, Verdict.FAILED, 1), 25),
                at(entry("A", TUESDAY, Verdict.UNCHANGED, 1), 26),
                at(entry("A", TUESDAY, Verdict.PASSED, 1), 30),
                at(entry("B", TUESDAY, Verdict.FAILED, 1), 5)));

        assertThat(history.lastPassesBefore(30)).containsOnly(java.util.Map.entry(first.subject(), second));
        assertThat(history.lastPassesBefore(20)).containsOnly(java.util.Map.entry(first.subject(), first));
    }

    private static HistoryEntry at(HistoryEntry entry, double moment) {
        return new HistoryEntry(
                entry.format(),
                entry.run(),
                moment,
                entry.test(),
                entry.release(),
                entry.installer(),
                entry.verdict(),
                entry.failureClass(),
                entry.accelerator(),
                entry.seconds(),
                entry.phases(),
                entry.topdir());
    }

    @Test
    void foreignLinesArePassedOver() throws IOException {
        file.add(entry("A", MONDAY, Verdict.PASSED, 1));
        Files.writeString(
                file.path(),
                "no JSON\n\n{}\n[]\nnull\n{\"format\": 1, \"verdict\": \"unheard-of\"}\n"
                        + Files.readString(file.path()).replace("\"format\":1", "\"format\":2"),
                StandardOpenOption.APPEND);
        file.add(entry("B", MONDAY, Verdict.PASSED, 1));
        assertThat(file.read().entries()).extracting(HistoryEntry::test).containsExactly("A", "B");
    }

    @Test
    void aFileThatHasGrownTooLargeLosesItsOlderHalf() throws IOException {
        file.add(entry("Old", MONDAY, Verdict.PASSED, 1));
        String line = Files.readString(file.path());
        String newer = line.replace("Old", "New");
        int half = (4 << 20) / line.length() + 1;
        Files.writeString(file.path(), line.repeat(half) + newer.repeat(half));
        file.add(entry("Newest", MONDAY, Verdict.PASSED, 1));
        List<HistoryEntry> left = file.read().entries();
        assertThat(left).hasSize(half + 1);
        assertThat(left).extracting(HistoryEntry::test).doesNotContain("Old").endsWith("New", "Newest");
    }

    @Test
    void aFileThatNobodyWroteIsRefusedBeforeItIsRead() throws IOException {
        Files.createDirectories(file.path().getParent());
        try (var sparse = Files.newByteChannel(file.path(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            sparse.position(1L << 40);
            sparse.write(java.nio.ByteBuffer.wrap(new byte[] {'\n'}));
        }
        assertThatThrownBy(file::read).isInstanceOf(IOException.class).hasMessageContaining("too large for a history");
    }

    @Test
    void noLinkIsFollowed(@TempDir Path outside) throws IOException {
        Files.createDirectories(file.path().getParent());
        Path victim = Files.writeString(outside.resolve("victim"), "mine\n");
        Files.createSymbolicLink(file.path(), victim);
        assertThat(file.read()).isEqualTo(History.EMPTY);
        assertThatThrownBy(() -> file.add(entry("A", MONDAY, Verdict.PASSED, 1)))
                .isInstanceOf(IOException.class);
        assertThat(victim).hasContent("mine");
    }

    @Test
    void severalWritersLoseNothing() throws Exception {
        ExecutorService writers = Executors.newFixedThreadPool(4);
        try {
            List<Callable<String>> work = new ArrayList<>();
            for (int number = 0; number < 40; number++) {
                String name = "Test" + number;
                work.add(() -> {
                    file.add(entry(name, MONDAY, Verdict.PASSED, 1));
                    return name;
                });
            }
            for (Future<String> written : writers.invokeAll(work)) {
                assertThat(written.get()).startsWith("Test");
            }
        } finally {
            writers.shutdownNow();
        }
        assertThat(file.read().entries()).hasSize(40);
    }

    @Test
    void whatIsExpectedIsTheMedianOfTheLastTimes() {
        List<HistoryEntry> entries = new ArrayList<>();
        for (double seconds : new double[] {900, 50, 60, 70, 80, 40}) {
            entries.add(entry("A", MONDAY, Verdict.PASSED, seconds));
        }
        entries.add(entry("A", MONDAY, Verdict.INFRASTRUCTURE, 1));
        entries.add(entry("A", MONDAY, Verdict.INSTALL_FAILED, 2));
        entries.add(entry("B", MONDAY, Verdict.SKIPPED, 0));
        entries.add(entry("C", MONDAY, Verdict.FAILED, 10));
        entries.add(entry("C", MONDAY, Verdict.PASSED, 20));
        assertThat(new History(entries).expectedSeconds())
                .containsOnly(
                        java.util.Map.entry(new Subject("A", "bookworm", "builtin"), 60.0),
                        java.util.Map.entry(new Subject("C", "bookworm", "builtin"), 15.0));
    }

    @Test
    void whatFailedInTheLastRunIsOnlyOfThat() {
        History history = new History(List.of(
                entry("A", TUESDAY, Verdict.PASSED, 1),
                entry("B", TUESDAY, Verdict.INFRASTRUCTURE, 1),
                entry("C", TUESDAY, Verdict.EXPECTED_FAILURE, 1),
                entry("D", MONDAY, Verdict.FAILED, 1)));
        assertThat(history.lastRun()).contains(TUESDAY);
        assertThat(history.failedInTheLastRun()).containsExactly(new Subject("B", "bookworm", "builtin"));
    }

    private static HistoryEntry entry(String test, String run, Verdict verdict, double seconds) {
        return new HistoryEntry(
                1,
                run,
                1000,
                test,
                "bookworm",
                "builtin",
                verdict,
                FailureClass.NONE,
                "tcg",
                seconds,
                List.of(new HistoryEntry.PhaseSeconds("install", seconds / 2)),
                "/srv/" + run);
    }
}
