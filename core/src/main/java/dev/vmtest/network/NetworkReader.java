package dev.vmtest.network;

import dev.vmtest.config.MapReader;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.Problems;
import dev.vmtest.config.ScalarValue;
import dev.vmtest.config.Suggestion;
import dev.vmtest.config.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Read the {@code network} section of a configuration, versions 1 and 2, also below one more key {@code network} as
 * curtin and cloud-init take it.
 */
public final class NetworkReader {

    private static final String KEY = "network";
    private static final String DISABLED = "disabled";

    private NetworkReader() {}

    /** Read the network section of a whole configuration; null if there is none. */
    public static @Nullable NetworkConfig read(MapValue root, Problems problems) {
        Value section = new MapReader(root, "configuration", problems).value(KEY);
        if (section instanceof MapValue outer && outer.get(KEY) != null) {
            MapReader around = new MapReader(outer, KEY, problems);
            section = around.value(KEY);
            around.leaveUnknownToInstaller();
        }
        if (section == null) {
            return null;
        }
        if (!(section instanceof MapValue map)) {
            problems.add(section.location(), "network: must be a mapping, not " + section.describe());
            return null;
        }
        NetworkConfig config = read(new MapReader(map, KEY, problems));
        NetworkRules.check(config, problems);
        return config;
    }

    private static NetworkConfig read(MapReader reader) {
        boolean disabled = false;
        if (reader.value("config") instanceof ScalarValue word) {
            if (!word.text().equals(DISABLED)) {
                String nearest = Suggestion.didYouMean(word.text(), List.of(DISABLED));
                reader.problem(
                        "config",
                        "'config' must be a list or the word " + DISABLED + ", not '" + word.text() + "'",
                        nearest);
                return nothing(reader, 1, false);
            }
            disabled = true;
        }
        Integer version = reader.integer("version", 1, 2);
        if (disabled) {
            reader.leaveUnknownToInstaller();
            return nothing(reader, version == null ? 1 : version, true);
        }
        if (version == null) {
            if (!reader.has("version")) {
                reader.missing("version");
            }
            return nothing(reader, 1, false);
        }
        return version == 2 ? new Version2Reader(reader).read() : new Version1Reader(reader).read();
    }

    /** Return a section of which nothing more is known; what follows from one problem is not told as another. */
    private static NetworkConfig nothing(MapReader reader, int version, boolean disabled) {
        return new NetworkConfig(
                reader.source().location(), version, disabled, null, List.of(), List.of(), List.of(), List.of());
    }
}
