package dev.vmtest.cli;

import dev.vmtest.result.Unit;
import dev.vmtest.session.PresentImages;
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
            converter = ShardChoice.Converter.class,
            description = "Only part I of N, such as 1/4: each test on each release is in one part, whatever the order"
                    + " in which the tests are named. For machines that share the work; auto takes I and N from the CI"
                    + " or the scheduler that started this command.")
    private @Nullable ShardChoice shard;

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

    /** What a test of the user's consists of is looked up by its name, on the class path of this thread. */
    private ClassPath classPath() {
        ClassPath path = ClassPath.of(classPath);
        if (!classPath.isEmpty()) {
            Thread.currentThread().setContextClassLoader(path.loader());
        }
        return path;
    }

    /** Return the words that give another command line the same class path. */
    List<String> classPathWords() {
        return classPath.isEmpty() ? List.of() : List.of("--class-path", classPath);
    }

    /** Say whether the command line narrows the tests down. */
    boolean narrows() {
        return !namesNoTest() || !namesNoRelease() || !filters.isEmpty();
    }

    /** Return the tests that the options mean, of which none is a template. */
    Selection select(SessionOptions options, Map<String, String> environment) {
        Selection selected = select(options, Map.of(), environment);
        cut(selected, environment);
        return selected;
    }

    /**
     * Leave out what cannot be run here for want of an image: who names no release gets those that can be, and who names a
     * release and no test gets the tests whose renderer has an image of it.
     *
     * @return a line for each reason
     */
    List<String> leaveOutAbsent(Selection selected, Map<String, String> environment) {
        if (!namesNoRelease() && !namesNoTest()) {
            return List.of();
        }
        try (PresentImages images = PresentImages.of(selected.cases(), environment)) {
            selected.leaveOutAbsent(
                    namesNoRelease() ? images::releases : images::releasesOfRenderer, images, !namesNoTest());
            return images.lines();
        }
    }

    /** Leave of a selection the part that the options mean. */
    void cut(Selection selected, Map<String, String> environment) {
        if (shard != null) {
            selected.cut(shard.of(environment));
        }
    }

    /**
     * Return the tests of a list of units, those that are one of them.
     *
     * @param all every unit of the list: the names of files depend on each other
     * @param chosen the units that are wanted
     */
    Selection select(
            List<Unit> all,
            List<Unit> chosen,
            SessionOptions options,
            Map<String, String> values,
            Map<String, String> environment) {
        return select(all, chosen, options, values, classPath(), environment);
    }

    /** Return the tests of a list of units whose classes are on a class path. */
    static Selection select(
            List<Unit> all,
            List<Unit> chosen,
            SessionOptions options,
            Map<String, String> values,
            ClassPath classPath,
            Map<String, String> environment) {
        TestCases cases = new TestCases(TestDefaults.of(options, Settings.read(environment)));
        Selection selected = Selection.of(
                all.stream().map(Unit::word).distinct().toList(),
                all.stream().map(Unit::release).distinct().toList(),
                List.of(),
                values,
                classPath,
                cases);
        selected.keep(chosen);
        return selected;
    }

    /**
     * Return the tests that the options mean, all parts of them.
     *
     * @param values what the places of templates are filled with, by their names
     */
    Selection select(SessionOptions options, Map<String, String> values, Map<String, String> environment) {
        return Selection.of(
                tests,
                release.names(),
                filters.stream().map(AttributeFilter::parse).toList(),
                values,
                classPath(),
                new TestCases(TestDefaults.of(options, Settings.read(environment))));
    }
}
