package dev.vmtest.bench.ways;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Hold against each other what two installed systems of the same configuration say of themselves. */
final class FactsComparison {

    private static final int LINES_SHOWN = 5;

    private final Path first;
    private final Path second;
    private final Identities firstIdentities;
    private final Identities secondIdentities;

    private FactsComparison(Path first, Path second) throws IOException {
        this.first = first;
        this.second = second;
        this.firstIdentities = Identities.of(first);
        this.secondIdentities = Identities.of(second);
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
        return new FactsComparison(first, second).compare();
    }

    private Outcome compare() throws IOException {
        Set<String> all = new TreeSet<>(files(first));
        all.addAll(files(second));
        all.removeIf(MustDiffer::isSkipped);
        List<String> differences = new ArrayList<>();
        for (String file : all) {
            Path one = first.resolve(file);
            Path other = second.resolve(file);
            if (!Files.exists(one)) {
                differences.add(file + " is only there when resumed");
            } else if (!Files.exists(other)) {
                differences.add(file + " is only there when booted in full");
            } else {
                String difference = difference(lines(file, one, firstIdentities), lines(file, other, secondIdentities));
                if (!difference.isEmpty()) {
                    differences.add(file + ": " + difference);
                }
            }
        }
        return new Outcome(all.size(), differences);
    }

    private static Set<String> files(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .collect(Collectors.toSet());
        }
    }

    private static List<String> lines(String name, Path file, Identities identities) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        if (FirstSectors.isOf(name)) {
            return FirstSectors.describe(bytes);
        }
        String text = identities.replaceIn(new String(bytes, StandardCharsets.ISO_8859_1));
        Stream<String> lines = Arrays.stream(text.split("\n")).map(line -> MustDiffer.replaceIn(name, line));
        return (MustDiffer.isUnordered(name) ? lines.sorted() : lines).toList();
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
