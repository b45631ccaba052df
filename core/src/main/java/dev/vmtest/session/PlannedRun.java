package dev.vmtest.session;

import dev.vmtest.config.Problem;
import dev.vmtest.files.PlannedChange;
import dev.vmtest.files.PlannedChange.Kind;
import dev.vmtest.report.ReportFiles;
import dev.vmtest.report.RunReport;
import dev.vmtest.result.Verdict;
import dev.vmtest.testcase.TestCase;
import dev.vmtest.text.MistakeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Say what a run would do, without beginning it: which tests it would run and where, and what it would make, replace or
 * remove.
 *
 * @param lines the answer, line by line
 * @param warnings of the configurations
 */
public record PlannedRun(List<String> lines, List<String> warnings) {

    public PlannedRun {
        lines = List.copyOf(lines);
        warnings = List.copyOf(warnings);
    }

    /**
     * Look at a run.
     *
     * @throws dev.vmtest.config.ConfigException with everything that is wrong with any configuration
     * @throws InfrastructureException if this host cannot run the tests
     * @throws MistakeException if the topdir is in use, or has nothing to be reused
     */
    public static PlannedRun of(SessionOptions options, Surroundings surroundings, ChosenTests chosen) {
        try (Host host = Host.toLookAt(options, surroundings)) {
            List<TestCase> tests = Announcements.read(host, chosen);
            Topdir topdir = host.topdir();
            host.requireWithoutWriting(tests, topdir);
            List<String> lines = new ArrayList<>();
            String unless = host.leavesOutUnchanged() ? ", unless it has passed before with the same inputs" : "";
            tests.forEach(test -> lines.add(test(test, topdir.path(), host.reuses()) + unless));
            changes(host, topdir, tests).forEach(change -> lines.add(change.line()));
            return new PlannedRun(
                    lines,
                    chosen.problems().warnings().stream().map(Problem::toString).toList());
        }
    }

    private static String test(TestCase test, Path topdir, boolean reuses) {
        if (!test.skipReason().isEmpty()) {
            return "would skip " + test.title() + ": " + test.skipReason();
        }
        return "would " + (reuses ? "hold the checks of " : "run ") + test.title() + " in "
                + topdir.resolve(test.directoryName());
    }

    private static List<PlannedChange> changes(Host host, Topdir topdir, List<TestCase> tests) {
        Path path = topdir.path();
        List<PlannedChange> changes = new ArrayList<>();
        changes.add(PlannedChange.extending(host.log(topdir)));
        if (host.reuses()) {
            tests.stream()
                    .map(test -> path.resolve(test.directoryName()))
                    .filter(Files::isDirectory)
                    .forEach(directory -> changes.add(PlannedChange.writing(ReportFiles.result(directory))));
            changes.addAll(RunReport.written(path));
            return changes;
        }
        if (Files.notExists(path)) {
            changes.add(PlannedChange.writing(path));
        }
        changes.add(PlannedChange.writing(ReportFiles.begun(path)));
        changes.add(PlannedChange.writing(ReportFiles.units(path)));
        changes.addAll(RunReport.written(path));
        host.snapshots()
                .ifPresent(snapshots -> changes.add(new PlannedChange(
                        Kind.WRITE, "snapshots of started machines below " + snapshots + ", where none can be used")));
        host.passes().ifPresent(passes -> changes.add(new PlannedChange(Kind.WRITE, "what passes below " + passes)));
        addRemoval(host.keepRules().removal(Verdict.PASSED), "each test that passes", changes);
        addRemoval(host.keepRules().removal(Verdict.FAILED), "each other test", changes);
        return changes;
    }

    private static void addRemoval(String parts, String tests, List<PlannedChange> changes) {
        if (!parts.isEmpty()) {
            changes.add(PlannedChange.removing(parts + ", of " + tests));
        }
    }
}
