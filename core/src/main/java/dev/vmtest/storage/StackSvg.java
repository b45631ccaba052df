package dev.vmtest.storage;

import dev.vmtest.text.Printable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Draw what stands on what as an SVG document: a box for each action, in the column after the last of those that it
 * stands on, and a line to each of them.
 */
final class StackSvg {

    private static final int BOX_WIDTH = 190;
    private static final int BOX_HEIGHT = 36;
    private static final int COLUMN = 240;
    private static final int ROW = 46;
    private static final int MARGIN = 10;

    /** A box shows this many characters of a text; its tooltip shows all. */
    private static final int SHOWN = 30;

    private static final String HEAD = """
            <?xml version="1.0" encoding="UTF-8"?>
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" \
            font-family="sans-serif" font-size="11">
            <title>Storage layout</title>
            """;
    private static final String LINE = """
            <path d="M%d %d C%d %d %d %d %d %d" fill="none" stroke="#8a8f98"/>
            """;
    private static final String BOX = """
            <g><title>%s: %s</title><rect x="%d" y="%d" width="%d" height="%d" rx="4" fill="#f4f6f8" \
            stroke="#5b616b"/><text x="%d" y="%d" font-weight="bold">%s</text><text x="%d" y="%d">%s</text></g>
            """;

    private final StorageGraph graph;
    private final Map<String, Integer> columns = new HashMap<>();
    private final Map<String, Integer> rows = new HashMap<>();
    private final Map<Integer, Integer> used = new TreeMap<>();

    private StackSvg(StorageConfig config) {
        this.graph = new StorageGraph(config);
    }

    static String of(StorageConfig config, Map<String, String> descriptions) {
        StackSvg drawing = new StackSvg(config);
        List<StorageAction> actions = drawing.graph.topologicalOrder();
        actions.forEach(drawing::place);
        return drawing.draw(actions, descriptions);
    }

    private void place(StorageAction action) {
        int column = graph.dependencies(action.id()).stream()
                .mapToInt(below -> columns.getOrDefault(below.id(), 0) + 1)
                .max()
                .orElse(0);
        int wanted = graph.dependencies(action.id()).stream()
                .mapToInt(below -> rows.getOrDefault(below.id(), 0))
                .min()
                .orElse(0);
        int row = Math.max(wanted, used.getOrDefault(column, 0));
        columns.put(action.id(), column);
        rows.put(action.id(), row);
        used.put(column, row + 1);
    }

    private String draw(List<StorageAction> actions, Map<String, String> descriptions) {
        int width = 2 * MARGIN
                + columns.values().stream().mapToInt(Integer::intValue).max().orElse(0) * COLUMN
                + BOX_WIDTH;
        int height = 2 * MARGIN
                + used.values().stream().mapToInt(Integer::intValue).max().orElse(1) * ROW;
        List<String> parts = new ArrayList<>();
        parts.add(format(HEAD, width, height, width, height));
        for (StorageAction action : actions) {
            graph.dependencies(action.id()).forEach(below -> parts.add(line(below, action)));
        }
        actions.forEach(action -> parts.add(box(action, descriptions.getOrDefault(action.id(), ""))));
        parts.add("</svg>\n");
        return String.join("", parts);
    }

    private String line(StorageAction below, StorageAction above) {
        int startX = x(below) + BOX_WIDTH;
        int startY = y(below) + BOX_HEIGHT / 2;
        int endX = x(above);
        int endY = y(above) + BOX_HEIGHT / 2;
        int middle = (startX + endX) / 2;
        return format(LINE, startX, startY, middle, startY, middle, endY, endX, endY);
    }

    private String box(StorageAction action, String description) {
        int left = x(action);
        int top = y(action);
        return format(
                BOX,
                escape(action.id()),
                escape(description),
                left,
                top,
                BOX_WIDTH,
                BOX_HEIGHT,
                left + 6,
                top + 15,
                escape(shortened(action.id())),
                left + 6,
                top + 29,
                escape(shortened(description)));
    }

    private int x(StorageAction action) {
        return MARGIN + columns.getOrDefault(action.id(), 0) * COLUMN;
    }

    private int y(StorageAction action) {
        return MARGIN + rows.getOrDefault(action.id(), 0) * ROW;
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN - 1) + "…";
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
}
