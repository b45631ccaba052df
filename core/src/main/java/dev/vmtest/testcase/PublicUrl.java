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
        return in(map, Map.of(TOKEN, url));
    }

    /**
     * Return a configuration with values in the place of tokens; everything keeps its place.
     *
     * @param tokens what each stands for; one that is the beginning of another comes after it
     */
    public static MapValue in(MapValue map, Map<String, String> tokens) {
        Map<String, MapValue.Entry> entries = new LinkedHashMap<>();
        map.entries()
                .forEach((key, entry) ->
                        entries.put(key, new MapValue.Entry(entry.keyLocation(), in(entry.value(), tokens))));
        return new MapValue(map.location(), entries);
    }

    private static Value in(Value value, Map<String, String> tokens) {
        if (value instanceof MapValue map) {
            return in(map, tokens);
        }
        if (value instanceof ListValue list) {
            return new ListValue(
                    list.location(),
                    list.items().stream().map(item -> in(item, tokens)).toList());
        }
        return value instanceof ScalarValue scalar ? in(scalar, tokens) : value;
    }

    private static ScalarValue in(ScalarValue scalar, Map<String, String> tokens) {
        if (!(scalar.value() instanceof String text)) {
            return scalar;
        }
        String replaced = text;
        for (Map.Entry<String, String> token : tokens.entrySet()) {
            replaced = replaced.replace(token.getKey(), token.getValue());
        }
        return replaced.equals(text) ? scalar : scalar.withText(replaced);
    }
}
