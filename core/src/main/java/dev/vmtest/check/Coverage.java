package dev.vmtest.check;

import dev.vmtest.config.ListValue;
import dev.vmtest.config.Location;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.ScalarValue;
import dev.vmtest.config.Value;
import dev.vmtest.installconfig.InstallConfig;
import dev.vmtest.installconfig.UnreadKeys;
import dev.vmtest.text.Printable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Say of each line of a configuration which checks look at what stands on it, or why none does.
 *
 * <p>Who judges a key is said by {@link KeyClaims} alone; the checks of this configuration are named beside it. Where a
 * row promises a check and there is none, the line counts among those that no check looks at.
 */
public final class Coverage {

    private static final int MOST_NAMED = 4;

    private final InstallConfig config;
    private final List<Check> checks;
    private final Map<String, List<Check>> bySource = new HashMap<>();
    private final List<Element> elements = new ArrayList<>();

    private Coverage(InstallConfig config, List<Check> checks) {
        this.config = config;
        this.checks = List.copyOf(checks);
        checks.forEach(check -> bySource.computeIfAbsent(check.source(), any -> new ArrayList<>())
                .add(check));
    }

    /** Say what checks do with something that is asked for. */
    public enum Standing {
        /** Nobody needs to look: it has no effect on the installed system. */
        NO_EFFECT("no effect"),
        /** Checks look at it. */
        CHECKED("checked"),
        /** No check looks at it. */
        UNCLAIMED("no check");

        private final String text;

        Standing(String text) {
            this.text = text;
        }

        /** Return how it is shown. */
        public String text() {
            return text;
        }
    }

    /**
     * Say it of one line of a file.
     *
     * @param place the file and the line, with the column of the first thing on it
     * @param standing the gravest of what stands on it
     * @param rows for each standing that something on the line has, the keys with their checks or their reason
     */
    public record Line(Location place, Standing standing, List<String> rows) {

        public Line {
            rows = List.copyOf(rows);
        }
    }

    /** What checks are of an element, and what checks of the keys in it. */
    private record Level(List<Check> own, List<Check> inside) {}

    /** One scalar, or something empty, with who looks at it. */
    private record Element(Location place, String key, Standing standing, String why) {}

    /**
     * Return a line for each line of the files on which something is asked for, in the order of the files.
     *
     * @param config the whole configuration
     * @param asked those of its keys that somebody has asked for, from the top
     * @param checks what is held against the installed system
     */
    public static List<Line> of(InstallConfig config, MapValue asked, List<Check> checks) {
        Coverage coverage = new Coverage(config, checks);
        UnreadKeys unread = UnjudgedKeys.unread(asked);
        asked.entries().forEach((key, entry) -> {
            if (UnjudgedKeys.isNamed(key) || !unread.contains(key)) {
                coverage.look(List.of(key), entry.keyLocation(), entry.value(), List.of());
            }
        });
        return coverage.lines();
    }

    /** Say how many lines are of each standing. */
    public static String counted(List<Line> lines) {
        long checked = count(lines, Standing.CHECKED);
        long idle = count(lines, Standing.NO_EFFECT);
        long unclaimed = count(lines, Standing.UNCLAIMED);
        return lines.size() + (lines.size() == 1 ? " line: " : " lines: ") + checked + " checked, " + idle
                + " without effect, " + unclaimed + " without a check";
    }

    private static long count(List<Line> lines, Standing standing) {
        return lines.stream().filter(line -> line.standing() == standing).count();
    }

    /**
     * Look at an element and what is in it.
     *
     * @param around each mapping and list that it is in, innermost first
     */
    private void look(List<String> path, Location place, Value value, List<Level> around) {
        List<Level> here = Stream.concat(
                        Stream.of(new Level(at(place, value.location()), inside(value))), around.stream())
                .toList();
        if (value instanceof MapValue map && !map.entries().isEmpty()) {
            map.entries()
                    .forEach((key, entry) ->
                            look(UnjudgedKeys.with(path, key), entry.keyLocation(), entry.value(), here));
        } else if (value instanceof ListValue words && isOfScalars(words)) {
            // The words of a command, the names of packages: rows speak of the list.
            for (Value word : words.items()) {
                Level own = new Level(at(word.location(), word.location()), List.of());
                elements.add(element(
                        path,
                        word.location(),
                        value,
                        Stream.concat(Stream.of(own), here.stream()).toList()));
            }
        } else if (value instanceof ListValue list && !list.items().isEmpty()) {
            list.items().forEach(item -> look(UnjudgedKeys.with(path, "*"), item.location(), item, here));
        } else {
            elements.add(element(path, place, value, here));
            if (value instanceof ScalarValue scalar) {
                lookAtLines(path, scalar);
            }
        }
    }

