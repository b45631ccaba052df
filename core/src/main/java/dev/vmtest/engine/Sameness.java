package dev.vmtest.engine;

import dev.vmtest.result.Unit;
import dev.vmtest.result.UnitInputs.Part;
import dev.vmtest.result.UnitPlace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Find units that were run on something else than the others: another vmtest, another image of their release, another
 * installer of the same name, another QEMU, another processor. What most units have is what counts.
 */
final class Sameness {

    private final Map<String, Map<String, Integer>> counts = new LinkedHashMap<>();

    /**
     * Hold what one unit has of what others should have the same.
     *
     * @param scope who should: all, those with an image of one release and variant, or with one installer
     * @param what what a person calls it
     * @param is what it has
     */
    private record Fact(String scope, String what, String is) {}

    /** Take note of what a unit was run on. */
    void add(Unit unit, UnitPlace place) {
        facts(unit, place)
                .forEach(fact -> counts.computeIfAbsent(fact.scope(), unused -> new LinkedHashMap<>())
                        .merge(fact.is(), 1, Integer::sum));
    }

    /** Return what is other than with most units, a phrase for each; nothing if all is the same. */
    List<String> differences(Unit unit, UnitPlace place) {
        List<String> different = new ArrayList<>();
        for (Fact fact : facts(unit, place)) {
            String usual = usual(counts.getOrDefault(fact.scope(), Map.of()));
            if (!usual.equals(fact.is())) {
                different.add("another " + fact.what() + ": " + fact.is() + ", not " + usual);
            }
        }
        return List.copyOf(different);
    }

    /** Of two that are as frequent the first counts. */
    private static String usual(Map<String, Integer> seen) {
        int most = seen.isEmpty() ? 0 : Collections.max(seen.values());
        return seen.entrySet().stream()
                .filter(entry -> entry.getValue() == most)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("");
    }

    private static List<Fact> facts(Unit unit, UnitPlace place) {
        List<Fact> facts = new ArrayList<>();
        for (Part part : unit.inputs().parts()) {
            switch (part.name()) {
                case "vmtest" -> facts.add(new Fact("vmtest", "vmtest", text(part)));
                // The last word of an image's name is its version.
                case "image" ->
                    facts.add(new Fact("image " + part.said().replaceFirst(" [^ ]*$", ""), "image", text(part)));
                case "installer" -> facts.add(new Fact("installer " + unit.installer(), "installer", text(part)));
                default -> {
                    // The other parts are each unit's own.
                }
            }
        }
        if (!place.qemu().isEmpty()) {
            facts.add(new Fact("qemu", "QEMU", place.qemu()));
        }
        if (!place.cpu().isEmpty()) {
            facts.add(new Fact("cpu", "CPU model", place.cpu()));
        }
        return facts;
    }

    private static String text(Part part) {
        return part.said() + " ("
                + part.hash().substring(0, Math.min(12, part.hash().length())) + ")";
    }
}
