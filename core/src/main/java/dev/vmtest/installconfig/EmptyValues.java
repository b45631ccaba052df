package dev.vmtest.installconfig;

import dev.vmtest.config.ListValue;
import dev.vmtest.config.MapReader;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.ScalarValue;
import dev.vmtest.config.Value;
import java.util.Set;

/**
 * Refuse what is there and says nothing in the {@code vmtest} section: whether {@code nics: []} means no interface or
 * the usual ones, nobody could know.
 */
final class EmptyValues {

    /** A file may be empty, so may a password's hash, and a cloud-config is cloud-init's to understand. */
    private static final Set<String> MAY_BE_EMPTY = Set.of("kept_files", "boot_cloudconf", "password");

    private final MapReader section;

    private EmptyValues(MapReader section) {
        this.section = section;
    }

    static void refuse(MapReader section) {
        new EmptyValues(section).inside(section.source());
    }

    private void inside(MapValue map) {
        map.entries().forEach((key, entry) -> {
            if (isEmpty(entry.value())) {
                if (!key.equals("password")) {
                    problem(entry.value(), "'" + key + "' is empty");
                }
            } else if (!MAY_BE_EMPTY.contains(key)) {
                inside(key, entry.value());
            }
        });
    }

    private void inside(String key, Value value) {
        if (value instanceof MapValue map) {
            inside(map);
        } else if (value instanceof ListValue list) {
            for (Value item : list.items()) {
                if (isEmpty(item)) {
                    problem(item, "an item of '" + key + "' is empty");
                } else {
                    inside(key, item);
                }
            }
        }
    }

    private void problem(Value value, String message) {
        section.problems().add(value.location(), section.subject() + ": " + message, "give it a value, or take it out");
    }

    private static boolean isEmpty(Value value) {
        return (value instanceof ScalarValue scalar && "".equals(scalar.value()))
                || (value instanceof MapValue map && map.entries().isEmpty())
                || (value instanceof ListValue list && list.items().isEmpty());
    }
}
