package dev.vmtest.cli;

import dev.vmtest.image.DebianRelease;
import dev.vmtest.run.TestCases;
import dev.vmtest.session.SessionOptions;
import dev.vmtest.session.TestDefaults;
import dev.vmtest.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Hold the options by which commands choose tests. */
final class SelectionOptions {

    @Parameters(
            paramLabel = "TEST",
            description = "Test classes by name, configurations by file; the whole suite if none is given.")
    private List<String> tests = new ArrayList<>();

    @Option(
            names = "--filter",
            paramLabel = "KEY=REGEX",
            description = "Only tests whose attribute matches from its beginning, such as firmware=uefi or name=Basic;"
                    + " 'vmtest list --json' shows the attributes. Several filters must all match.")
    private List<String> filters = new ArrayList<>();

    @Option(
            names = "--release",
            paramLabel = "R",
            split = ",",
            converter = ReleaseConverter.class,
            completionCandidates = ReleaseConverter.Candidates.class,
            description = "Only for these releases: ${COMPLETION-CANDIDATES}. A configuration file otherwise runs on"
                    + " the release under its key vmtest, or on bookworm.")
    private List<DebianRelease> releases = new ArrayList<>();

    /** Return the tests that the options mean. */
    Selection select(SessionOptions options, Map<String, String> environment) {
        return Selection.of(
                tests,
                releases.stream().map(DebianRelease::codename).distinct().toList(),
                filters.stream().map(AttributeFilter::parse).toList(),
                new TestCases(TestDefaults.of(options, Settings.read(environment))));
    }
}
