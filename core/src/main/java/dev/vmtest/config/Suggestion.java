package dev.vmtest.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Find the word that someone probably meant. */
public final class Suggestion {

    /** A longer word is no slip of the fingers. */
    private static final int LONGEST = 100;

    private Suggestion() {}

    /** Return {@code did you mean 'x'?} for the nearest of the words, or an empty text if none is near. */
    public static String didYouMean(String written, Collection<String> words) {
        return nearest(written, words)
                .map(word -> "did you mean '" + word + "'?")
                .orElse("");
    }

    /** Return what to write instead of a word that must be one of several. */
    public static String oneOf(String written, Collection<String> words) {
        // A wrong digit is a wrong choice, not a slip: raid7 says nothing about raid0.
        List<String> others = words.stream()
                .filter(word -> !withoutDigits(word).equals(withoutDigits(written)))
                .toList();
        String nearest = didYouMean(written, others);
        return nearest.isEmpty() ? "use one of: " + String.join(", ", words) : nearest;
    }

    private static String withoutDigits(String word) {
        return word.replaceAll("[0-9]", "");
    }

    /** Return the nearest word by edit distance, if it is near enough to be a slip of the fingers. */
    public static Optional<String> nearest(String written, Collection<String> words) {
        if (written.length() > LONGEST) {
            return Optional.empty();
        }
        int allowed = Math.max(1, written.length() / 3);
        String plain = normal(written);
        return words.stream()
                .filter(word -> Math.abs(word.length() - written.length()) <= allowed)
                .filter(word -> !word.equals(written) && distance(plain, normal(word)) <= allowed)
                .min(Comparator.comparingInt((String word) -> distance(plain, normal(word)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static String normal(String word) {
        return word.toLowerCase(Locale.ROOT).replace('-', '_');
    }

    /** Count the insertions, deletions, replacements and swaps of neighbours between two words. */
    static int distance(String left, String right) {
        int[][] steps = new int[left.length() + 1][right.length() + 1];
        for (int row = 0; row <= left.length(); row++) {
            for (int column = 0; column <= right.length(); column++) {
                if (row == 0 || column == 0) {
                    steps[row][column] = row + column;
                    continue;
                }
                boolean same = left.charAt(row - 1) == right.charAt(column - 1);
                int best = Math.min(
                        steps[row - 1][column - 1] + (same ? 0 : 1),
                        1 + Math.min(steps[row - 1][column], steps[row][column - 1]));
                if (row > 1
                        && column > 1
                        && left.charAt(row - 1) == right.charAt(column - 2)
                        && left.charAt(row - 2) == right.charAt(column - 1)) {
                    best = Math.min(best, steps[row - 2][column - 2] + 1);
                }
                steps[row][column] = best;
            }
        }
        return steps[left.length()][right.length()];
    }
}
