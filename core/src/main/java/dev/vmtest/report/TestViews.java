package dev.vmtest.report;

import dev.vmtest.report.TestView.Checks;
import dev.vmtest.report.TestView.Course;
import dev.vmtest.report.TestView.EvidenceView;
import dev.vmtest.report.TestView.Explanation;
import dev.vmtest.report.TestView.Heading;
import dev.vmtest.report.TestView.Kept;
import dev.vmtest.report.TestView.Link;
import dev.vmtest.report.TestView.Segment;
import dev.vmtest.result.CheckRecord;
import dev.vmtest.result.Evidence;
import dev.vmtest.result.Phase;
import dev.vmtest.result.PhaseResult;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.Verdict;
import dev.vmtest.secret.KnownSecrets;
import dev.vmtest.secret.SecretsFile;
import dev.vmtest.text.PlainTrouble;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Turn the results of a run into what its page shows, with the consoles within one size for all. */
final class TestViews {

    /** How many characters of consoles a page holds; a browser stays quick with far more. */
    private static final int CONSOLE_BUDGET = 8 << 20;

    private static final int FIRST_LINES = 40;
    private static final int LAST_LINES = 120;
    private static final int LAST_LINES_WHEN_PASSED = 25;
    private static final double SHARE_WITH_ROOM = 0.08;
    private static final double SMALLEST_SHARE = 0.01;

    private final Path topdir;
    private final LastPasses lastPasses;
    private final boolean isServed;
    private final Drawings drawings = new Drawings();
    private final AskedText.Reader askedTexts = new AskedText.Reader();
    private int consolesLeft = CONSOLE_BUDGET;

    TestViews(Path topdir, LastPasses lastPasses) {
        this(topdir, lastPasses, false);
    }

    private TestViews(Path topdir, LastPasses lastPasses, boolean isServed) {
        this.topdir = topdir.toAbsolutePath().normalize();
        this.lastPasses = lastPasses;
        this.isServed = isServed;
    }

    /** Make views whose links lead only to what {@link ServedFiles} shows. */
    static TestViews served(Path topdir) {
        return new TestViews(topdir, new LastPasses(List.of()), true);
    }

    TestView view(String id, TestResult result) {
        Verdict verdict = result.verdict();
        List<CheckRecord> failed = ResultText.failedChecks(result);
        List<CheckRecord> others = result.checks().stream()
                .filter(check -> !check.hasFailed() && !check.isNotJudged())
                .toList();
        Path directory = ReportFiles.testDirectory(topdir, result.directory());
        AskedText asked = askedTexts.of(directory, id, result.checks());
        boolean needsExplaining = ResultText.needsExplaining(verdict);
        return new TestView(
                id,
                new Heading(
                        result.name(),
                        result.release(),
                        result.installer(),
                        Durations.text(result.seconds()),
                        ResultText.why(result),
                        ResultText.checkCounts(result)),
                Standing.of(verdict),
                new Explanation(
                        needsExplaining && ResultText.wasRun(verdict),
                        false,
                        needsExplaining,
                        evidence(result),
                        needsExplaining ? lastPasses.changes(result, topdir) : List.of()),
                new Course(
                        phases(result),
                        result.warnings(),
                        UnjudgedLines.ofTest(result),
                        ResultText.wasRun(verdict) ? result.reproduce() : ""),
                new Checks(
                        failed.stream()
                                .map(check -> CheckView.of(check, asked, true))
                                .toList(),
                        others.stream()
                                .map(check -> CheckView.of(check, asked, false))
                                .toList(),
                        label(others, failed.isEmpty()),
                        asked.files()),
                new Kept(
                        drawings.of(directory, ReportFiles.LAYOUT, failed),
                        drawings.of(directory, ReportFiles.NETWORK, failed),
                        consoles(directory, result),
                        isServed ? ServedFiles.links(topdir, directory) : links(directory)));
    }

    private static String label(List<CheckRecord> others, boolean all) {
        long held = others.stream()
                .filter(check -> check.verdict().equals(CheckRecord.PASSED))
                .count();
        long skipped = others.size() - held;
        return (all ? "" : "Other checks: ")
                + held
                + (held == 1 ? " check holds" : " checks hold")
                + (skipped == 0 ? "" : ", " + skipped + " skipped");
    }

