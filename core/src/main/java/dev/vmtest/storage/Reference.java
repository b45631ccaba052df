package dev.vmtest.storage;

import dev.vmtest.config.ListValue;
import dev.vmtest.config.Location;
import dev.vmtest.config.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hold what one storage action says of another.
 *
 * @param key the key that says it
 * @param id the id that it names
 * @param location where that id stands
 */
public record Reference(String key, String id, Location location) {

    /** Return the reference of a key with one id, or none where there is none. */
    static List<Reference> one(StorageAction action, String key, @Nullable String id) {
        if (id == null || id.isEmpty()) {
            return List.of();
        }
        Value value = action.origin().source().get(key);
        return List.of(new Reference(key, id, value == null ? action.origin().location() : value.location()));
    }

    /** Return the references of a key with a list of ids. */
    static List<Reference> each(StorageAction action, String key, List<String> ids) {
        Value value = action.origin().source().get(key);
        List<Reference> found = new ArrayList<>();
        for (int index = 0; index < ids.size(); index++) {
            Location location = value instanceof ListValue list && list.items().size() == ids.size()
                    ? list.items().get(index).location()
                    : action.origin().location(key);
            found.add(new Reference(key, ids.get(index), location));
        }
        return List.copyOf(found);
    }

    /** Return the references of several keys, in their order. */
    static List<Reference> join(List<List<Reference>> references) {
        return references.stream().flatMap(List::stream).toList();
    }
}