    /** Some checks are of a line of a text. */
    private void lookAtLines(List<String> path, ScalarValue scalar) {
        int start = 0;
        for (String line : scalar.text().split("\n", -1)) {
            Location place = line.isBlank() ? scalar.location() : scalar.location(start);
            List<Check> own = at(place, place);
            if (place.line() != scalar.location().line() && !own.isEmpty()) {
                elements.add(element(path, place, scalar, List.of(new Level(own, List.of()))));
            }
            start += line.length() + 1;
        }
    }

    private static boolean isOfScalars(ListValue list) {
        return !list.items().isEmpty() && list.items().stream().allMatch(ScalarValue.class::isInstance);
    }

    private List<Check> inside(Value value) {
        return value instanceof MapValue map
                ? map.entries().values().stream()
                        .flatMap(entry -> at(entry.keyLocation(), entry.value().location()).stream())
                        .toList()
                : List.of();
    }

    private List<Check> at(Location key, Location value) {
        Stream<String> places = Stream.of(key, value).distinct().map(Location::toString);
        return places.flatMap(place -> bySource.getOrDefault(place, List.of()).stream())
                .toList();
    }

    private Element element(List<String> path, Location place, Value value, List<Level> here) {
        String key = String.join(".", path);
        if (value instanceof ScalarValue scalar && scalar.value() == null) {
            return new Element(place, key, Standing.NO_EFFECT, "null asks for nothing");
        }
        Optional<KeyClaim> claim = KeyClaims.of(path, row -> row.values().test(value, config));
        if (claim.isEmpty()) {
            return new Element(place, key, Standing.UNCLAIMED, UnjudgedKeys.UNKNOWN);
        }
        String why = claim.get().why();
        return switch (claim.get().standing()) {
            case CHECKED -> looked(place, key, looking(why, here, true));
            case CHECKED_WITHIN -> looked(place, key, looking(why, here, false));
            case NO_EFFECT -> new Element(place, key, Standing.NO_EFFECT, why);
            case NOT_JUDGED -> new Element(place, key, Standing.UNCLAIMED, why);
        };
    }

    /**
     * Return the checks whose names begin so: of the element, of the closest one around it that has some, or of any place.
     *
     * @param serves whether those beside the element rest on it
     */
    private List<Check> looking(String names, List<Level> here, boolean serves) {
        Stream<List<Check>> own = here.stream().map(Level::own);
        Stream<List<Check>> beside = here.stream().map(Level::inside).filter(inside -> serves);
        Stream<List<Check>> anywhere = Stream.of(checks).filter(all -> !names.isEmpty());
        return Stream.of(own, beside, anywhere)
                .flatMap(each -> each)
                .map(level -> beginning(names, level))
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private static List<Check> beginning(String names, List<Check> level) {
        return level.stream().filter(check -> check.name().startsWith(names)).toList();
    }

    private static Element looked(Location place, String key, List<Check> found) {
        List<String> names = found.stream()
                .filter(check -> check.notJudged().isEmpty())
                .map(Check::name)
                .distinct()
                .toList();
        if (!names.isEmpty()) {
            List<String> first = names.subList(0, Math.min(names.size(), MOST_NAMED));
            int left = names.size() - first.size();
            return new Element(
                    place,
                    key,
                    Standing.CHECKED,
                    String.join("; ", first) + (left == 0 ? "" : " and " + left + " more"));
        }
        return found.stream()
                .findFirst()
                .flatMap(Check::notJudged)
                .map(remark -> new Element(place, key, Standing.UNCLAIMED, remark.text()))
                .orElseGet(() -> new Element(place, key, Standing.UNCLAIMED, "no check was made of it"));
    }

    private List<Line> lines() {
        Map<Location, List<Element>> byLine =
                new TreeMap<>(Comparator.comparing(Location::file).thenComparing(Location::line));
        elements.forEach(element -> byLine.computeIfAbsent(element.place(), any -> new ArrayList<>())
                .add(element));
        return byLine.entrySet().stream()
                .map(line -> line(line.getKey(), line.getValue()))
                .toList();
    }

    private static Line line(Location place, List<Element> elements) {
        Map<Standing, Map<String, Set<String>>> keys = new EnumMap<>(Standing.class);
        elements.forEach(element -> keys.computeIfAbsent(element.standing(), any -> new LinkedHashMap<>())
                .computeIfAbsent(element.why(), any -> new LinkedHashSet<>())
                .add(element.key()));
        List<String> rows = new ArrayList<>();
        keys.forEach((standing, reasons) -> reasons.forEach((why, names) -> rows.add(Printable.line(
                place.file() + ":" + place.line() + ": " + standing.text() + ": " + shortened(names) + ": " + why))));
        Standing gravest = keys.keySet().stream().max(Comparator.naturalOrder()).orElse(Standing.NO_EFFECT);
        return new Line(place, gravest, rows);
    }

    private static String shortened(Set<String> keys) {
        List<String> first = keys.stream().limit(MOST_NAMED).toList();
        int left = keys.size() - first.size();
        return String.join(", ", first) + (left == 0 ? "" : " and " + left + " more");
    }
}
