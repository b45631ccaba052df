package dev.vmtest.report;

import dev.vmtest.result.CheckRecord;
import dev.vmtest.text.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/**
 * Hold the files that ask for what a test checks, each line with its checks, as text that only needs escaping. A run keeps
 * them without secrets.
 *
 * @param files in the order of the run; none if they are not kept or there is no more room on the page
 */
record AskedText(List<File> files) {

    /** So many lines before and after stand beside a check that does not hold. */
    private static final int AROUND = 3;

    private static final int CHECKS_NAMED = 4;
    private static final int LINE_LENGTH = 300;
    private static final AskedText NONE = new AskedText(List.of());

    AskedText {
        files = List.copyOf(files);
    }

    /** Hold a file. */
    record File(String name, List<Line> lines) {

        File {
            lines = List.copyOf(lines);
        }
    }

    /**
     * Hold a line.
     *
     * @param id names it within the page
     * @param tone the class of style that fits the worst of its checks; empty if none looks at it
     * @param sign a character that says the same as the tone
     * @param said which checks look at it
     * @param marked whether it is the line that others only surround
     */
    record Line(int number, String id, String text, String tone, String sign, String said, boolean marked) {

        private Line around(int middle) {
            return new Line(number, id, text, tone, sign, said, number == middle);
        }
    }

    /** Return the link to the line that asks for a check. */
    String href(CheckRecord check) {
        return line(check).map(line -> "#" + line.id()).orElse("");
    }

    /** Return the line that asks for a check, with those around it. */
    List<Line> context(CheckRecord check) {
        Optional<CheckPlace> place = CheckPlace.of(check.source());
        return place.flatMap(this::file).stream()
                .flatMap(file -> file.lines().stream())
                .filter(line -> Math.abs(line.number() - place.get().line()) <= AROUND)
                .map(line -> line.around(place.get().line()))
                .toList();
    }

    private Optional<Line> line(CheckRecord check) {
        Optional<CheckPlace> place = CheckPlace.of(check.source());
        return place.flatMap(this::file)
                .filter(file -> place.get().line() >= 1
                        && place.get().line() <= file.lines().size())
                .map(file -> file.lines().get(place.get().line() - 1));
    }

    private Optional<File> file(CheckPlace place) {
        return files.stream().filter(file -> file.name().equals(place.file())).findFirst();
    }

    /** Read the files of tests, within one size for all. */
    static final class Reader {

        /** The most bytes of what a test keeps of its files. */
        static final int LARGEST = 1 << 20;

        /** The most characters of all on a page. */
        static final int ALL = 4 << 20;

        private static final TypeReference<Map<String, List<String>>> FORM = new TypeReference<>() {};

        private int left = ALL;

        /** Return the files of a test, whose part of the page has an id. */
        AskedText of(Path testDirectory, String id, List<CheckRecord> checks) {
            Map<String, List<String>> kept = kept(testDirectory.resolve(ReportFiles.ASKED));
            int size = kept.values().stream()
                    .flatMap(List::stream)
                    .mapToInt(String::length)
                    .sum();
            if (kept.isEmpty() || size > left) {
                return NONE;
            }
            left -= size;
            Map<CheckPlace, List<CheckRecord>> byLine = new HashMap<>();
            for (CheckRecord check : checks) {
                CheckPlace.of(check.source())
                        .ifPresent(place -> byLine.computeIfAbsent(
                                        new CheckPlace(place.file(), place.line(), 1), any -> new ArrayList<>())
                                .add(check));
            }
            List<File> files = new ArrayList<>();
            kept.forEach((name, lines) -> {
                String shown = Printable.line(name);
                String prefix = id + "-" + files.size() + "-";
                List<Line> numbered = new ArrayList<>();
                for (String line : lines) {
                    int number = numbered.size() + 1;
                    numbered.add(line(
                            number,
                            prefix + number,
                            line,
                            byLine.getOrDefault(new CheckPlace(shown, number, 1), List.of())));
                }
                files.add(new File(shown, numbered));
            });
            return new AskedText(files);
        }

        private static Line line(int number, String id, String text, List<CheckRecord> checks) {
            Optional<CheckRecord> worst = checks.stream()
                    .filter(CheckRecord::hasFailed)
                    .findFirst()
                    .or(() -> checks.stream()
                            .filter(check -> check.verdict().equals(CheckRecord.PASSED))
                            .findFirst())
                    .or(() -> checks.stream().findFirst());
            String named = checks.stream()
                    .sorted((one, other) -> Boolean.compare(other.hasFailed(), one.hasFailed()))
                    .limit(CHECKS_NAMED)
                    .map(CheckRecord::name)
                    .collect(Collectors.joining(", "));
            return new Line(
                    number,
                    id,
                    Printable.cut(Printable.text(text), LINE_LENGTH),
                    worst.map(CheckView::tone).orElse(""),
                    worst.map(CheckView::sign).orElse(""),
                    named + (checks.size() <= CHECKS_NAMED ? "" : " and " + (checks.size() - CHECKS_NAMED) + " more"),
                    false);
        }

        static Map<String, List<String>> kept(Path file) {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                return Map.of();
            }
            try (InputStream stream = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                byte[] json = stream.readNBytes(LARGEST + 1);
                Map<String, List<String>> kept = json.length > LARGEST ? Map.of() : Json.LINES.readValue(json, FORM);
                boolean isWhole = kept != null
                        && kept.values().stream().allMatch(lines -> lines != null && !lines.contains(null));
                return isWhole ? kept : Map.of();
            } catch (IOException | JacksonException unreadable) {
                return Map.of();
            }
        }
    }
}
