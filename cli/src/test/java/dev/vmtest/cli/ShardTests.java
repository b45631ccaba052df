package dev.vmtest.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vmtest.testcase.ConfigSource;
import dev.vmtest.testcase.TestDefinition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.TypeConversionException;

class ShardTests {

    private static final List<TestDefinition> TESTS = IntStream.range(0, 7)
            .mapToObj(number -> TestDefinition.ofConfig(
                    "Test" + number, new ConfigSource("test.yaml", "{}"), List.of("bookworm", "trixie")))
            .toList();

    @Test
    void thePartsHoldEachTestOnEachReleaseOnceAndAreOfOneSize() {
        List<String> all = new ArrayList<>();
        for (int number = 1; number <= 4; number++) {
            List<String> part = titles(new Shard(number, 4).of(TESTS));
            assertThat(part).hasSizeBetween(3, 4);
            all.addAll(part);
        }
        assertThat(all).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(titles(TESTS));
    }

    @Test
    void aPartDoesNotDependOnTheOrderOfTheTests() {
        List<TestDefinition> shuffled = new ArrayList<>(TESTS);
        Collections.shuffle(shuffled, new Random(1));
        assertThat(titles(new Shard(2, 3).of(shuffled)))
                .containsExactlyInAnyOrderElementsOf(titles(new Shard(2, 3).of(TESTS)));
    }

    @Test
    void aPartMayBeEmpty() {
        assertThat(new Shard(20, 20).of(TESTS)).isEmpty();
    }

    @Test
    void whatIsNoPartIsRefusedWithAnExample() {
        assertThat(new Shard.Converter().convert("3/4")).isEqualTo(new Shard(3, 4));
        for (String wrong : List.of("0/4", "5/4", "1", "1/0", "a/b", "-1/4", "1/4/2", "1/999999")) {
            assertThatThrownBy(() -> new Shard.Converter().convert(wrong))
                    .as(wrong)
                    .isInstanceOf(TypeConversionException.class)
                    .hasMessageContaining("such as 1/4");
        }
    }

    private static List<String> titles(List<TestDefinition> tests) {
        return tests.stream()
                .flatMap(test -> test.releases().stream().map(release -> test.name() + " " + release))
                .toList();
    }
}
