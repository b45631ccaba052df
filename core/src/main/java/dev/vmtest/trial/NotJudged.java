package dev.vmtest.trial;

import dev.vmtest.check.Check;
import dev.vmtest.check.DerivedChecks;
import dev.vmtest.check.InstallRecord;
import dev.vmtest.check.Target;
import dev.vmtest.check.UnjudgedKeys;
import dev.vmtest.installconfig.ExpectedInstallFailure;
import dev.vmtest.installconfig.Remark;
import dev.vmtest.testcase.ConfigLayers;
import dev.vmtest.testcase.TestCase;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Say what a test leaves out of what its configuration asks for, before it runs. */
public final class NotJudged {

    private NotJudged() {}

    /** Return what no check holds, and what the installer under test does not promise. */
    public static List<Remark> of(TestCase test) {
        if (test.config().vmtest().expectedFailure() != null) {
            return beyondChecks(test);
        }
        Target target = Targets.of(test);
        Stream<Check> checks = Stream.concat(
                DerivedChecks.derive(test.config(), target).stream(),
                DerivedChecks.ofInstall(test.config(), target, InstallRecord.NONE).stream());
        return Stream.concat(
                        beyondChecks(test).stream(),
                        checks.map(Check::notJudged).flatMap(Optional::stream))
                .toList();
    }

    /** Return what the configuration says of itself, and which of its keys no check holds. */
    static List<Remark> beyondChecks(TestCase test) {
        ExpectedInstallFailure failure = test.config().vmtest().expectedFailure();
        if (failure != null) {
            return Stream.concat(
                            test.config().vmtest().notJudged().stream(),
                            Stream.of(new Remark(
                                    failure.location(),
                                    "not judged: what the other sections ask for: the install is meant to fail")))
                    .toList();
        }
        return Stream.concat(
                        test.config().vmtest().notJudged().stream(),
                        UnjudgedKeys.of(test.config(), ConfigLayers.asked(test)).stream())
                .toList();
    }
}
