package dev.vmtest.trial;

import dev.vmtest.result.CheckRecord;
import dev.vmtest.result.Evidence;
import dev.vmtest.result.Failure;
import dev.vmtest.result.FailureClass;
import java.util.List;

/** Say in one sentence which checks do not hold. */
final class FailedChecks {

    private FailedChecks() {}

    static Evidence evidence(List<CheckRecord> checks) {
        List<CheckRecord> failed =
                checks.stream().filter(CheckRecord::hasFailed).toList();
        if (failed.isEmpty()) {
            return Evidence.NONE;
        }
        CheckRecord first = failed.get(0);
        String others = failed.size() == 1 ? "" : " (and " + (failed.size() - 1) + " more)";
        return Evidence.of("%s: %s: %s%s".formatted(first.source(), first.name(), first.message(), others))
                .withFailure(new Failure(FailureClass.PRODUCT, ""));
    }
}
