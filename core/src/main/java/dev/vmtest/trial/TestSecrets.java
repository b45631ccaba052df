package dev.vmtest.trial;

import dev.vmtest.installconfig.ConfigSecrets;
import dev.vmtest.installconfig.InstallConfig;
import dev.vmtest.machine.ConsoleLine;
import dev.vmtest.result.CheckRecord;
import dev.vmtest.result.Evidence;
import dev.vmtest.result.Failure;
import dev.vmtest.secret.KnownSecrets;
import dev.vmtest.secret.SecretsFile;
import java.io.IOException;

/** Take the secrets of a test's configuration out of what its guests say, before it goes into results and reports. */
public final class TestSecrets {

    /** Where nothing is secret. */
    static final TestSecrets NONE = new TestSecrets(KnownSecrets.NONE);

    private final KnownSecrets known;

    private TestSecrets(KnownSecrets known) {
        this.known = known;
    }

    static TestSecrets of(InstallConfig config) {
        return new TestSecrets(new KnownSecrets(ConfigSecrets.of(config)));
    }

    /** Keep them for whoever makes the report of the test again. */
    void keep(Workspace workspace) throws IOException {
        SecretsFile.write(workspace.secrets(), known);
    }

    String hideIn(String text) {
        return known.hideIn(text);
    }

    ConsoleLine hideIn(ConsoleLine line) {
        return new ConsoleLine(line.at(), line.number(), hideIn(line.text()));
    }

    CheckRecord hideIn(CheckRecord check) {
        return new CheckRecord(check.name(), check.source(), check.verdict(), hideIn(check.message()));
    }

    Evidence hideIn(Evidence evidence) {
        return new Evidence(
                hideIn(evidence.summary()),
                evidence.context().stream().map(this::hideIn).toList(),
                hideIn(evidence.machineEnd()),
                hideIn(evidence.lastEvent()),
                evidence.log(),
                evidence.badLine(),
                new Failure(
                        evidence.failure().failureClass(),
                        hideIn(evidence.failure().sign())));
    }

    @Override
    public String toString() {
        return known.toString();
    }
}
