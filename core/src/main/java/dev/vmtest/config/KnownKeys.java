package dev.vmtest.config;

import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Note which keys of one mapping mean something, and report the others. Mutable and confined to one thread. */
final class KnownKeys {

    /** More words than a message should have. */
    private static final int MOST_SHOWN = 30;

    private final MapValue map;
    private final TreeSet<String> known = new TreeSet<>();

    KnownKeys(MapValue map) {
        this.map = map;
    }

    void add(String key) {
        known.add(key);
    }

    /** Return the values of the keys that are known. */
    List<Value> values() {
        return map.entries().entrySet().stream()
                .filter(entry -> known.contains(entry.getKey()))
                .map(entry -> entry.getValue().value())
                .toList();
    }

    /** Report every key that is not known, except those that a rule lets pass. */
    void refuseOthers(String subject, Predicate<String> ignored, Problems problems) {
        map.entries().forEach((key, entry) -> {
            if (!known.contains(key) && !ignored.test(key)) {
                problems.add(
                        entry.keyLocation(),
                        subject + ": unknown key '" + key + "'",
                        problems.isPlenty() ? "" : remedyFor(key));
            }
        });
    }

    /** Report every key that is not known: one that an installer may know which reads the file itself. */
    void leaveOthersToInstaller(String subject, Problems problems) {
        map.entries().forEach((key, entry) -> {
            if (!known.contains(key)) {
                problems.addUnlessLeftToInstaller(
                        entry.keyLocation(),
                        subject + ": unknown key '" + key + "'",
                        problems.isLeftToInstaller() ? "it is left to the installer" : remedyFor(key));
            }
        });
    }

    private String remedyFor(String key) {
        String nearest = Suggestion.didYouMean(key, known);
        if (!nearest.isEmpty()) {
            return nearest;
        }
        return known.size() > MOST_SHOWN ? "" : "known keys are: " + String.join(", ", known);
    }
}
