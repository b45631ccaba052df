package dev.vmtest.report;

import dev.vmtest.drawing.BoxDrawing;
import dev.vmtest.result.CheckRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Put the drawings that tests keep into the page, within one size for all. As images they run no scripts and load
 * nothing, whatever is in the file.
 */
final class Drawings {

    /** The largest drawing that is shown, in bytes: a layout with hundreds of actions. */
    static final int LARGEST = 256 << 10;

    /** All drawings of a page, in bytes. */
    static final int ALL = 4 << 20;

    private int left = ALL;

    /**
     * Return a drawing of a test as a data URI, with marks on what its failed checks are about; empty if there is none that
     * is to be shown.
     *
     * @param name of its file, relative to the test's directory
     */
    String of(Path testDirectory, String name, List<CheckRecord> failed) {
        Path file = testDirectory.resolve(name);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return "";
        }
        try (InputStream stream = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] drawing = stream.readNBytes(LARGEST + 1);
            if (drawing.length > LARGEST || drawing.length > left) {
                return "";
            }
            left -= drawing.length;
            return "data:image/svg+xml;base64," + Base64.getEncoder().encodeToString(marked(drawing, failed));
        } catch (IOException unreadable) {
            return "";
        }
    }

    private static byte[] marked(byte[] drawing, List<CheckRecord> failed) {
        Set<CheckPlace> wrong = failed.stream()
                .flatMap(check -> CheckPlace.of(check.source()).stream())
                .map(place -> new CheckPlace(place.file(), place.line(), 1))
                .collect(Collectors.toSet());
        return wrong.isEmpty()
                ? drawing
                : BoxDrawing.marked(
                                new String(drawing, StandardCharsets.UTF_8),
                                (file, line) -> wrong.contains(new CheckPlace(file, line, 1)))
                        .getBytes(StandardCharsets.UTF_8);
    }
}
