package dev.vmtest.bench;

import dev.vmtest.bench.layouts.Planning;
import java.util.List;
import java.util.Map;

/** Plan 1000 random layouts from their text, after 1000 others to warm up. */
final class PlanningLayouts implements Benchmark {

    private static final int LAYOUTS = 1000;
    private static final double LIMIT = 2;
    private static final double NANOS = 1e9;

    @Override
    public String name() {
        return "planning";
    }

    @Override
    public List<Entry> measure(Laboratory laboratory) {
        Planning.layouts(LAYOUTS, LAYOUTS).forEach(Planning::plan);
        Map<String, String> layouts = Planning.layouts(0, LAYOUTS);
        long start = System.nanoTime();
        layouts.forEach(Planning::plan);
        return List.of(Entry.atMost("planning 1000 random layouts, s", (System.nanoTime() - start) / NANOS, LIMIT));
    }
}
