package dev.vmtest.report;

import dev.vmtest.result.CheckRecord;
import dev.vmtest.result.PhaseResult;
import dev.vmtest.result.RunResults;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Know when each test last passed, and say what is different now. */
final class LastPasses {

    private static final int CHECKS_SHOWN = 20;
    private static final double NOTABLE_RATIO = 1.25;
    private static final double NOTABLE_SECONDS = 5;

    private final Map<List<String>, Pass> passes = new HashMap<>();

    /** Remember the passes of earlier runs, given in any order. */
    LastPasses(List<ReportedRun> earlier) {
        for (ReportedRun run : earlier) {
            for (TestResult test : run.results().tests()) {
                if (test.verdict() == Verdict.PASSED) {
                    passes.merge(
                            key(test),
                            new Pass(run, test),
                            (one, other) -> one.results()
                                                    .started()
                                                    .compareTo(other.results().started())
                                            < 0
                                    ? other
                                    : one);
                }
            }
        }
    }

    /**
     * Return what is different since a test last passed; empty if no pass of it is known.
     *
     * @param topdir where what is kept of it now lies
     */
    List<String> changes(TestResult now, Path topdir) {
        Pass pass = passes.get(key(now));
        if (pass == null) {
            return List.of();
        }
        List<String> changes = new ArrayList<>();
        changes.add("it passed in the run of " + Durations.moment(pass.results().started()) + " with vmtest "
                + pass.results().vmtest() + ", accelerator "
                + pass.results().accelerator().name() + ", in "
                + Durations.text(pass.test().seconds()));
        checks(pass.test(), now, changes);
        phases(pass.test(), now, changes);
        changes.addAll(KeptDifference.between(
                ReportFiles.testDirectory(pass.run().topdir(), pass.test().directory()),
                ReportFiles.testDirectory(topdir, now.directory()),
                now.evidence().log()));
        return changes;
    }

    private static void checks(TestResult then, TestResult now, List<String> changes) {
        Map<String, CheckRecord> before = then.checks().stream()
                .collect(Collectors.toMap(CheckRecord::name, Function.identity(), (first, second) -> first));
        List<CheckRecord> failed = ResultText.failedChecks(now);
        failed.stream()
                .limit(CHECKS_SHOWN)
                .forEach(check -> changes.add("check " + check.name() + " " + history(before.get(check.name()))));
        if (failed.size() > CHECKS_SHOWN) {
            changes.add("and " + (failed.size() - CHECKS_SHOWN) + " more failed checks");
        }
    }

    private static String history(@Nullable CheckRecord before) {
        return before == null ? "did not exist then" : before.verdict() + " then, fails now";
    }

    private static void phases(TestResult then, TestResult now, List<String> changes) {
        Map<String, PhaseResult> before = then.phases().stream()
                .collect(Collectors.toMap(PhaseResult::name, Function.identity(), (first, second) -> first));
        now.phases().stream()
                .filter(phase -> differs(before.get(phase.name()), phase))
                .forEach(phase -> changes.add("phase " + phase.name() + " took "
                        + Durations.text(
                                Objects.requireNonNull(before.get(phase.name())).seconds())
                        + " then, " + Durations.text(phase.seconds()) + " now"));
        then.phases().stream()
                .filter(phase ->
                        now.phases().stream().noneMatch(ran -> ran.name().equals(phase.name())))
                .forEach(phase -> changes.add("phase " + phase.name() + " took " + Durations.text(phase.seconds())
                        + " then, and did not finish now"));
    }

    private static boolean differs(@Nullable PhaseResult before, PhaseResult now) {
        if (before == null || Math.abs(before.seconds() - now.seconds()) < NOTABLE_SECONDS) {
            return false;
        }
        double larger = Math.max(before.seconds(), now.seconds());
        double smaller = Math.min(before.seconds(), now.seconds());
        return larger > smaller * NOTABLE_RATIO;
    }

    private static List<String> key(TestResult test) {
        return List.of(test.name(), test.release(), test.installer());
    }

    private record Pass(ReportedRun run, TestResult test) {

        private RunResults results() {
            return run.results();
        }
    }
}
