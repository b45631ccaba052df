package dev.vmtest.report;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hold the place in a configuration that asked for what a check holds.
 *
 * @param file as the run named it
 * @param line counted from 1
 * @param column counted from 1; 1 if the source names none
 */
record CheckPlace(String file, int line, int column) {

    private static final Pattern PLACE = Pattern.compile("(.+?):(\\d{1,9})(?::(\\d{1,9}))?");

    /** Read the source of a check; a method of a class is no such place. */
    static Optional<CheckPlace> of(String source) {
        Matcher place = PLACE.matcher(source);
        return place.matches()
                ? Optional.of(new CheckPlace(
                        place.group(1),
                        Integer.parseInt(place.group(2)),
                        place.group(3) == null ? 1 : Integer.parseInt(place.group(3))))
                : Optional.empty();
    }

    /** Return the file relative to a directory if it is below it. */
    String below(Path root) {
        try {
            Path absolute = root.toAbsolutePath().normalize();
            Path whole = absolute.resolve(file).normalize();
            return whole.startsWith(absolute) ? absolute.relativize(whole).toString() : file;
        } catch (InvalidPathException noPath) {
            return file;
        }
    }
}
