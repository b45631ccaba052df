package dev.vmtest.autoinstall;

import dev.vmtest.config.ListValue;
import dev.vmtest.config.Location;
import dev.vmtest.config.MapReader;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.ScalarValue;
import dev.vmtest.config.Value;
import dev.vmtest.storage.Sizes;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Make values that stand at a place of the user's file, so that messages and checks lead there.
 *
 * @param location the place
 */
record Place(Location location) {

    /** Return the place of the value of a key. */
    static Place of(MapReader reader, String key) {
        return new Place(reader.at(key));
    }

    ScalarValue text(String text) {
        return new ScalarValue(location, text, text);
    }

    ScalarValue number(long number) {
        return new ScalarValue(location, Long.toString(number), BigInteger.valueOf(number));
    }

    /** Return a size as curtin reads it everywhere: of a logical volume it takes no plain number. */
    ScalarValue size(long bytes) {
        return text(Sizes.format(bytes));
    }

    ScalarValue flag(boolean flag) {
        return new ScalarValue(location, Boolean.toString(flag), flag);
    }

    ListValue list(List<? extends Value> items) {
        return new ListValue(location, List.copyOf(items));
    }

    ListValue texts(String... texts) {
        return list(Arrays.stream(texts).map(this::text).toList());
    }

    MapValue.Entry entry(Value value) {
        return new MapValue.Entry(location, value);
    }

    /** Return a mapping with the values in order, each of whose keys stands where its value does. */
    MapValue map(Map<String, ? extends Value> values) {
        Map<String, MapValue.Entry> entries = new LinkedHashMap<>();
        values.forEach((key, value) -> entries.put(key, new MapValue.Entry(value.location(), value)));
        return new MapValue(location, entries);
    }
}
