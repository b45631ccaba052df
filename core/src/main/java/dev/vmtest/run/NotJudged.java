package dev.vmtest.run;

import dev.vmtest.check.Check;
import dev.vmtest.check.DerivedChecks;
import dev.vmtest.installconfig.Remark;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Say what a test leaves out of what its configuration asks for, before it runs. */
public final class NotJudged {

    private NotJudged() {}

    /** Return what the configuration says of itself, and what the installer under test does not promise. */
    public static List<Remark> of(TestCase test) {
        return Stream.concat(
                        test.config().vmtest().notJudged().stream(),
                        DerivedChecks.derive(test.config(), Targets.of(test)).stream()
                                .map(Check::notJudged)
                                .flatMap(Optional::stream))
                .toList();
    }
}
