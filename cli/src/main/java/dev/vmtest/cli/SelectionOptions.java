package dev.vmtest.cli;

import dev.vmtest.session.SessionOptions;
import dev.vmtest.session.TestDefaults;
import dev.vmtest.settings.Settings;
import dev.vmtest.testcase.TestCases;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Hold the options by which commands choose tests. */
final class SelectionOptions {

    @Parameters(
            paramLabel = "TEST",
            description =
                    "Test classes by name or by what they set up (storage, or a type of storage action such as raid),"
                            + " configurations by file; the whole suite if none is given.")
    private List<String> tests = new ArrayList<>();

    @Option(
            names = "--filter",
            paramLabel = "KEY=REGEX",
            description = "Only tests whose attribute matches from its beginning, such as firmware=uefi or name=Basic;"
                    + " 'vmtest list --json' shows the attributes. Several filters must all match.")
    private List<String> filters = new ArrayList<>();

    @Mixin
    private ReleaseOption release = new ReleaseOption();

    @Option(
            names = "--shard",
            paramLabel = "I/N",
            converter = Shard.Converter.class,
            description = "Only part I of N, such as 1/4: each test on each release is in one part, whatever the order"
                    + " in which the tests are named. For machines that share the work.")
    private @Nullable Shard shard;

    @Option(
            names = "--class-path",
            paramLabel = "PATH",
            defaultValue = "",
            description = "Directories and jars with test classes of your own, colons between them, such as"
                    + " target/test-classes; without names all of these are meant, not the suite.")
    private String classPath = "";

    /** Say whether the whole suite is meant, or what filters and parts leave of it. */
    boolean namesNoTest() {
        return tests.isEmpty();
    }

    /** Say whether the command line leaves the releases to each test. */
    boolean namesNoRelease() {
        return release.names().isEmpty();
    }

    /** Return the tests that the options mean, of which none is a template. */
    Selection select(SessionOptions options, Map<String, String> environment) {
        return select(options, Map.of(), environment);
    }

    /**
     * Return the tests that the options mean.
     *
     * @param values what the places of templates are filled with, by their names
     */
    Selection select(SessionOptions options, Map<String, String> values, Map<String, String> environment) {
        return Selection.of(
                tests,
                release.names(),
                filters.stream().map(AttributeFilter::parse).toList(),
                shard,
                values,
                ClassPath.of(classPath),
                new TestCases(TestDefaults.of(options, Settings.read(environment))));
    }
}
