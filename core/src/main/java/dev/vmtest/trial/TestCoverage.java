package dev.vmtest.trial;

import dev.vmtest.check.Check;
import dev.vmtest.check.Coverage;
import dev.vmtest.check.DefaultChecks;
import dev.vmtest.check.DerivedChecks;
import dev.vmtest.check.InstallRecord;
import dev.vmtest.check.Target;
import dev.vmtest.testcase.ConfigLayers;
import dev.vmtest.testcase.Releases;
import dev.vmtest.testcase.TestCase;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Say of each line that a test was asked for which of its checks look at it. */
public final class TestCoverage {

    private TestCoverage() {}

    /** Return a line for each line of the test's configuration on which something is asked for. */
    public static List<Coverage.Line> of(TestCase test) {
        Target target = Targets.of(test);
        List<Check> checks = Stream.of(
                        DerivedChecks.derive(test.config(), target),
                        DerivedChecks.ofInstall(test.config(), target, InstallRecord.NONE),
                        DefaultChecks.list(target, InstallRecord.NONE, Releases.kernelPackage(test), Set.of()))
                .flatMap(List::stream)
                .toList();
        return Coverage.of(test.config(), ConfigLayers.asked(test), checks);
    }

    /** Return the same as text, with how many lines there are of each kind. */
    static String text(TestCase test) {
        List<Coverage.Line> lines = of(test);
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> line.rows().forEach(row -> text.append(row).append('\n')));
        return text.append(Coverage.counted(lines)).append('\n').toString();
    }
}
