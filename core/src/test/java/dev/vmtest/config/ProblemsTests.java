package dev.vmtest.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Bound what is said of a file, however much is wrong with it. */
class ProblemsTests {

    private final Problems problems = new Problems();

    @Test
    void countsWhatItDoesNotShow() {
        for (int line = 250; line > 0; line--) {
            problems.add(new Location("c.yaml", line, 1), "wrong", "");
        }

        assertThat(problems.isPlenty()).isTrue();
        assertThat(problems.all()).hasSize(101);
        assertThat(problems.all().get(99)).hasToString("c.yaml:100:1: wrong");
        assertThat(problems.all().get(100)).hasToString("c.yaml:101:1: 150 more problems, from here on, are not shown");
    }

    @Test
    void shortensWhatAMessageQuotes() {
        problems.add(new Location("c.yaml", 1, 1), "'" + "1".repeat(4_000_000) + "' is wrong", "");

        assertThat(problems.all())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message())
                        .hasSizeLessThan(700)
                        .startsWith("'111")
                        .contains("… (3999411 characters left out) …")
                        .endsWith("1' is wrong"));
    }

    @Test
    void readsNoNumberThatPythonWouldNotRead() {
        ConfigFiles.parse("c.yaml", "a: " + "1".repeat(4301) + "\nb: " + "2".repeat(4300) + "\n", problems);

        assertThat(problems.all())
                .singleElement()
                .hasToString("c.yaml:1:4: a number of 4301 characters is too long; write one of at most 4300, or quote"
                        + " the text");
    }

    @Test
    void suggestsNothingForAWordThatNobodyMistypes() {
        assertThat(Suggestion.didYouMean("x".repeat(2_000_000), java.util.List.of("x".repeat(2_000_001))))
                .isEmpty();
    }
}
