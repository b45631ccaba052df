package dev.vmtest.bench.ways;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Hold against each other what two installed systems of the same configuration say of themselves. */
final class FactsComparison {

    private static final int LINES_SHOWN = 5;

    private final Path collected;
    private final DeviceNames deviceNames;
    private final Identities identities;

    private FactsComparison(Path collected) throws IOException {
        this.collected = collected;
        this.deviceNames = DeviceNames.of(collected);
        this.identities = Identities.of(collected, deviceNames);
    }

    /**
     * Hold what was learned.
     *
     * @param files how many files were compared
     * @param differences one sentence for each file that differs
     */
    record Outcome(int files, List<String> differences) {

        Outcome {
            differences = List.copyOf(differences);
        }
    }

    /**
     * Compare two directories of collected files, but for {@link MustDiffer}.
     *
     * @throws IOException if they can't be read
     */
    static Outcome compare(Path first, Path second) throws IOException {
        return new FactsComparison(first).compareWith(new FactsComparison(second));
    }

    private Outcome compareWith(FactsComparison other) throws IOException {
        Map<String, String> full = files();
        Map<String, String> resumed = other.files();
        Set<String> all = new TreeSet<>(full.keySet());
        all.addAll(resumed.keySet());
        List<String> differences = new ArrayList<>();
        for (String name : all) {
            String one = full.get(name);
            String second = resumed.get(name);
            if (one == null) {
                differences.add(name + " is only there when resumed");
            } else if (second == null) {
                differences.add(name + " is only there when booted in full");
            } else {
                String difference = difference(lines(one), other.lines(second));
                if (!difference.isEmpty()) {
                    differences.add(name + ": " + difference);
                }
            }
        }
        return new Outcome(all.size(), differences);
    }

    /** Return the files that are compared: each by a name that another install gives it too. */
    private Map<String, String> files() throws IOException {
        try (Stream<Path> files = Files.walk(collected)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> collected.relativize(file).toString())
                    .filter(file -> !MustDiffer.isSkipped(file))
                    .collect(Collectors.toMap(file -> deviceNames.replaceIn(file, file), Function.identity()));
        }
    }

    private List<String> lines(String file) throws IOException {
        byte[] bytes = Files.readAllBytes(collected.resolve(file));
        if (FirstSectors.isOf(file)) {
            return FirstSectors.describe(bytes);
        }
        String text = identities.replaceIn(deviceNames.replaceIn(file, new String(bytes, StandardCharsets.ISO_8859_1)));
        Stream<String> lines = Arrays.stream(text.split("\n"))
                .filter(line -> !MustDiffer.isSkipped(file, line))
                .map(line -> MustDiffer.replaceIn(file, line));
        return (MustDiffer.isUnordered(file) ? lines.sorted() : lines).toList();
    }

    /** Return the first lines that only one of two has, or, if both have the same, that their order differs. */
    private static String difference(List<String> one, List<String> other) {
        if (one.equals(other)) {
            return "";
        }
        List<String> onlyFull = without(one, other);
        List<String> onlyResumed = without(other, one);
        if (onlyFull.isEmpty() && onlyResumed.isEmpty()) {
            return "the same lines in another order";
        }
        return shown("booted in full: ", onlyFull)
                + (onlyFull.isEmpty() || onlyResumed.isEmpty() ? "" : "; ")
                + shown("resumed: ", onlyResumed);
    }

    private static List<String> without(List<String> lines, List<String> others) {
        List<String> left = new ArrayList<>(lines);
        others.forEach(left::remove);
        return left;
    }

    private static String shown(String title, List<String> lines) {
        if (lines.isEmpty()) {
            return "";
        }
        return title
                + lines.stream().limit(LINES_SHOWN).map(String::strip).collect(Collectors.joining(" | "))
                + (lines.size() > LINES_SHOWN ? " … and " + (lines.size() - LINES_SHOWN) + " lines more" : "");
    }
}
