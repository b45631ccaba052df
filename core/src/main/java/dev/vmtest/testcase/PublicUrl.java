package dev.vmtest.testcase;

import dev.vmtest.config.ListValue;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.ScalarValue;
import dev.vmtest.config.Value;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Put the address of the run's web server where a configuration says {@code PUBURL}, as the Python harness's
 * {@code launch} does: nobody knows that address when a configuration is written.
 */
public final class PublicUrl {

    /** What stands for the address, without a slash at its end. */
    public static final String TOKEN = "PUBURL";

    private PublicUrl() {}

    /** Return a configuration with the address in it; everything keeps its place. */
    public static MapValue in(MapValue map, String url) {
        Map<String, MapValue.Entry> entries = new LinkedHashMap<>();
        map.entries()
                .forEach((key, entry) ->
                        entries.put(key, new MapValue.Entry(entry.keyLocation(), in(entry.value(), url))));
        return new MapValue(map.location(), entries);
    }

    private static Value in(Value value, String url) {
        if (value instanceof MapValue map) {
            return in(map, url);
        }
        if (value instanceof ListValue list) {
            return new ListValue(
                    list.location(),
                    list.items().stream().map(item -> in(item, url)).toList());
        }
        if (value instanceof ScalarValue scalar && scalar.value() instanceof String text && text.contains(TOKEN)) {
            String replaced = text.replace(TOKEN, url);
            return new ScalarValue(scalar.location(), replaced, replaced);
        }
        return value;
    }
}
