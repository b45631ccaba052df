package dev.vmtest.image;

import dev.vmtest.text.MistakeException;
import dev.vmtest.text.Printable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Fill the fields of an item into a line: {@code %(key)s}, with a width and a precision as Python's {@code %} has. */
final class ItemFormat {

    private static final Pattern PART = Pattern.compile("%(?:%|\\(([^)]*)\\)(-?)(\\d{0,4})(?:\\.(\\d{1,4}))?([sd]))");

    private final List<Part> parts;

    private ItemFormat(List<Part> parts) {
        this.parts = parts;
    }

    /** Hold a text that stands for itself, or a field with its width and its longest length. */
    private record Part(String text, @Nullable String key, boolean left, int width, int longest) {}

    static ItemFormat parse(String format) {
        List<Part> parts = new ArrayList<>();
        Matcher matcher = PART.matcher(format);
        int end = 0;
        while (matcher.find()) {
            parts.add(text(format.substring(end, matcher.start())));
            end = matcher.end();
            String key = matcher.group(1);
            parts.add(
                    key == null
                            ? text("%%")
                            : new Part(
                                    "",
                                    key,
                                    matcher.group(2).equals("-"),
                                    number(matcher.group(3), 0),
                                    number(matcher.group(4), Integer.MAX_VALUE)));
        }
        parts.add(text(format.substring(end)));
        return new ItemFormat(parts);
    }

    /** A percent sign that is no field and not doubled is a mistake. */
    private static Part text(String text) {
        if (text.replace("%%", "").contains("%")) {
            throw new MistakeException("the output format is wrong at '" + text
                    + "'; a field is written %(key)s, with a width %(key)-10s, a percent sign %%");
        }
        return new Part(text.replace("%%", "%"), null, false, 0, 0);
    }

    private static int number(@Nullable String digits, int otherwise) {
        return digits == null || digits.isEmpty() ? otherwise : Integer.parseInt(digits);
    }

    /** Return the line of an item, with nothing for a field that it does not have. */
    String formatWhatIsThere(Map<String, Object> fields) {
        Map<String, Object> all = new HashMap<>(fields);
        for (Part part : parts) {
            if (part.key() != null) {
                all.putIfAbsent(part.key(), "");
            }
        }
        return format(all);
    }

    /**
     * Return the line of an item.
     *
     * @throws MistakeException if it does not have one of the fields
     */
    String format(Map<String, Object> fields) {
        StringBuilder line = new StringBuilder();
        for (Part part : parts) {
            if (part.key() == null) {
                line.append(part.text());
                continue;
            }
            Object value = fields.get(part.key());
            if (value == null) {
                throw new MistakeException("the item " + fields.get("item_name") + " of "
                        + fields.get("product_name") + " has no field '" + part.key() + "'; it has: "
                        + String.join(", ", new TreeSet<>(fields.keySet())));
            }
            String text = Printable.line(String.valueOf(value));
            String cut = text.substring(0, Math.min(part.longest(), text.length()));
            String pad = " ".repeat(Math.max(0, part.width() - cut.length()));
            line.append(part.left() ? cut + pad : pad + cut);
        }
        return line.toString();
    }
}
