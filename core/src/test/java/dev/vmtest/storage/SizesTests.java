package dev.vmtest.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizesTests {

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "512B, 512",
        "1K, 1024",
        "1KB, 1024",
        "4G, 4294967296",
        "4GB, 4294967296",
        "1.5G, 1610612736",
        "0.5M, 524288",
        ".25K, 256",
        "2T, 2199023255552",
        "3997171712B, 3997171712",
        "5.5GB, 5905580032",
        "0, 0"
    })
    void reads(String text, long bytes) {
        assertThat(Sizes.parse(text)).contains(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "G", "1g", "1GiB", "1 G B", "-1", "1.3K", "0.1B", "1e3", "50%", "1,5G", "99999999999T"})
    void refuses(String text) {
        assertThat(Sizes.parse(text)).isEmpty();
    }

    @Test
    void readsWhatItWrites() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 2000; round++) {
            long digits = random.nextLong() >>> (1 + random.nextInt(62));
            long bytes = (digits << (random.nextInt(3) * 10)) & Long.MAX_VALUE;

            assertThat(Sizes.parse(Sizes.format(bytes))).as("seed %s", seed).contains(bytes);
        }
    }
}
