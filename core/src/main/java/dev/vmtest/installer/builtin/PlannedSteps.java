package dev.vmtest.installer.builtin;

import dev.vmtest.config.Problems;
import dev.vmtest.storage.ActionType;
import dev.vmtest.storage.StorageAction;
import java.util.ArrayList;
import java.util.List;

/**
 * Collect the steps that storage actions ask for, and refuse what is not covered.
 *
 * <p>Mutable and confined to one thread.
 */
final class PlannedSteps {

    private static final String LATER = "the built-in installer does not cover this yet; use --installer curtin";

    private final Problems problems;
    private final List<PlannedStep> steps = new ArrayList<>();

    PlannedSteps(Problems problems) {
        this.problems = problems;
    }

    void add(StorageAction action, Step step) {
        steps.add(new PlannedStep(
                step, ActionType.describe(action), action.origin().location()));
    }

    void addAll(List<PlannedStep> more) {
        steps.addAll(more);
    }

    /** Report that something which a key of an action asks for is not covered. */
    void refuse(StorageAction action, String key, String what) {
        problems.add(
                action.origin().location(key),
                ActionType.describe(action) + ": " + what + " can't be installed",
                LATER);
    }

    List<PlannedStep> list() {
        return List.copyOf(steps);
    }
}
