package dev.vmtest.check;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Hold the checks of a layout that is only a part of a system: what boots it and what an installer saves are not in it.
 *
 * @param layout the name of the layout's file
 * @param target what was installed
 */
record PartOfSystem(String layout, Target target) {

    List<Check> checks() {
        return DerivedChecks.derive(FakeSystem.config(FakeSystem.layout(layout)), target).stream()
                .filter(check -> !check.name().startsWith("saved install")
                        && !check.name().startsWith("swap file")
                        && !check.name().endsWith("bootloader"))
                .toList();
    }

    /** Return the names of the checks that a system fails. */
    Set<String> failures(FakeSystem system) {
        return named(system, CheckVerdict.FAILED);
    }

    /** Return the names of the checks that a system does not pass. */
    Set<String> notPassed(FakeSystem system) {
        return named(system, CheckVerdict.FAILED, CheckVerdict.SKIPPED);
    }

    private Set<String> named(FakeSystem system, CheckVerdict... verdicts) {
        return Check.holdAll(checks(), system.facts()).stream()
                .filter(result -> List.of(verdicts).contains(result.verdict()))
                .map(CheckResult::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
