package dev.vmtest.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ConfigMergeTests {

    private static MapValue parse(String name, String yaml) {
        Problems problems = new Problems();
        MapValue map = ConfigFiles.parse(name, yaml, problems);
        problems.throwIfAny();
        return map;
    }

    @Test
    void mergesMappingsAndReplacesTheRest() {
        MapValue merged = ConfigMerge.merge(List.of(
                parse("a", "late_commands: {a: [x], b: y}\nlist: [1, 2]\nword: w\nmap: {k: v}\n"),
                parse("b", "late_commands: {b: null, c: z}\nlist: [3]\nword: {now: map}\nmap: gone\n")));

        assertThat(ConfigText.yaml(merged))
                .isEqualTo("late_commands:\n  a: [x]\n  b: null\n  c: z\nlist: [3]\nword:\n  now: map\nmap: gone\n");
    }

    @Test
    void keepsThePlaceOfTheWinner() {
        MapValue merged = ConfigMerge.merge(List.of(parse("a", "m:\n  x: 1\n  y: 1\n"), parse("b", "m: {y: 2}\n")));
        MapValue inner = (MapValue) Objects.requireNonNull(merged.get("m"));

        assertThat(inner.locationOf("x")).isEqualTo(new Location("a", 2, 3));
        assertThat(inner.locationOf("y")).isEqualTo(new Location("b", 1, 5));
    }

    /** For random trees: merging is associative, has {} as its neutral layer, and what is written reads back. */
    @Test
    void holdsItsLawsForRandomLayers() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            MapValue a = tree(random, 3);
            MapValue b = tree(random, 3);
            MapValue c = tree(random, 3);
            MapValue empty = new MapValue(a.location(), Map.of());
            String all = ConfigText.yaml(ConfigMerge.merge(List.of(a, b, c)));

            assertThat(ConfigText.yaml(ConfigMerge.merge(List.of(ConfigMerge.merge(List.of(a, b)), c))))
                    .as("seed %s", seed)
                    .isEqualTo(all);
            assertThat(ConfigText.yaml(ConfigMerge.merge(List.of(a, empty))))
                    .as("seed %s", seed)
                    .isEqualTo(ConfigText.yaml(a));
            assertThat(ConfigText.yaml(parse("r", all))).as("seed %s", seed).isEqualTo(all);
        }
    }

    private static MapValue tree(Random random, int depth) {
        Location here = new Location("random", 1, 1);
        Map<String, MapValue.Entry> entries = new LinkedHashMap<>();
        for (int index = random.nextInt(4); index >= 0; index--) {
            String key = String.valueOf("abcdef".charAt(random.nextInt(6)));
            Value value = depth > 0 && random.nextBoolean()
                    ? tree(random, depth - 1)
                    : random.nextBoolean()
                            ? new ScalarValue(here, "w" + random.nextInt(9), "w" + random.nextInt(9))
                            : new ListValue(here, List.of(new ScalarValue(here, "yes", "yes")));
            entries.put(key, new MapValue.Entry(here, value));
        }
        return new MapValue(here, entries);
    }
}
