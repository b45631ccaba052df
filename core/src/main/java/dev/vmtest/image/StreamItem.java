package dev.vmtest.image;

import dev.vmtest.text.Printable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Hold one item of a products file with the fields of everything that it is part of, the inner ones winning: those of
 * the file, of its product and its version, and {@code product_name}, {@code version_name} and {@code item_name}.
 *
 * @param fields texts, numbers and booleans by their names
 */
public record StreamItem(Map<String, Object> fields) {

    public StreamItem {
        fields = new LinkedHashMap<>(fields);
    }

    /** Return the items of a products file: products by name, versions newest first, items by name. */
    public static List<StreamItem> of(JsonNode tree) {
        List<StreamItem> items = new ArrayList<>();
        sorted(tree.path("products")).forEach((product, productNode) -> {
            TreeMap<String, JsonNode> versions = new TreeMap<>(ImageVersions.ORDER.reversed());
            productNode.path("versions").properties().forEach(entry -> versions.put(entry.getKey(), entry.getValue()));
            versions.forEach((version, versionNode) -> sorted(versionNode.path("items"))
                    .forEach((item, itemNode) -> {
                        Map<String, Object> fields = new LinkedHashMap<>();
                        take(fields, tree);
                        take(fields, productNode);
                        take(fields, versionNode);
                        take(fields, itemNode);
                        fields.put("product_name", product);
                        fields.put("version_name", version);
                        fields.put("item_name", item);
                        items.add(new StreamItem(fields));
                    }));
        });
        return items;
    }

    private static TreeMap<String, JsonNode> sorted(JsonNode object) {
        TreeMap<String, JsonNode> entries = new TreeMap<>();
        object.properties().forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
        return entries;
    }

    private static void take(Map<String, Object> fields, JsonNode object) {
        object.properties().forEach(entry -> {
            JsonNode value = entry.getValue();
            if (value.isString()) {
                fields.put(entry.getKey(), value.stringValue());
            } else if (value.isIntegralNumber() && value.canConvertToLong()) {
                fields.put(entry.getKey(), value.longValue());
            } else if (value.isNumber()) {
                fields.put(entry.getKey(), value.doubleValue());
            }
        });
    }

    /** Return a field as a text, empty if there is none. */
    public String text(String key) {
        return String.valueOf(fields.getOrDefault(key, ""));
    }

    public String product() {
        return text("product_name");
    }

    public String version() {
        return text("version_name");
    }

    public String name() {
        return text("item_name");
    }

    public String path() {
        return text("path");
    }

    public String sha256() {
        return text("sha256");
    }

    /** Return the size in bytes, or -1 if the products file does not say it as a number. */
    public long size() {
        return fields.get("size") instanceof Long size ? size : -1;
    }

    /** Name a file by what is in it. */
    public String fileKey() {
        return sha256() + "-" + size();
    }

    /** Return a short text that tells this item from all others of a stream. */
    public String described() {
        return "the item " + Printable.word(name()) + " of " + image() + ", product " + Printable.word(product());
    }

    /** Return a short text that tells what this is a file of. */
    public String image() {
        String arch = text("arch") + "/" + text("subarch");
        return Printable.word(text("release") + " " + arch + " " + version());
    }
}
