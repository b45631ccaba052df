package dev.vmtest.passes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vmtest.result.Proof;
import dev.vmtest.result.UnitPlace;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PassStoreTests {

    private static final String KEY = "0123456789abcdef".repeat(4);
    private static final String UNIT = "SimpleTest/bookworm/builtin";
    private static final UnitPlace HERE = new UnitPlace("10.0.2", "qemu64");
    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final Duration AGE = Duration.ofDays(30);

    private final Path directory;

    PassStoreTests(@TempDir Path parent) {
        this.directory = parent.resolve("shared/passes");
    }

    private PassStore store(Instant now) {
        return new PassStore(directory, AGE, InstantSource.fixed(now));
    }

    private static Pass pass(String at) {
        return new Pass(UNIT, "1.0", HERE, new Proof(KEY, at, "2026-11-30T11:00:00Z", "/tmp/run", "alpha: Debian"));
    }

    private static Pass pass() {
        return pass("2026-11-30T11:59:00Z");
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".json")).toList();
        }
    }

    @Test
    void whatIsAddedIsFoundByAnotherMachine() throws IOException {
        assertThat(store(NOW).find(UNIT, KEY, HERE)).isEmpty();
        assertThat(directory).doesNotExist();
        store(NOW).add(pass());
        assertThat(store(NOW).find(UNIT, KEY, HERE)).contains(pass());
        try (Stream<Path> all = Files.list(directory)) {
            assertThat(all).hasSize(1);
        }
    }

    @Test
    void anotherQuestionHasNoAnswer() throws IOException {
        store(NOW).add(pass());
        assertThat(store(NOW).find(UNIT, KEY.replace('a', 'b'), HERE)).isEmpty();
        assertThat(store(NOW).find(UNIT, KEY, new UnitPlace("10.0.3", "qemu64")))
                .isEmpty();
        assertThat(store(NOW).find(UNIT, KEY, new UnitPlace("10.0.2", "host"))).isEmpty();
        assertThat(store(NOW).find("OtherTest/bookworm/builtin", KEY, HERE)).isEmpty();
    }

    @Test
    void whatFailedSinceIsForgotten() throws IOException {
        store(NOW).add(pass());
        store(NOW).remove(KEY, HERE);
        assertThat(store(NOW).find(UNIT, KEY, HERE)).isEmpty();
        store(NOW).remove(KEY, HERE);
    }

    @Test
    void aPassCountsForSomeTime() throws IOException {
        store(NOW).add(pass("2026-10-31T12:00:01Z"));
        assertThat(store(NOW).find(UNIT, KEY, HERE)).isPresent();
        assertThat(store(NOW.plusSeconds(2)).find(UNIT, KEY, HERE)).isEmpty();
        store(NOW).add(pass("2026-11-30T12:09:00Z"));
        assertThat(store(NOW).find(UNIT, KEY, HERE)).as("clocks differ").isPresent();
        store(NOW).add(pass("2027-01-01T00:00:00Z"));
        assertThat(store(NOW).find(UNIT, KEY, HERE))
                .as("nobody passed in the future")
                .isEmpty();
    }

    @Test
    void whatAStrangerPutThereIsNoPass() throws IOException {
        store(NOW).add(pass());
        Path file = files().get(0);
        String whole = Files.readString(file);
        for (String foreign : List.of(
                "",
                "null",
                "[]",
                "\u0000\u0001",
                "{".repeat(5000),
                whole.substring(0, whole.length() / 2),
                whole + "{}",
                whole.replace("\"format\":1", "\"format\":2"),
                whole.replace("\"unit\":\"SimpleTest", "\"unit\":\"OtherTest"),
                whole.replace(KEY, KEY.replace('0', '1')),
                whole.replace("2026-11-30T11:59:00Z", "yesterday"),
                whole.replace("alpha", "a".repeat(5000)),
                whole + " ".repeat(40_000))) {
            Files.writeString(file, foreign);
            assertThat(store(NOW).find(UNIT, KEY, HERE)).as(foreign).isEmpty();
        }
        Files.delete(file);
        Files.writeString(directory.resolve("elsewhere"), whole);
        Files.createSymbolicLink(file, directory.resolve("elsewhere"));
        assertThat(store(NOW).find(UNIT, KEY, HERE)).as("a link").isEmpty();
        Files.delete(file);
        Files.createDirectory(file);
        assertThat(store(NOW).find(UNIT, KEY, HERE)).as("a directory").isEmpty();
    }

    @Test
    void manyWritersLeaveOneWholeFile() throws Exception {
        List<Callable<Pass>> writers = new ArrayList<>();
        for (int number = 0; number < 40; number++) {
            writers.add(() -> {
                store(NOW).add(pass());
                return store(NOW).find(UNIT, KEY, HERE).orElseThrow();
            });
        }
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            for (Future<Pass> read : pool.invokeAll(writers)) {
                assertThat(read.get()).isEqualTo(pass());
            }
        } finally {
            pool.shutdownNow();
        }
        try (Stream<Path> all = Files.list(directory)) {
            assertThat(all).hasSize(1);
        }
    }

    @Test
    void theOldAndTheAbandonedGoAndWhatIsSomebodyElsesStays() throws IOException {
        store(NOW).add(pass());
        Path kept = files().get(0);
        Files.setLastModifiedTime(kept, FileTime.from(NOW));
        Path old = old(directory.resolve("f".repeat(64) + ".json"), AGE.plusDays(1));
        Path abandoned = old(
                directory.resolve("." + kept.getFileName() + ".123e4567-e89b-12d3-a456-426614174000.unfinished"),
                Duration.ofHours(2));
        Path notes = old(directory.resolve("notes.json"), AGE.plusDays(1));
        Path tree = old(Files.createDirectory(directory.resolve("e".repeat(64) + ".json")), AGE.plusDays(1));
        assertThat(store(NOW).prune()).isEqualTo(1);
        assertThat(old).doesNotExist();
        assertThat(abandoned).doesNotExist();
        assertThat(List.of(kept, notes, tree)).allMatch(Files::exists);
    }

    private static Path old(Path file, Duration age) throws IOException {
        if (!Files.exists(file)) {
            Files.writeString(file, "x");
        }
        return Files.setLastModifiedTime(file, FileTime.from(NOW.minus(age)));
    }

    @Test
    void theOldestGoWhenThereIsTooMuch() throws IOException {
        Files.createDirectories(directory);
        List<Path> files = new ArrayList<>();
        for (int number = 0; number < 3; number++) {
            Path file = directory.resolve(String.valueOf(number).repeat(64) + ".json");
            try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
                large.setLength(PassStore.LARGEST / 2);
            }
            files.add(Files.setLastModifiedTime(file, FileTime.from(NOW.minusSeconds(number))));
        }
        assertThat(store(NOW).prune()).isEqualTo(1);
        assertThat(files.get(2)).doesNotExist();
        assertThat(files.get(0)).exists();
        assertThat(files.get(1)).exists();
    }

    @Test
    void ofManyRunsInAnHourOnePrunes() throws IOException {
        assertThat(store(NOW).prune()).isZero();
        Files.createDirectories(directory);
        assertThat(store(NOW).prune()).isZero();
        Files.setLastModifiedTime(directory.resolve(".pruned"), FileTime.from(NOW));
        Path old = old(directory.resolve("f".repeat(64) + ".json"), AGE.plusDays(1));
        assertThat(store(NOW.plusSeconds(60)).prune()).isZero();
        assertThat(old).exists();
        assertThat(store(NOW.plus(Duration.ofHours(2))).prune()).isEqualTo(1);
    }

    @Test
    void aPlaceWhereNothingCanBeWrittenIsSaid() throws IOException {
        Files.createDirectories(directory.getParent());
        Files.writeString(directory, "a file");
        assertThatThrownBy(() -> store(NOW).add(pass())).isInstanceOf(IOException.class);
        assertThat(store(NOW).find(UNIT, KEY, HERE)).isEmpty();
        assertThat(store(NOW).prune()).isZero();
    }
}
