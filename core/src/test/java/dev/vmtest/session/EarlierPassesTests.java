package dev.vmtest.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vmtest.passes.PassStore;
import dev.vmtest.result.Evidence;
import dev.vmtest.result.Proof;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.Unit;
import dev.vmtest.result.UnitInputs;
import dev.vmtest.result.UnitNeeds;
import dev.vmtest.result.UnitPlace;
import dev.vmtest.result.Verdict;
import dev.vmtest.text.MistakeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EarlierPassesTests {

    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00.123Z");
    private static final Instant RUN = Instant.parse("2026-11-30T11:00:00Z");
    private static final UnitPlace HERE = new UnitPlace("10.0.2", "qemu64");
    private static final Unit UNIT = new Unit(
            "A/bookworm/builtin",
            "A",
            "bookworm",
            "builtin",
            "A",
            new UnitNeeds(1, 1, 1, 1, 1),
            new UnitInputs("ab".repeat(32), List.of()));

    private final Path directory;

    EarlierPassesTests(@TempDir Path parent) {
        this.directory = parent.resolve("passes");
    }

    private EarlierPasses passes(boolean isAsked) {
        return new EarlierPasses(
                Optional.of(new PassStore(directory, Duration.ofDays(1), InstantSource.fixed(NOW))), isAsked);
    }

    private void ended(Verdict verdict) {
        TestResult result = new TestResult(
                "A", "bookworm", "builtin", verdict, 1, List.of(), List.of(), Evidence.NONE, "A-bookworm", "");
        passes(false).ended(UNIT, result, HERE, NOW, RUN, Path.of("/tmp/run"), "alpha");
    }

    private Optional<Proof> found(boolean isAsked, UnitPlace place) {
        EarlierPasses passes = passes(isAsked);
        passes.look(UNIT, place);
        return passes.proof("A [bookworm]");
    }

    @Test
    void aPassIsFoundByWhoAsksForWhatHasChanged() {
        ended(Verdict.PASSED);
        assertThat(found(true, HERE))
                .contains(new Proof(
                        "ab".repeat(32), "2026-11-30T12:00:00Z", "2026-11-30T11:00:00Z", "/tmp/run", "alpha"));
        assertThat(found(false, HERE)).isEmpty();
        assertThat(found(true, UnitPlace.UNKNOWN)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Verdict.class)
    void onlyPassesAreKeptAndOnlyProductFailuresSpeakAgainstThem(Verdict verdict) {
        ended(verdict);
        assertThat(found(true, HERE).isPresent()).isEqualTo(verdict == Verdict.PASSED);
        ended(Verdict.PASSED);
        ended(verdict);
        assertThat(found(true, HERE).isEmpty())
                .isEqualTo(List.of(Verdict.FAILED, Verdict.INSTALL_FAILED, Verdict.BOOT_FAILED)
                        .contains(verdict));
    }

    @Test
    void aStoreThatCannotBeUsedStopsNoRun() throws IOException {
        Files.writeString(directory, "a file");
        ended(Verdict.PASSED);
        assertThat(found(true, HERE)).isEmpty();
        passes(true).prune();
    }

    @Test
    void aFileInItsPlaceIsAMistake() throws IOException {
        Files.writeString(directory, "a file");
        assertThatThrownBy(() -> EarlierPasses.of(
                        Map.of("CURTIN_VMTEST_PASSES", directory.toString()), InstantSource.fixed(NOW)))
                .isInstanceOf(MistakeException.class)
                .hasMessageContaining(directory + " is no directory")
                .hasMessageContaining("--passes");
    }

    @Test
    void withoutAHomeNothingIsRemembered() {
        EarlierPasses passes = EarlierPasses.of(Map.of("CURTIN_VMTEST_CHANGED", "1"), InstantSource.fixed(NOW));
        passes.look(UNIT, HERE);
        assertThat(passes.proof("A [bookworm]")).isEmpty();
    }
}
