package dev.vmtest.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RunWishesTests {

    @Test
    void everythingThatDoesNotGoTogetherIsSaidAtOnce() {
        assertThatThrownBy(() -> new RunWishes(true, "5900", true, 2, true, true, true).require())
                .isInstanceOfSatisfying(
                        UsageException.class,
                        refused -> assertThat(refused.problems())
                                .hasSize(6)
                                .satisfiesExactly(
                                        line -> assertThat(line).startsWith("--vnc '5900' is no address"),
                                        line -> assertThat(line).startsWith("--record keeps the results of one run"),
                                        line -> assertThat(line).startsWith("--reuse holds the checks on kept data"),
                                        line -> assertThat(line).startsWith("--reuse starts no machine"),
                                        line -> assertThat(line).startsWith("--engine runs tests on other hosts"),
                                        line -> assertThat(line).startsWith("--changed (CURTIN_VMTEST_CHANGED)")));
        assertThatThrownBy(() -> new RunWishes(false, null, false, 0, false, false, false).require())
                .hasMessageContaining("--repeat 0 is no number of times");
    }

    @Test
    void whatGoesTogetherIsLeftAlone() {
        new RunWishes(false, null, false, 3, false, false, false).require();
        new RunWishes(true, "[::1]:1", false, 1, true, false, false).require();
        new RunWishes(false, null, false, 1, true, true, true).require();
    }
}
