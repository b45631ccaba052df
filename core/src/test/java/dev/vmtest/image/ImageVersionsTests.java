package dev.vmtest.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ImageVersionsTests {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @Test
    void theFirstOfADayIsTheDay() {
        assertThat(ImageVersions.next(NOW, Set.of())).isEqualTo("20261122");
        assertThat(ImageVersions.next(NOW, Set.of("20261121.3"))).isEqualTo("20261122");
    }

    @Test
    void theNextOfADayIsNumbered() {
        assertThat(ImageVersions.next(NOW, Set.of("20261122"))).isEqualTo("20261122.1");
        assertThat(ImageVersions.next(NOW, Set.of("20261122", "20261122.9"))).isEqualTo("20261122.10");
    }

    @Test
    void aPrunedVersionIsNotTakenAgainBelowALaterOne() {
        assertThat(ImageVersions.next(NOW, Set.of("20261122.1"))).isEqualTo("20261122.2");
    }

    @Test
    void aClockThatWentBackMakesNoOldVersion() {
        assertThat(ImageVersions.next(NOW, Set.of("20261123"))).isEqualTo("20261123.1");
    }
}
