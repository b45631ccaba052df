package dev.vmtest.drawing;

import dev.vmtest.text.Printable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Draw what stands on what as an SVG document: each element in the column after the last of those that it stands on, and a
 * line to each of them.
 *
 * <p>The drawing says of each box which lines ask for it, so that {@link #marked} can show later what of it is wrong.
 */
public final class BoxDrawing {

    private static final int BOX_WIDTH = 190;
    private static final int FIRST_LINE = 22;
    private static final int LINE_HEIGHT = 14;
    private static final int COLUMN = 240;
    private static final int GAP = 10;
    private static final int MARGIN = 10;

    /** A box shows this many characters of a text; its tooltip shows all. */
    private static final int SHOWN = 30;

    private static final String END = "</svg>\n";

    /** A mark is no matter of colour alone: it has a sign, too. */
    private static final String HEAD = """
            <?xml version="1.0" encoding="UTF-8"?>
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" \
            font-family="sans-serif" font-size="11">
            <title>%s</title>
            <style>
            rect { fill: #f4f6f8; stroke: #5b616b; } path { fill: none; stroke: #8a8f98; } text { fill: #1c2430; }
            .wrong { display: none; fill: #a01818; }
            @media (prefers-color-scheme: dark) {
              rect { fill: #28313b; stroke: #9aa7b5; } text { fill: #e3e8ee; } .wrong { fill: #ff8a8a; }
            }
            </style>
            """;

    private static final String LINE = """
            <path d="M%d %d C%d %d %d %d %d %d"/>
            """;
    private static final String BOX = """
            <g id="b%d" data-file="%s" data-places="%s"><title>%s: %s</title>\
            <rect x="%d" y="%d" width="%d" height="%d" rx="4"/>\
            <text x="%d" y="%d" font-weight="bold">%s</text>%s\
            <text class="wrong" x="%d" y="%d" font-weight="bold">✗</text></g>
            """;
    private static final String TEXT = "<text x=\"%d\" y=\"%d\">%s</text>";

    private static final Pattern DRAWN =
            Pattern.compile("<g id=\"(b[0-9]{1,6})\" data-file=\"([^\"]*)\" data-places=\"([0-9,]*)\">");

    private final Map<String, Integer> columns = new HashMap<>();
    private final Map<String, Integer> tops = new HashMap<>();
    private final Map<Integer, Integer> used = new TreeMap<>();
    private final List<Box> boxes;

    private BoxDrawing(List<Box> boxes) {
        this.boxes = List.copyOf(boxes);
        this.boxes.forEach(this::place);
    }

    /**
     * Return the document.
     *
     * @param boxes each after those that it stands on
     */
    public static String svg(String title, List<Box> boxes) {
        return new BoxDrawing(boxes).draw(title);
    }

    /**
     * Return a drawing with marks on the boxes for which one of some lines asks; one of another form stays as it is.
     *
     * @param isWrong says of a file and a line whether what it asks for is wrong
     */
    public static String marked(String svg, BiPredicate<String, Integer> isWrong) {
        if (!svg.endsWith(END)) {
            return svg;
        }
        Set<String> wrong = new HashSet<>();
        Matcher drawn = DRAWN.matcher(svg);
        while (drawn.find()) {
            String file = unescape(drawn.group(2));
            for (String place : drawn.group(3).split(",", -1)) {
                if (!place.isEmpty() && place.length() < 10 && isWrong.test(file, Integer.parseInt(place))) {
                    wrong.add("#" + drawn.group(1));
                }
            }
        }
        if (wrong.isEmpty()) {
            return svg;
        }
        String rectangles = wrong.stream().sorted().map(id -> id + " rect").collect(Collectors.joining(", "));
        String signs = wrong.stream().sorted().map(id -> id + " .wrong").collect(Collectors.joining(", "));
        return svg.substring(0, svg.length() - END.length()) + "<style>" + rectangles
                + " { stroke: #d23f3f; stroke-width: 3; } " + signs + " { display: inline; }</style>\n" + END;
    }

    private void place(Box box) {
        int column = box.below().stream()
                .mapToInt(below -> columns.getOrDefault(below, 0) + 1)
                .max()
                .orElse(0);
        int wanted = box.below().stream()
                .mapToInt(below -> tops.getOrDefault(below, MARGIN))
                .min()
                .orElse(MARGIN);
        int top = Math.max(wanted, used.getOrDefault(column, MARGIN));
        columns.put(box.id(), column);
        tops.put(box.id(), top);
        used.put(column, top + height(box) + GAP);
    }

    private static int height(Box box) {
        return FIRST_LINE + LINE_HEIGHT * box.lines().size();
    }

    private String draw(String title) {
        int width = 2 * MARGIN
                + columns.values().stream().mapToInt(Integer::intValue).max().orElse(0) * COLUMN
                + BOX_WIDTH;
        int height = MARGIN
                + used.values().stream().mapToInt(Integer::intValue).max().orElse(MARGIN);
        StringBuilder drawing = new StringBuilder(format(HEAD, width, height, width, height, escape(title)));
        for (Box box : boxes) {
            boxes.stream()
                    .filter(other -> box.below().contains(other.id()))
                    .forEach(below -> drawing.append(line(below, box)));
        }
        for (int number = 0; number < boxes.size(); number++) {
            drawing.append(box(number, boxes.get(number)));
        }
        return drawing.append(END).toString();
    }

    private String line(Box below, Box above) {
        int startX = x(below) + BOX_WIDTH;
        int startY = y(below) + height(below) / 2;
        int endX = x(above);
        int endY = y(above) + height(above) / 2;
        int middle = (startX + endX) / 2;
        return format(LINE, startX, startY, middle, startY, middle, endY, endX, endY);
    }

    private String box(int number, Box box) {
        int left = x(box);
        int top = y(box);
        List<String> lines = new ArrayList<>();
        for (String line : box.lines()) {
            lines.add(format(TEXT, left + 6, top + 15 + LINE_HEIGHT * (lines.size() + 1), escape(shortened(line))));
        }
        return format(
                BOX,
                number,
                escape(box.file()),
                box.places().stream().map(String::valueOf).collect(Collectors.joining(",")),
                escape(box.heading()),
                escape(String.join(", ", box.lines())),
                left,
                top,
                BOX_WIDTH,
                height(box),
                left + 6,
                top + 15,
                escape(shortened(box.heading())),
                String.join("", lines),
                left + BOX_WIDTH - 18,
                top + 15);
    }

    private int x(Box box) {
        return MARGIN + columns.getOrDefault(box.id(), 0) * COLUMN;
    }

    private int y(Box box) {
        return tops.getOrDefault(box.id(), MARGIN);
    }

    private static String shortened(String text) {
        return Printable.cut(text, SHOWN);
    }

    private static String format(String template, Object... values) {
        return String.format(Locale.ROOT, template, values);
    }

    /** Leave out what XML 1.0 has no characters for, and write what it means something by as entities. */
    private static String escape(String text) {
        return Printable.line(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String unescape(String text) {
        return text.replace("&quot;", "\"")
                .replace("&gt;", ">")
                .replace("&lt;", "<")
                .replace("&amp;", "&");
    }
}
