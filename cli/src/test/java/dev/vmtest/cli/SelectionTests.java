package dev.vmtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.session.RunHistory;
import dev.vmtest.session.SessionOptions;
import dev.vmtest.session.TestDefaults;
import dev.vmtest.settings.Settings;
import dev.vmtest.testcase.TestCases;
import dev.vmtest.testcase.TestDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelectionTests {

    private static final List<String> NAMES =
            List.of("SimpleTest", "BasicTest", "MirrorbootTest", "AllInDataTest", "BcacheCephTest");

    private static List<String> shuffled(long seed) {
        return shuffled(seed, Map.of());
    }

    private static List<String> shuffled(long seed, Map<String, String> environment) {
        Selection selection = Selection.of(
                NAMES,
                List.of("bookworm"),
                List.of(),
                Map.of(),
                ClassPath.NONE,
                new TestCases(TestDefaults.of(SessionOptions.BUILTIN, Settings.read(Map.of()))));
        selection.shuffle(seed, RunHistory.of(environment));
        return selection.definitions().stream().map(TestDefinition::name).toList();
    }

    @Test
    void amongEqualsTheLongestComesFirst(@TempDir Path directory) throws IOException {
        String entry = """
                {"format": 1, "run": "2026-11-30T08:00:00Z", "at": 1, "test": "%s", "release": "bookworm", \
                "installer": "builtin", "verdict": "passed", "failureClass": "none", "accelerator": "tcg", \
                "seconds": %d, "phases": []}
                """;
        Path file = directory.resolve("history.jsonl");
        Files.writeString(
                file,
                entry.formatted("SimpleTest", 300)
                        + entry.formatted("BasicTest", 200)
                        + entry.formatted("BcacheCephTest", 100));
        Map<String, String> environment = Map.of("CURTIN_VMTEST_HISTORY", file.toString());
        assertThat(LongStream.range(0, 20).mapToObj(seed -> shuffled(seed, environment)))
                .allSatisfy(order -> assertThat(order)
                        .startsWith("AllInDataTest", "BcacheCephTest", "SimpleTest")
                        .hasSize(5));
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
