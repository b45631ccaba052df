package dev.vmtest.installconfig;

import dev.vmtest.config.ConfigException;
import dev.vmtest.config.ConfigFiles;
import dev.vmtest.config.ListValue;
import dev.vmtest.config.Location;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.Problems;
import dev.vmtest.config.ScalarValue;
import dev.vmtest.config.Value;
import dev.vmtest.secret.Credentials;
import dev.vmtest.secret.KnownSecrets;
import dev.vmtest.secret.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Make the text of a configuration fit to be shown, line by line as it was written: without the secrets in it.
 *
 * <p>How a secret is written does not matter: what stands where YAML reads a text with a secret in it is taken out up to
 * whatever comes next, quotes, escapes and further lines with it.
 */
public final class ShownConfiguration {

    /** What stands before the next value on its line and belongs to no value. */
    private static final Pattern LEAD = Pattern.compile("[\\s,\\-?\\[\\]{}]*");

    /** Lines end where YAML 1.1 has them end. */
    private static final Pattern LINE_END = Pattern.compile("\r\n|[\n\r\u0085\u2028\u2029]");

    private final KnownSecrets known;

    /** Where everything begins that has a place, with whether it is secret. */
    private final TreeMap<Location, Boolean> begins = new TreeMap<>();

    private ShownConfiguration(KnownSecrets known) {
        this.known = known;
    }

    /**
     * Return the lines of a configuration; none of one that cannot be read.
     *
     * @param name as its places name it
     * @param values what the places of a template are filled with; they are not shown
     * @param secrets of the test
     */
    public static List<String> lines(String name, String text, Map<String, String> values, List<Secret> secrets) {
        String content = text.startsWith("\uFEFF") ? text.substring(1) : text;
        ShownConfiguration shown = new ShownConfiguration(new KnownSecrets(secrets));
        try {
            Problems problems = new Problems();
            shown.add(ConfigFiles.parse(name, content, values, problems), false);
            problems.throwIfAny();
        } catch (ConfigException unread) {
            // Of what cannot be read as a whole nobody knows where its secrets are.
            return List.of();
        }
        List<String> lines = new ArrayList<>(List.of(LINE_END.split(content, -1)));
        if (lines.get(lines.size() - 1).isEmpty()) {
            lines.remove(lines.size() - 1);
        }
        shown.hide(lines);
        lines.replaceAll(line -> Credentials.hideIn(shown.known.hideIn(line)));
        return List.copyOf(lines);
    }

    private void add(Value value, boolean isSecret) {
        if (value instanceof MapValue map) {
            map.entries().forEach((key, entry) -> {
                begin(entry.keyLocation(), holdsSecret(key));
                add(entry.value(), entry.value() instanceof ScalarValue && ConfigSecrets.isSecret(key));
            });
        } else if (value instanceof ListValue list) {
            begin(list.location(), false);
            list.items().forEach(item -> add(item, false));
        } else if (value instanceof ScalarValue scalar) {
            begin(scalar.location(), isSecret || holdsSecret(scalar.text()));
        }
    }

    private boolean holdsSecret(String text) {
        return !known.hideIn(text).equals(text);
    }

    private void begin(Location place, boolean isSecret) {
        begins.merge(place, isSecret, Boolean::logicalOr);
    }

    private void hide(List<String> lines) {
        List<Location> places = List.copyOf(begins.keySet());
        // From the last to the first: what is hidden has another length.
        for (int index = places.size() - 1; index >= 0; index--) {
            if (Boolean.TRUE.equals(begins.get(places.get(index)))) {
                Location end = index + 1 < places.size()
                        ? places.get(index + 1)
                        : new Location(places.get(index).file(), lines.size() + 1, 1);
                hide(lines, places.get(index), end);
            }
        }
    }

    private static void hide(List<String> lines, Location begin, Location end) {
        if (begin.line() > lines.size()) {
            return;
        }
        String first = lines.get(begin.line() - 1);
        String before = first.substring(0, at(first, begin.column()));
        if (end.line() == begin.line()) {
            lines.set(begin.line() - 1, before + Secret.SHOWN + ", " + first.substring(at(first, end.column())));
            return;
        }
        lines.set(begin.line() - 1, before + Secret.SHOWN);
        for (int line = begin.line() + 1; line < end.line() && line <= lines.size(); line++) {
            lines.set(line - 1, "");
        }
        if (end.line() <= lines.size()) {
            String last = lines.get(end.line() - 1);
            String lead = last.substring(0, at(last, end.column()));
            if (!LEAD.matcher(lead).matches()) {
                lines.set(end.line() - 1, Secret.SHOWN + ", " + last.substring(lead.length()));
            }
        }
    }

    /** Return where a column, counted in characters as a person counts them, is in a line. */
    private static int at(String line, int column) {
        int length = line.codePointCount(0, line.length());
        return line.offsetByCodePoints(0, Math.max(0, Math.min(column - 1, length)));
    }
}
