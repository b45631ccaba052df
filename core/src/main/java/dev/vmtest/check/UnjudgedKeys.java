package dev.vmtest.check;

import dev.vmtest.config.ListValue;
import dev.vmtest.config.Location;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.ScalarValue;
import dev.vmtest.config.Value;
import dev.vmtest.installconfig.InstallConfig;
import dev.vmtest.installconfig.Remark;
import dev.vmtest.installconfig.UnreadKeys;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Find the keys of a configuration that no check holds although they ask something of the installed system.
 *
 * <p>A key that no row of {@link KeyClaims} names counts among them: silence is never taken for consent.
 */
public final class UnjudgedKeys {

    private static final int MOST_NAMED = 5;

    /** What is said of a key that no row names. */
    static final String UNKNOWN = "nothing says who judges it";

    private final InstallConfig config;
    private final UnreadKeys unread;
    private final Map<Alike, List<Found>> found = new LinkedHashMap<>();

    private UnjudgedKeys(InstallConfig config, MapValue asked) {
        this.config = config;
        this.unread = unread(asked);
    }

    /** Return which top-level keys are there for nobody to read. */
    static UnreadKeys unread(MapValue asked) {
        return new UnreadKeys(
                asked,
                asked.entries().entrySet().stream()
                        .filter(entry -> isNamed(entry.getKey()))
                        .map(entry -> entry.getValue().value())
                        .toList());
    }

    private record Found(String key, Location location) {}

    /** One line says all that is alike: what a section asks for and nobody judges for one reason. */
    private record Alike(String section, String why) {}

    /**
     * Return one remark for each section and each thing in it that nobody judges, with the place of its first key.
     *
     * @param config the whole configuration
     * @param asked those of its keys that somebody has asked for, from the top
     */
    public static List<Remark> of(InstallConfig config, MapValue asked) {
        UnjudgedKeys keys = new UnjudgedKeys(config, asked);
        asked.entries().forEach((key, entry) -> {
            if (isNamed(key) || !keys.unread.contains(key)) {
                keys.look(List.of(key), entry.keyLocation(), entry.value());
            }
        });
        List<Remark> remarks = new ArrayList<>();
        keys.found.forEach((alike, places) -> remarks.add(remark(alike.why(), places)));
        remarks.sort(Comparator.comparing(Remark::location));
        return List.copyOf(remarks);
    }

    private static Remark remark(String why, List<Found> places) {
        List<String> keys = places.stream().map(Found::key).distinct().toList();
        List<String> names = keys.subList(0, Math.min(keys.size(), MOST_NAMED));
        int left = keys.size() - names.size();
        return new Remark(
                places.get(0).location(),
                "not judged: " + String.join(", ", names) + (left == 0 ? "" : " and " + left + " more") + ": " + why);
    }

    private void look(List<String> path, Location location, Value value) {
        if (asksNothing(value)) {
            return;
        }
        if (hasRowsBelow(path) && value instanceof MapValue map) {
            map.entries().forEach((key, entry) -> look(with(path, key), entry.keyLocation(), entry.value()));
        } else if (hasRowsBelow(path) && value instanceof ListValue list) {
            list.items().forEach(item -> look(with(path, "*"), item.location(), item));
        } else {
            Optional<KeyClaim> claim = claimOf(path, value);
            if (claim.isEmpty() || claim.get().standing() == KeyClaim.Standing.NOT_JUDGED) {
                Alike alike = new Alike(path.get(0), claim.map(KeyClaim::why).orElse(UNKNOWN));
                // The names of commands are the author's, or made; the section says enough.
                String name = path.get(0).endsWith("_commands") ? path.get(0) : String.join(".", path);
                found.computeIfAbsent(alike, any -> new ArrayList<>()).add(new Found(name, location));
            }
        }
    }

    private static boolean asksNothing(Value value) {
        return (value instanceof ScalarValue scalar && scalar.value() == null)
                || (value instanceof MapValue map && map.entries().isEmpty())
                || (value instanceof ListValue list && list.items().isEmpty());
    }

    static List<String> with(List<String> path, String key) {
        List<String> longer = new ArrayList<>(path);
        longer.add(key);
        return List.copyOf(longer);
    }

    private static boolean hasRowsBelow(List<String> path) {
        return KeyClaims.ALL.stream()
                .flatMap(claim -> claim.paths().stream())
                .map(KeyPattern::of)
                .anyMatch(pattern -> pattern.isBelow(path));
    }

    /** Return whether a row speaks of a top-level key or of something below it. */
    static boolean isNamed(String key) {
        return KeyClaims.of(List.of(key), claim -> true).isPresent() || hasRowsBelow(List.of(key));
    }

    private Optional<KeyClaim> claimOf(List<String> path, Value value) {
        return KeyClaims.of(path, claim -> claim.values().test(value, config));
    }
}
