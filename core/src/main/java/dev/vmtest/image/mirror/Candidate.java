package dev.vmtest.image.mirror;

import dev.vmtest.image.MirrorPath;
import dev.vmtest.image.StreamItem;
import dev.vmtest.text.Printable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Hold one version of a product that is to be mirrored.
 *
 * @param contentId the products file that it is in
 * @param items those that are asked for
 */
record Candidate(String contentId, String product, String version, List<StreamItem> items) {

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    Candidate {
        items = List.copyOf(items);
    }

    /** Return the newest versions of each product of a products file that have what is asked for. */
    static List<Candidate> of(String contentId, JsonNode tree, SyncRequest request) {
        Map<String, Map<String, List<StreamItem>>> found = new LinkedHashMap<>();
        for (StreamItem item : StreamItem.of(tree)) {
            if (request.accepts(item)) {
                Map<String, List<StreamItem>> versions =
                        found.computeIfAbsent(item.product(), product -> new LinkedHashMap<>());
                if (versions.containsKey(item.version()) || versions.size() < request.keep()) {
                    versions.computeIfAbsent(item.version(), version -> new ArrayList<>())
                            .add(item);
                }
            }
        }
        List<Candidate> candidates = new ArrayList<>();
        found.forEach((product, versions) -> versions.forEach(
                (version, items) -> candidates.add(new Candidate(contentId, product, version, items))));
        return candidates;
    }

    /** Put this version with just these items below the product of a mirrored tree. */
    void copy(ObjectNode upstream, ObjectNode mirrored) {
        JsonNode from = upstream.path("products").path(product);
        ObjectNode to = mirrored.withObjectProperty("products").withObjectProperty(product);
        copyFields(from, to, "versions");
        JsonNode fromVersion = from.path("versions").path(version);
        ObjectNode toVersion = to.withObjectProperty("versions").putObject(version);
        copyFields(fromVersion, toVersion, "items");
        ObjectNode toItems = toVersion.putObject("items");
        items.forEach(item -> toItems.set(
                item.name(), fromVersion.path("items").path(item.name()).deepCopy()));
    }

    /** Copy all fields but one. */
    static void copyFields(JsonNode from, ObjectNode to, String without) {
        from.properties().forEach(field -> {
            if (!field.getKey().equals(without)) {
                to.set(field.getKey(), field.getValue().deepCopy());
            }
        });
    }

    /** Return what is wrong with the items themselves, whatever the server has. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        for (StreamItem item : items) {
            Optional<String> objection = MirrorPath.objection(item.path());
            if (objection.isPresent()) {
                problems.add(of(item) + " has the path '" + Printable.word(item.path()) + "', which a mirror may not"
                        + " write: " + objection.get());
            } else if (!Stream.of(item.product(), item.version(), item.name()).allMatch(MirrorPath::isName)) {
                problems.add(of(item) + " has an empty, overlong or invisible name for its product '"
                        + Printable.word(item.product()) + "', its version or itself");
            } else if (item.size() < 0) {
                problems.add(of(item) + " has no size");
            } else if (!SHA256.matcher(item.sha256()).matches()) {
                problems.add(of(item) + " has no sha256");
            }
        }
        return problems;
    }

    private static String of(StreamItem item) {
        return "the item " + Printable.word(item.name()) + " of " + item.image();
    }
}
