package dev.vmtest.installconfig;

import dev.vmtest.config.ListValue;
import dev.vmtest.config.Location;
import dev.vmtest.config.MapReader;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.ScalarValue;
import dev.vmtest.config.Value;
import dev.vmtest.secret.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Describe where the target's files come from.
 *
 * @param name its key, or its index in a list
 * @param type {@code tgz}, {@code fsimage}, {@code dd-xz}, …, or null where the URI says it
 * @param uri shown without a password in it
 */
public record InstallSource(
        Location location, String name, @Nullable String type, Secret uri) {

    /** Read the {@code sources} key: a list, or a mapping of names. */
    static List<InstallSource> readAll(MapReader root) {
        Value value = root.value("sources");
        List<InstallSource> sources = new ArrayList<>();
        if (value instanceof MapValue map) {
            map.entries()
                    .forEach((name, entry) -> read(root, name, entry.value()).ifPresent(sources::add));
        } else if (value instanceof ListValue list) {
            for (int index = 0; index < list.items().size(); index++) {
                read(root, Integer.toString(index), list.items().get(index)).ifPresent(sources::add);
            }
        } else if (value != null) {
            root.problem("sources", "'sources' must be a list or a mapping, not " + value.describe(), "");
        }
        return List.copyOf(sources);
    }

    private static Secret address(String uri) {
        return Objects.requireNonNull(Secret.ofAddress(uri));
    }

    private static Optional<InstallSource> read(MapReader root, String name, Value value) {
        if (value instanceof ScalarValue scalar && scalar.value() instanceof String uri) {
            return Optional.of(new InstallSource(value.location(), name, null, address(uri)));
        }
        if (value instanceof MapValue map) {
            MapReader reader = root.within(map, "source '" + name + "'");
            InstallSource source =
                    new InstallSource(value.location(), name, reader.text("type"), address(reader.requiredText("uri")));
            reader.refuseUnknown();
            return Optional.of(source);
        }
        root.problems().add(value.location(), "source '" + name + "' must be a URI, not " + value.describe());
        return Optional.empty();
    }
}
