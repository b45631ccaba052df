package dev.vmtest.network;

import dev.vmtest.config.MapReader;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.Problems;
import dev.vmtest.config.ScalarValue;
import dev.vmtest.config.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Read the {@code network} section of a configuration, versions 1 and 2. */
public final class NetworkReader {

    private NetworkReader() {}

    /** Read the network section of a whole configuration; null if there is none. */
    public static @Nullable NetworkConfig read(MapValue root, Problems problems) {
        Value section = new MapReader(root, "configuration", problems).value("network");
        if (section == null) {
            return null;
        }
        if (!(section instanceof MapValue map)) {
            problems.add(section.location(), "network: must be a mapping, not " + section.describe());
            return null;
        }
        MapReader reader = new MapReader(map, "network", problems);
        boolean disabled = reader.value("config") instanceof ScalarValue word
                && word.text().equals("disabled");
        Integer version = reader.integer("version", 1, 2);
        if (version == null && !reader.has("version") && !disabled) {
            reader.missing("version");
        }
        if (disabled) {
            reader.leaveUnknownToInstaller();
            return new NetworkConfig(
                    map.location(), version == null ? 1 : version, true, List.of(), List.of(), List.of());
        }
        return version != null && version == 2
                ? new NetworkVersion2(problems).read(reader)
                : new NetworkVersion1(problems).read(reader);
    }
}
