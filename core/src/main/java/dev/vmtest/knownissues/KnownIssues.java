package dev.vmtest.knownissues;

import dev.vmtest.config.ConfigFiles;
import dev.vmtest.config.MapReader;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.Problems;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Hold the known issues of a file, and what is wrong with the file. Immutable. */
public final class KnownIssues {

    /** Know of no issue. */
    public static final KnownIssues NONE = new KnownIssues(List.of(), new Problems(), List.of());

    /** Stands for every bug where bugs are listed whose tests are skipped. */
    private static final String EVERY_BUG = "*";

    private static final String TOP = "known_issues";

    private final List<KnownIssue> issues;
    private final Problems problems;
    private final List<String> skippedBugs;

    private KnownIssues(List<KnownIssue> issues, Problems problems, List<String> skippedBugs) {
        this.issues = List.copyOf(issues);
        this.problems = problems;
        this.skippedBugs = List.copyOf(skippedBugs);
    }

    /** Read a file; a problem with it is kept, see {@link #addProblemsTo}. */
    public static KnownIssues load(Path file) {
        Problems problems = new Problems();
        return read(ConfigFiles.load(file, problems), problems);
    }

    /**
     * Read the text of a file.
     *
     * @param name the name by which messages call the file
     */
    public static KnownIssues parse(String name, String text) {
        Problems problems = new Problems();
        return read(ConfigFiles.parse(name, text, problems), problems);
    }

    private static KnownIssues read(MapValue root, Problems problems) {
        List<KnownIssue> issues = new ArrayList<>();
        MapReader top = new MapReader(root, "known issues", problems);
        top.maps(TOP).forEach(entry -> issue(entry, problems, issues));
        top.refuseUnknown();
        return new KnownIssues(issues, problems, List.of());
    }

    private static void issue(MapValue entry, Problems problems, List<KnownIssue> issues) {
        Problems own = new Problems();
        MapReader reader = new MapReader(entry, "known issue", own);
        String test = reader.requiredText("test");
        List<String> releases = reader.textOrTexts("release");
        List<String> installers = reader.textOrTexts("installer");
        List<String> renderers = reader.textOrTexts("renderer");
        Pattern pattern = pattern(reader);
        String reference = reader.requiredText("reference");
        LocalDate expires = expires(reader);
        reader.refuseUnknown();
        if (own.isEmpty()) {
            issues.add(new KnownIssue(
                    entry.location(), test, releases, installers, renderers, pattern, reference, expires));
        }
        problems.addAll(own);
    }

    private static Pattern pattern(MapReader reader) {
        String text = reader.requiredText("pattern");
        try {
            Pattern pattern = Pattern.compile(text);
            if (!text.isEmpty() && pattern.matcher("").find()) {
                reader.problem("pattern", "the pattern '" + text + "' matches anything", "name what the evidence says");
            }
            return pattern;
        } catch (PatternSyntaxException wrong) {
            reader.problem(
                    "pattern",
                    "the pattern '" + text + "' is no regular expression: " + wrong.getDescription(),
                    "mask characters with a special meaning by a backslash");
            return Pattern.compile(Pattern.quote(text));
        }
    }

    private static LocalDate expires(MapReader reader) {
        String text = reader.written("expires");
        if (text == null) {
            reader.requiredText("expires");
            return LocalDate.EPOCH;
        }
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException wrong) {
            if (!text.isEmpty()) {
                reader.problem("expires", "'" + text + "' is no date", "write it like 2027-01-31");
            }
            return LocalDate.EPOCH;
        }
    }

    /** Add everything that is wrong with the file. */
    public void addProblemsTo(Problems others) {
        others.addAll(problems);
    }

    /** Return all of them, in the order of the file. */
    public List<KnownIssue> all() {
        return issues;
    }

    /** Return those that speak of a test on a release with an installer and a renderer, in the order of the file. */
    public List<KnownIssue> concerning(String test, String release, String installer, String renderer) {
        return issues.stream()
                .filter(issue -> issue.concerns(test, release, installer, renderer))
                .toList();
    }

    /**
     * Return the same, where tests that are known to fail by some bugs are not even run.
     *
     * @param bugs numbers or references, see {@link KnownIssue#isAbout}; {@value #EVERY_BUG} is every bug
     */
    public KnownIssues skipping(List<String> bugs) {
        return new KnownIssues(issues, problems, bugs);
    }

    /**
     * Return the issue for which a test is not run: the first that speaks of it and whose bug is skipped, whether it
     * is expired or not.
     */
    public Optional<KnownIssue> skipped(String test, String release, String installer, String renderer) {
        return concerning(test, release, installer, renderer).stream()
                .filter(issue -> skippedBugs.stream().anyMatch(bug -> bug.equals(EVERY_BUG) || issue.isAbout(bug)))
                .findFirst();
    }

    /** Return the bugs to skip that no issue refers to: most likely they are mistyped. */
    public List<String> unknownBugs() {
        return skippedBugs.stream()
                .filter(bug -> !bug.equals(EVERY_BUG) && issues.stream().noneMatch(issue -> issue.isAbout(bug)))
                .toList();
    }
}