    private static EvidenceView evidence(TestResult result) {
        Evidence evidence = result.evidence();
        List<String> context =
                evidence.context().stream().map(ConsoleExcerpt::shown).toList();
        return new EvidenceView(
                evidence.summary().isBlank() ? ResultText.why(result) : evidence.summary(),
                ConsoleExcerpt.pieces(context, ResultText.badLine(evidence)),
                ResultText.endedIn(result),
                ResultText.failure(evidence),
                ResultText.machineEnd(evidence),
                evidence.lastEvent());
    }

    private static List<Segment> phases(TestResult result) {
        double all = result.phases().stream().mapToDouble(PhaseResult::seconds).sum();
        return result.phases().stream().map(phase -> segment(phase, all)).toList();
    }

    private static Segment segment(PhaseResult phase, double all) {
        List<Segment> stages = phase.stages().stream()
                .map(stage -> segment(stage.name(), "", stage.seconds(), "", "", List.of()))
                .toList();
        String caption = phase.seconds() < all * SHARE_WITH_ROOM ? "" : phase.name();
        String guest = phase.vmSeconds() > 0 ? Durations.text(phase.vmSeconds()) : "–";
        return segment(phase.name(), caption, phase.seconds(), guest, phase.way(), stages);
    }

    private static Segment segment(
            String name, String caption, double seconds, String guest, String way, List<Segment> stages) {
        String share = String.format(Locale.ROOT, "%.2f", Math.max(SMALLEST_SHARE, seconds));
        String duration = Durations.text(seconds);
        return new Segment(name, caption, share, duration, guest, way, stages);
    }

    private List<ConsoleExcerpt> consoles(Path directory, TestResult result) {
        boolean passed = result.verdict() == Verdict.PASSED;
        Optional<KnownSecrets> secrets = SecretsFile.read(SecretsFile.in(directory));
        UnaryOperator<String> withoutSecrets = secrets.orElse(KnownSecrets.NONE)::hideIn;
        int bad = ResultText.badLine(result.evidence());
        String badLine =
                bad < 0 ? "" : ConsoleExcerpt.shown(result.evidence().context().get(bad));
        List<ConsoleExcerpt> consoles = new ArrayList<>();
        for (Phase phase : List.of(Phase.INSTALL, Phase.BOOT, Phase.SECOND_BOOT)) {
            String name = ReportFiles.console(phase.text());
            Path log = directory.resolve(name);
            if (!Files.isRegularFile(log)) {
                continue;
            }
            try {
                ConsoleExcerpt console = ConsoleExcerpt.read(
                        log,
                        "Console of the " + phase.text().replace('-', ' '),
                        href(log),
                        passed ? 0 : FIRST_LINES,
                        passed ? LAST_LINES_WHEN_PASSED : LAST_LINES,
                        name.equals(result.evidence().log()) ? badLine : "",
                        withoutSecrets);
                // Where it is not known what is secret, only the owner of the log may read it.
                boolean fits = secrets.isPresent() && console.length() <= consolesLeft;
                consolesLeft -= fits ? console.length() : 0;
                consoles.add(fits ? console : console.withoutLines());
            } catch (IOException problem) {
                consoles.add(new ConsoleExcerpt(
                        "Console of the " + phase.text().replace('-', ' '),
                        href(log),
                        "cannot be read: " + PlainTrouble.of(problem),
                        List.of()));
            }
        }
        return consoles;
    }

    private List<Link> links(Path directory) {
        List<Link> links = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            links.add(new Link("Directory", href(directory)));
            for (String name : List.of(
                    ReportFiles.LAYOUT,
                    ReportFiles.NETWORK,
                    ReportFiles.COVERAGE,
                    "logs",
                    "collect",
                    "collect-second-boot",
                    "result.json",
                    "logs/run.jsonl",
                    "logs/events.json")) {
                if (Files.exists(directory.resolve(name))) {
                    links.add(new Link(name, href(directory.resolve(name))));
                }
            }
        }
        return links;
    }

    /** Return a link from the page to a file: relative inside the run's directory, absolute outside. */
    private String href(Path file) {
        return href(topdir, file);
    }

    static String href(Path topdir, Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        if (!absolute.startsWith(topdir)) {
            return absolute.toUri().toASCIIString();
        }
        try {
            String relative = topdir.relativize(absolute).toString();
            return new URI(null, null, "/" + relative, null).toASCIIString().replaceFirst("^/", "./");
        } catch (URISyntaxException problem) {
            return absolute.toUri().toASCIIString();
        }
    }
}
