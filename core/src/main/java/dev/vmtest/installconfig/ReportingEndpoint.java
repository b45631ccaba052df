package dev.vmtest.installconfig;

import dev.vmtest.config.Location;
import dev.vmtest.config.MapReader;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.ScalarValue;
import dev.vmtest.secret.Secret;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Describe one receiver of report events.
 *
 * @param type {@code webhook}, {@code print}, {@code log} or {@code journald}
 * @param endpoint the URL of a webhook, or null; shown without a password in it
 * @param identifier the name under which a journal has the events, or null for curtin's
 */
public record ReportingEndpoint(
        Location location,
        String name,
        String type,
        @Nullable Secret endpoint,
        @Nullable String level,
        @Nullable String identifier) {

    /** Read the {@code reporting} key; a name that is set to null is one that was removed. */
    static List<ReportingEndpoint> readAll(MapReader root) {
        MapValue map = root.map("reporting");
        List<ReportingEndpoint> endpoints = new ArrayList<>();
        if (map != null) {
            map.entries().forEach((name, entry) -> {
                if (entry.value() instanceof MapValue endpoint) {
                    endpoints.add(read(name, root.within(endpoint, "reporting '" + name + "'")));
                } else if (!(entry.value() instanceof ScalarValue scalar && scalar.value() == null)) {
                    root.problems()
                            .add(
                                    entry.value().location(),
                                    "reporting '" + name + "' must be a mapping, not "
                                            + entry.value().describe());
                }
            });
        }
        return List.copyOf(endpoints);
    }

    private static ReportingEndpoint read(String name, MapReader reader) {
        if (!reader.has("type")) {
            reader.missing("type");
        }
        String type = reader.choice("type", "webhook", "print", "log", "journald");
        Secret url = Secret.ofAddress(reader.text("endpoint"));
        if ("webhook".equals(type) && url == null) {
            reader.missing("endpoint");
        }
        ReportingEndpoint endpoint = new ReportingEndpoint(
                reader.source().location(),
                name,
                type == null ? "log" : type,
                url,
                reader.text("level"),
                reader.text("identifier"));
        // Only curtin reads them; no message about them may say what they are.
        for (String key : List.of("consumer_key", "consumer_secret", "token_key", "token_secret")) {
            var unused = reader.secret(key);
        }
        reader.accept("timeout", "retries");
        reader.refuseUnknown();
        return endpoint;
    }
}
