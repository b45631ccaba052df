package dev.vmtest.trial;

import dev.vmtest.config.ListValue;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.ScalarValue;
import dev.vmtest.config.Value;
import dev.vmtest.storage.IscsiPath;
import java.util.LinkedHashMap;
import java.util.Map;

/** Put the addresses of iSCSI disks where a configuration leaves them to the run. */
final class IscsiAddresses {

    private static final String ID = "id";
    private static final String PATH = "path";

    private IscsiAddresses() {}

    /**
     * Return a configuration with the addresses in it; everything keeps its place.
     *
     * @param paths the address by the id of the disk's action
     */
    static MapValue in(MapValue map, Map<String, String> paths) {
        String address = map.get(ID) instanceof ScalarValue id ? paths.get(id.text()) : null;
        Map<String, MapValue.Entry> entries = new LinkedHashMap<>();
        map.entries().forEach((key, entry) -> {
            Value value = entry.value();
            boolean served = key.equals(PATH)
                    && value instanceof ScalarValue scalar
                    && IscsiPath.isServedByTheRun(scalar.text());
            entries.put(
                    key,
                    new MapValue.Entry(
                            entry.keyLocation(),
                            served && address != null
                                    ? new ScalarValue(value.location(), address, address)
                                    : in(value, paths)));
        });
        return new MapValue(map.location(), entries);
    }

    private static Value in(Value value, Map<String, String> paths) {
        if (value instanceof MapValue map) {
            return in(map, paths);
        }
        if (value instanceof ListValue list) {
            return new ListValue(
                    list.location(),
                    list.items().stream().map(item -> in(item, paths)).toList());
        }
        return value;
    }
}
