package dev.vmtest.check;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Check that the installer that ran in the guest is the one that the host was asked to test. */
final class InstallerVersionCheck {

    private static final String SOURCE = "DefaultChecks.installer_version";

    /** What curtin writes at the beginning of its log, and the built-in installer too. */
    private static final Pattern STARTED = Pattern.compile("curtin: Installation started\\. \\((.*)\\)");

    private InstallerVersionCheck() {}

    static Check of(InstallRecord install) {
        return Check.of("installer version", SOURCE, facts -> hold(install));
    }

    private static Outcome hold(InstallRecord install) {
        List<String> versions = install.log()
                .lines()
                .map(STARTED::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .distinct()
                .toList();
        if (versions.isEmpty()) {
            return Outcome.failed("the install log should say that " + install.version()
                    + (install.log().isEmpty() ? " was started but was not reported" : " was started but names none"));
        }
        return versions.equals(List.of(install.version()))
                ? Outcome.passed("the installer was " + install.version())
                : Outcome.failed("the installer should be " + install.version() + " as on this host but was "
                        + String.join(", ", versions));
    }
}
