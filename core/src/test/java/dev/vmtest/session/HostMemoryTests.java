package dev.vmtest.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HostMemoryTests {

    private static final List<String> MEMORY =
            List.of("MemTotal:       24684236 kB", "MemFree:         1048576 kB", "MemAvailable:   20971520 kB");

    @Test
    void whatIsAvailableCountsNotWhatIsFree() {
        assertThat(HostMemory.available(MEMORY, Long.MAX_VALUE)).isEqualTo(20 * 1024 - 512);
    }

    @Test
    void theLimitOfAContainerCounts() {
        assertThat(HostMemory.available(MEMORY, 4096)).isEqualTo(4096 - 512);
        assertThat(HostMemory.available(List.of(), 4096)).isEqualTo(4096 - 512);
    }

    @Test
    void lessThanTheReserveIsNothing() {
        assertThat(HostMemory.available(MEMORY, 100)).isZero();
    }

    @Test
    void thisHostHasSome() {
        assertThat(HostMemory.available()).isPositive();
    }
}
