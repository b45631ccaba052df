package dev.vmtest.image;

import dev.vmtest.config.Suggestion;
import dev.vmtest.release.KnownRelease;
import dev.vmtest.release.ReleaseTable;
import dev.vmtest.text.Printable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * Know the words that filters may use: the fields of a tree's items and what they hold, and what is known of streams
 * without having one.
 *
 * <p>A field that no item has, or a release, architecture, system or type of file that there is nowhere, is a slip. A word
 * that is merely not in the tree is an answer: scripts ask before they mirror.
 */
final class QueryWords {

    /** The fields of MAAS streams, by which curtin's own harness asks, whether or not a tree has them yet. */
    private static final Set<String> STREAM_KEYS = Set.of(
            "arch",
            "content_id",
            "datatype",
            "format",
            "ftype",
            "item_name",
            "kflavor",
            "kpackage",
            "krel",
            "label",
            "os",
            "path",
            "product_name",
            "release",
            "release_codename",
            "release_title",
            "sha256",
            "size",
            "subarch",
            "subarches",
            "support_eol",
            "updated",
            "version",
            "version_name");

    /** Types of files that streams and builds have. */
    private static final Set<String> STREAM_FTYPES =
            Set.of("boot-kernel", "boot-initrd", "squashfs", "root-tgz", "root-image.gz", "root-image.xz", "manifest");

    /** Fields all of whose words are known, and what such a word is. */
    private static final Map<String, String> CLOSED = Map.of(
            "release", "release", "krel", "release", "arch", "architecture", "os", "system", "ftype", "type of file");

    private final Map<String, Set<String>> values;

    private QueryWords(Map<String, Set<String>> values) {
        this.values = values;
    }

    static QueryWords of(Collection<JsonNode> trees) {
        Map<String, Set<String>> values = new TreeMap<>();
        for (JsonNode tree : trees) {
            for (StreamItem item : StreamItem.of(tree)) {
                item.fields()
                        .forEach((key, value) -> values.computeIfAbsent(key, any -> new TreeSet<>())
                                .add(String.valueOf(value)));
            }
        }
        return new QueryWords(values);
    }

    /** Return what is a slip, one sentence each. */
    List<String> mistakes(List<ImageFilter> filters) {
        List<String> mistakes = new ArrayList<>();
        Set<String> keys = new TreeSet<>(values.keySet());
        keys.addAll(STREAM_KEYS);
        for (ImageFilter filter : filters) {
            if (!keys.contains(filter.key())) {
                mistakes.add("items have no field '" + Printable.word(filter.key()) + "', as "
                        + Printable.word(filter.toString()) + " asks for; " + hint(filter.key(), keys));
                continue;
            }
            Optional<String> value = filter.value().filter(text -> !text.isEmpty());
            Set<String> known = known(filter.key());
            if (value.isPresent() && !known.isEmpty() && !known.contains(value.get())) {
                mistakes.add("no " + CLOSED.get(filter.key()) + " is called '" + Printable.word(value.get()) + "'; "
                        + hint(value.get(), known));
            }
        }
        return mistakes;
    }

    /** Say that no item passes, and which word of another item is near. */
    String nothing(ImageDirectory directory, List<ImageFilter> filters) {
        if (values.isEmpty()) {
            return "there are no images in " + directory.root()
                    + "; 'vmtest images build' makes those of Debian, 'vmtest images sync' fetches others";
        }
        List<String> near = new ArrayList<>();
        for (ImageFilter filter : filters) {
            Set<String> present = values.getOrDefault(filter.key(), Set.of());
            filter.value()
                    .filter(value -> !present.contains(value))
                    .flatMap(value -> Suggestion.nearest(value, present))
                    .ifPresent(word -> near.add(filter.key() + "=" + Printable.word(word)));
        }
        return "no item in " + directory.root() + " passes"
                + (near.isEmpty() ? "" : "; did you mean " + String.join(" ", near) + "?");
    }

    /** Return all words that a field can hold anywhere, or nothing if they are not known. */
    private Set<String> known(String key) {
        if (!CLOSED.containsKey(key)) {
            return Set.of();
        }
        Set<String> known = new TreeSet<>(values.getOrDefault(key, Set.of()));
        for (KnownRelease release : ReleaseTable.all()) {
            switch (key) {
                case "arch" -> known.addAll(release.arches());
                case "os" -> known.add(release.family().os());
                case "ftype" -> known.addAll(STREAM_FTYPES);
                default -> known.add(release.codename());
            }
        }
        return known;
    }

    private static String hint(String written, Set<String> words) {
        String near = Suggestion.didYouMean(written, words);
        return Printable.line(near.isEmpty() ? "there are: " + String.join(", ", words) : near);
    }
}
