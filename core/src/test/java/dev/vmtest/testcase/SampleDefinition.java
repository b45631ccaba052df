package dev.vmtest.testcase;

import dev.vmtest.testcase.TestDefinition.InstallTarget;
import java.util.List;

/** Define a test that says where it runs and what it installs, and leaves the rest open. */
public final class SampleDefinition {

    private SampleDefinition() {}

    public static TestDefinition of(
            TestDefinition plain,
            List<String> skippedArchitectures,
            List<String> supportedReleases,
            InstallTarget target) {
        return new TestDefinition(
                plain.name(),
                plain.origin(),
                plain.config(),
                plain.releases(),
                plain.machine(),
                List.of(),
                null,
                null,
                "",
                List.of(),
                skippedArchitectures,
                supportedReleases,
                target);
    }
}
