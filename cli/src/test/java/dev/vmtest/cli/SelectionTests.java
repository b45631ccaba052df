package dev.vmtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.session.SessionOptions;
import dev.vmtest.session.TestDefaults;
import dev.vmtest.settings.Settings;
import dev.vmtest.testcase.TestCases;
import dev.vmtest.testcase.TestDefinition;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SelectionTests {

    private static final List<String> NAMES =
            List.of("SimpleTest", "BasicTest", "MirrorbootTest", "AllInDataTest", "BcacheCephTest");

    private static List<String> shuffled(long seed) {
        Selection selection = Selection.of(
                NAMES,
                List.of("bookworm"),
                List.of(),
                null,
                Map.of(),
                new TestCases(TestDefaults.of(SessionOptions.BUILTIN, Settings.read(Map.of()))));
        selection.shuffle(seed);
        return selection.definitions().stream().map(TestDefinition::name).toList();
    }

    @Test
    void aSeedDecidesTheOrderAndTheLargestComeFirst() {
        assertThat(shuffled(7)).isEqualTo(shuffled(7)).containsExactlyInAnyOrderElementsOf(NAMES);
        assertThat(LongStream.range(0, 20).mapToObj(SelectionTests::shuffled))
                .allSatisfy(order ->
                        assertThat(order.subList(0, 2)).containsExactlyInAnyOrder("AllInDataTest", "BcacheCephTest"))
                .anySatisfy(order -> assertThat(order).startsWith("AllInDataTest"))
                .anySatisfy(order -> assertThat(order).startsWith("BcacheCephTest"))
                .anySatisfy(order -> assertThat(order).endsWith("SimpleTest"))
                .anySatisfy(order -> assertThat(order).endsWith("BasicTest"));
    }
}
