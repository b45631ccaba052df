package dev.vmtest.testcase;

import dev.vmtest.installer.InstallerChoice;
import dev.vmtest.installer.builtin.BuiltinChoice;
import dev.vmtest.knownissues.KnownIssues;
import dev.vmtest.release.Architecture;
import dev.vmtest.release.ReleaseSupport;
import dev.vmtest.release.Renderer;
import java.time.Duration;

/** Hold what an environment that asks for nothing says about every test, on a host of amd64. */
public final class SampleDefaults {

    public static final TestCases.Defaults BUILTIN = of(BuiltinChoice.CHOICE, KnownIssues.NONE, Fidelity.RESUME);

    private SampleDefaults() {}

    public static TestCases.Defaults of(InstallerChoice installer, KnownIssues knownIssues, Fidelity fidelity) {
        return new TestCases.Defaults(
                installer,
                ConfigAdditions.NONE,
                knownIssues,
                0,
                0,
                "user",
                Duration.ofMinutes(50),
                Duration.ofMinutes(5),
                Architecture.AMD64,
                fidelity,
                ReleaseSupport.OF_ALL,
                Renderer.IFUPDOWN);
    }
}
