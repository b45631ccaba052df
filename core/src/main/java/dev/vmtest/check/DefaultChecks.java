package dev.vmtest.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** List the checks that every test makes, whatever its configuration. */
public final class DefaultChecks {

    private DefaultChecks() {}

    /**
     * Return the default checks.
     *
     * @param target what was installed
     * @param events what the installer reported, in order
     * @param kernelPackage the kernel package that the target must have installed
     * @param derived the names of the configuration's own checks, so that no fault is reported twice
     */
    public static List<Check> list(
            Target target, List<RecordedEvent> events, String kernelPackage, Set<String> derived) {
        List<Check> checks = new ArrayList<>();
        checks.addAll(ReportingChecks.list(events));
        checks.addAll(SystemChecks.list(target, kernelPackage, derived));
        return List.copyOf(checks);
    }
}
