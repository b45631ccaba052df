package dev.vmtest.autoinstall;

import dev.vmtest.config.ListValue;
import dev.vmtest.config.MapReader;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Read the storage section: a layout by its name, or actions, beside swap and boot loader. */
final class StorageSection {

    /** Offsets and what is preserved mean what they mean in this version of curtin's storage configuration. */
    private static final int VERSION = 2;

    private final MapReader body;
    private final Draft draft;

    StorageSection(MapReader body, Draft draft) {
        this.body = body;
        this.draft = draft;
    }

    void read() {
        MapValue section = body.map("storage");
        if (section == null) {
            Place place = new Place(body.source().location());
            put(place, place.number(VERSION), layout(new MapValue(place.location(), Map.of())));
            return;
        }
        MapReader reader = body.within(section, "storage");
        Value version = reader.value("version");
        for (String key : new String[] {"swap", "grub"}) {
            reader.map(key);
            MapValue.Entry entry = section.entries().get(key);
            if (entry != null) {
                draft.put(key, entry);
            }
        }
        Place place = new Place(section.location());
        Value taken = version == null ? place.number(VERSION) : version;
        if (reader.value("layout") != null) {
            MapValue layout = reader.map("layout");
            if (reader.has("config")) {
                draft.notDone(section.locationOf("config"), "storage: 'config' is not read beside 'layout'");
            }
            if (layout != null) {
                put(new Place(layout.location()), taken, layout(layout));
            }
        } else if (reader.value("config") instanceof ListValue list) {
            put(new Place(list.location()), taken, new StorageActions(body.problems(), draft).resolve(list));
        } else if (reader.list("config") == null && !reader.has("config")) {
            body.problems()
                    .add(
                            section.location(),
                            "storage: there is neither 'layout' nor 'config'",
                            "add 'layout: {name: lvm}', or a list of actions");
        }
        section.entries().keySet().stream()
                .filter(key ->
                        !List.of("version", "swap", "grub", "layout", "config").contains(key))
                .forEach(key -> draft.notDone(
                        section.locationOf(key), "storage has no key '" + key + "', which the installer ignores"));
    }

    private ListValue layout(MapValue layout) {
        return new StorageLayout(body.within(layout, "layout"), draft).actions();
    }

    private void put(Place place, Value version, ListValue actions) {
        if (actions.items().isEmpty()) {
            return;
        }
        Map<String, Value> storage = new LinkedHashMap<>();
        storage.put("version", version);
        storage.put("config", actions);
        draft.put("storage", place.entry(place.map(storage)));
    }
}
