package dev.vmtest.bench.mutants;

import dev.vmtest.result.CheckRecord;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Hold what became of a defect.
 *
 * @param caughtBy the checks of those that must catch it which did, or {@code boot}
 * @param missedBy the checks that must catch it and did not; it is killed only if there is none
 */
record MutantOutcome(Mutant mutant, String test, List<String> caughtBy, List<String> missedBy) {

    MutantOutcome {
        caughtBy = List.copyOf(caughtBy);
        missedBy = List.copyOf(missedBy);
    }

    boolean killed() {
        return missedBy.isEmpty();
    }

    /** Judge each defect of a group. */
    static List<MutantOutcome> judge(MutantGroup group, TestResult result) {
        Set<String> failed = failedChecks(result);
        if (result.verdict() == Verdict.BOOT_FAILED) {
            failed.add(Mutant.BOOT);
        }
        List<MutantOutcome> outcomes = new ArrayList<>();
        for (Mutant mutant : group.mutants()) {
            List<String> caught =
                    mutant.caughtBy().stream().filter(failed::contains).toList();
            List<String> missed = mutant.caughtBy().stream()
                    .filter(check -> !failed.contains(check))
                    .toList();
            outcomes.add(new MutantOutcome(mutant, group.name(), caught, missed));
        }
        return outcomes;
    }

    /** Return the checks that failed though no defect of the group is about them. */
    static List<String> unexpected(MutantGroup group, TestResult result) {
        Set<String> failed = failedChecks(result);
        group.mutants().forEach(mutant -> mutant.caughtBy().forEach(failed::remove));
        return List.copyOf(failed);
    }

    private static Set<String> failedChecks(TestResult result) {
        Set<String> failed = new TreeSet<>();
        result.checks().stream().filter(CheckRecord::hasFailed).forEach(check -> failed.add(check.name()));
        return failed;
    }
}
