package dev.vmtest.image;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Judge the paths that a stream gives its items: which of them a mirror may write below IMAGE_DIR, and which of them
 * are one and the same to some file systems.
 */
public final class MirrorPath {

    /** What other parts of vmtest keep in IMAGE_DIR, beside the names that begin with a dot. */
    private static final Set<String> RESERVED = Set.of("streams", "snapshots");

    /** Where images that are built here lie, as {@link ImageDirectory#version} says: a file has six names. */
    private static final String BUILT = "debian";

    private static final int NAMES_OF_BUILT = 6;

    /** The longest name of most file systems, and a length of paths that leaves room for IMAGE_DIR, in bytes. */
    private static final int LONGEST_NAME = 255;

    private static final int LONGEST_PATH = 2048;
    private static final int MOST_NAMES = 32;

    private MirrorPath() {}

    /** Return why a mirror may not write to a path, or nothing if it may. */
    public static Optional<String> objection(String path) {
        List<String> names = List.of(path.split("/", -1));
        if (path.isEmpty()) {
            return Optional.of("it has no path");
        }
        if (bytes(path) > LONGEST_PATH || names.size() > MOST_NAMES) {
            return Optional.of("its path is too long");
        }
        if (names.stream().anyMatch(name -> name.isEmpty() || name.equals(".") || name.equals(".."))) {
            return Optional.of("its path is not plainly below the stream");
        }
        if (names.stream().anyMatch(name -> bytes(name) > LONGEST_NAME || !isPlain(name))) {
            return Optional.of("its path has a name that a file cannot well have");
        }
        String first = folded(names.get(0));
        if (first.isEmpty() || names.get(0).startsWith(".") || first.startsWith(".") || RESERVED.contains(first)) {
            return Optional.of("what lies in " + names.get(0) + "/ is vmtest's own");
        }
        if (first.equals(BUILT) && names.size() < NAMES_OF_BUILT) {
            return Optional.of("in " + BUILT + "/ lie images that were built here");
        }
        return Optional.empty();
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Neither control characters nor invisible ones, nor halves of characters. */
    private static boolean isPlain(String name) {
        return name.codePoints().noneMatch(character -> switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> character == '\\';
        });
    }

    /** Say whether a text is fit to be the name of a product, a version, an item or a products file. */
    public static boolean isName(String text) {
        return !text.isBlank() && bytes(text) <= LONGEST_NAME && isPlain(text);
    }

    /**
     * Return the same text for all paths that are one to some file system: without regard to case, to the ways in which
     * Unicode writes a character, and to dots and spaces at the end of a name.
     */
    public static String folded(String path) {
        return List.of(path.split("/", -1)).stream().map(MirrorPath::foldedName).collect(Collectors.joining("/"));
    }

    private static String foldedName(String name) {
        String lower = Normalizer.normalize(
                Normalizer.normalize(name, Normalizer.Form.NFKC)
                        .toUpperCase(Locale.ROOT)
                        .toLowerCase(Locale.ROOT),
                Normalizer.Form.NFKC);
        int end = lower.length();
        while (end > 0 && (lower.charAt(end - 1) == '.' || lower.charAt(end - 1) == ' ')) {
            end--;
        }
        return lower.substring(0, end);
    }
}
