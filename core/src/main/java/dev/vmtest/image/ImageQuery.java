package dev.vmtest.image;

import dev.vmtest.text.MistakeException;
import dev.vmtest.text.PrintableJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * List the items of a tree, as simplestreams does.
 *
 * @param filters each must accept an item
 * @param versions how many of the newest versions of each product are listed
 */
public record ImageQuery(List<ImageFilter> filters, int versions) {

    /** The line of curtin's vmtest. */
    private static final String DEFAULT_FORMAT =
            "%(release)-7s %(arch)s/%(subarch)s/%(kflavor)s %(version_name)-10s %(item_name)s";

    private static final JsonMapper JSON = PrintableJson.builder().build();

    public ImageQuery {
        filters = List.copyOf(filters);
    }

    /**
     * Return the fields of each item that is there: those of its products file and {@code item_url}, its file.
     *
     * @throws ImageException if an index cannot be read
     */
    public List<Map<String, Object>> find(ImageDirectory directory) throws ImageException {
        List<Map<String, Object>> found = new ArrayList<>();
        for (JsonNode tree : new Products(directory).trees()) {
            for (StreamItem item : newest(tree)) {
                Map<String, Object> fields = new LinkedHashMap<>(item.fields());
                fields.put("item_url", directory.resolve(item.path()).toString());
                found.add(fields);
            }
        }
        return found;
    }

    /**
     * Return what is a slip in the filters, rather than a question whose answer is nothing; see {@link QueryWords}.
     *
     * @throws ImageException if an index cannot be read
     */
    public static List<String> mistakes(ImageDirectory directory, List<ImageFilter> filters) throws ImageException {
        return QueryWords.of(new Products(directory).trees()).mistakes(filters);
    }

    /**
     * Say that nothing was found, and what a filter may have meant.
     *
     * @throws ImageException if an index cannot be read
     */
    public static String nothing(ImageDirectory directory, List<ImageFilter> filters) throws ImageException {
        return QueryWords.of(new Products(directory).trees()).nothing(directory, filters);
    }

    private List<StreamItem> newest(JsonNode tree) {
        Map<String, Set<String>> seen = new LinkedHashMap<>();
        List<StreamItem> kept = new ArrayList<>();
        for (StreamItem item : StreamItem.of(tree)) {
            if (filters.stream().allMatch(filter -> filter.accepts(item))) {
                Set<String> of = seen.computeIfAbsent(item.product(), product -> new LinkedHashSet<>());
                if (of.contains(item.version()) || of.size() < versions) {
                    of.add(item.version());
                    kept.add(item);
                }
            }
        }
        return kept;
    }

    /** Return items as a JSON list of flat objects. */
    public static String json(List<Map<String, Object>> items) {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(items);
    }

    /** Return the default line for each item, sorted; a field that an item does not have is empty. */
    public static List<String> lines(List<Map<String, Object>> items) {
        ItemFormat format = ItemFormat.parse(DEFAULT_FORMAT);
        return items.stream().map(format::formatWhatIsThere).sorted().toList();
    }

    /**
     * Return a line for each item, sorted.
     *
     * @throws MistakeException if the format is none or names a field that an item does not have
     */
    public static List<String> lines(List<Map<String, Object>> items, String format) {
        ItemFormat parsed = ItemFormat.parse(format);
        return items.stream().map(parsed::format).sorted().toList();
    }
}
