package dev.vmtest.installconfig;

import dev.vmtest.config.ListValue;
import dev.vmtest.config.Location;
import dev.vmtest.config.MapReader;
import dev.vmtest.config.ScalarValue;
import java.util.List;

/**
 * Say something about a place of a configuration that is no problem.
 *
 * @param text one line without a final full stop
 */
public record Remark(Location location, String text) {

    /** Read the remarks under a key. */
    static List<Remark> readAll(MapReader reader, String key) {
        ListValue list = reader.list(key);
        if (list == null) {
            return List.of();
        }
        reader.texts(key);
        return list.items().stream()
                .filter(ScalarValue.class::isInstance)
                .map(ScalarValue.class::cast)
                .map(item -> new Remark(item.location(), item.text().replaceAll("\\s+", " ")))
                .toList();
    }

    @Override
    public String toString() {
        return location + ": " + text;
    }
}
