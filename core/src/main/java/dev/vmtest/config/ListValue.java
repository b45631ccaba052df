package dev.vmtest.config;

import java.util.List;

/**
 * Hold a YAML sequence.
 *
 * @param location where the sequence begins
 * @param items its items in order
 */
public record ListValue(Location location, List<Value> items) implements Value {

    public ListValue {
        items = List.copyOf(items);
    }

    @Override
    public String describe() {
        return "a list";
    }
}
