package dev.vmtest.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Base64;

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

    /** Return the drawing of a test's storage layout as a data URI; empty if there is none that is to be shown. */
    String of(Path testDirectory) {
        Path file = testDirectory.resolve(ReportFiles.LAYOUT);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return "";
        }
        try (InputStream stream = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] drawing = stream.readNBytes(LARGEST + 1);
            if (drawing.length > LARGEST || drawing.length > left) {
                return "";
            }
            left -= drawing.length;
            return "data:image/svg+xml;base64," + Base64.getEncoder().encodeToString(drawing);
        } catch (IOException unreadable) {
            return "";
        }
    }
}
