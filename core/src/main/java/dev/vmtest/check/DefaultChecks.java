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
     * @param install what this host knows of the install
     * @param kernelPackage the kernel package that the target must have installed
     * @param derived the names of the configuration's own checks, so that no fault is reported twice
     */
    public static List<Check> list(Target target, InstallRecord install, String kernelPackage, Set<String> derived) {
        List<Check> checks = new ArrayList<>();
        if (target.promises().records()) {
            checks.addAll(ReportingChecks.list(install));
            checks.add(InstallerVersionCheck.of(install));
        }
        checks.addAll(SystemChecks.list(target, kernelPackage, derived));
        return List.copyOf(checks);
    }
}
