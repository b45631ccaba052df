package dev.vmtest.cli;

import dev.vmtest.config.Problems;
import dev.vmtest.config.Suggestion;
import dev.vmtest.history.HistoryEntry.Subject;
import dev.vmtest.junit.VmTests;
import dev.vmtest.result.Unit;
import dev.vmtest.session.ChosenTests;
import dev.vmtest.session.InfrastructureException;
import dev.vmtest.session.PresentImages;
import dev.vmtest.session.RunHistory;
import dev.vmtest.testcase.TestCase;
import dev.vmtest.testcase.TestCases;
import dev.vmtest.testcase.TestDefinition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Find the tests that a command line means: classes by name, files, releases and filters. */
final class Selection {

    private final List<String> releases;
    private final List<AttributeFilter> filters;
    private final Map<String, String> values;
    private final Problems problems = new Problems();
    private final Map<String, Class<?>> classes = new LinkedHashMap<>();
    private final List<TestDefinition> definitions = new ArrayList<>();
    private final ClassPath classPath;
    private final TestCases cases;

    private Selection(
            List<String> releases,
            List<AttributeFilter> filters,
            Map<String, String> values,
            ClassPath classPath,
            TestCases cases) {
        this.releases = releases;
        this.filters = filters;
        this.values = values;
        this.classPath = classPath;
        this.cases = cases;
    }

    /**
     * Find tests.
     *
     * @param words names of classes, of files and of groups of layouts; none stands for the whole suite
     * @param releases only these releases; none leaves it to each test
     * @param filters each must accept a test
     * @param values what the places of templates are filled with, by their names
     * @param classPath where the classes are
     * @param cases knows the machine that a test gets
     * @throws UsageException with everything that is wrong, or if no test is left
     */
    static Selection of(
            List<String> words,
            List<String> releases,
            List<AttributeFilter> filters,
            Map<String, String> values,
            ClassPath classPath,
            TestCases cases) {
        Selection selection = new Selection(releases, filters, values, classPath, cases);
        selection.find(words);
        selection.narrow();
        return selection;
    }

    /** Leave only a part, which may be nothing. */
    void cut(Shard shard) {
        replace(shard.of(definitions));
    }

    /**
     * Leave only tests on releases that are units, in the order of these.
     *
     * @throws UsageException if some unit is no test that there is here
     */
    void keep(List<Unit> units) {
        Map<String, TestDefinition> known = new HashMap<>();
        definitions.forEach(definition -> known.put(definition.name(), definition));
        Map<String, List<String>> wanted = new LinkedHashMap<>();
        units.forEach(unit ->
                wanted.computeIfAbsent(unit.test(), name -> new ArrayList<>()).add(unit.release()));
        if (problems.isEmpty()) {
            List<String> absent = units.stream()
                    .filter(unit -> !known.containsKey(unit.test())
                            || !known.get(unit.test()).releases().contains(unit.release()))
                    .map(unit -> unit.id() + ": " + unit.word() + " is no such test here")
                    .toList();
            if (!absent.isEmpty()) {
                throw new UsageException(absent);
            }
        }
        replace(wanted.entrySet().stream()
                .flatMap(entry -> Optional.ofNullable(known.get(entry.getKey()))
                        .map(definition -> definition.forReleases(entry.getValue()))
                        .stream())
                .toList());
    }

    /** Return the ids of the units that the tests are with an installer. */
    List<String> ids(String installer) {
        return definitions.stream()
                .flatMap(definition ->
                        definition.releases().stream().map(release -> Unit.id(definition.name(), release, installer)))
                .toList();
    }

    /**
     * Put the tests into an order that a seed decides, those with the most virtual CPUs before all others and among
     * equals those that take longest: the small ones then fill the processors to the end.
     *
     * @param history how long tests have taken here; one that is not in it is as long as the middle one of the others
     */
    void shuffle(long seed, RunHistory history) {
        List<TestDefinition> shuffled = new ArrayList<>(definitions);
        Collections.shuffle(shuffled, new Random(seed));
        // What is wrong with a configuration is said when the tests are announced.
        List<TestCase> all = definitions.stream()
                .flatMap(definition -> cases.of(definition, definition.releases(), new Problems()).stream())
                .toList();
        Map<String, Integer> cpus = new HashMap<>();
        all.forEach(test -> cpus.merge(test.name(), test.machine().cpus(), Math::max));
        Map<String, Double> seconds = seconds(all, history);
        double middle = seconds.values().stream()
                .sorted()
                .skip(seconds.size() / 2)
                .findFirst()
                .orElse(0.0);
        shuffled.sort(Comparator.comparing((TestDefinition definition) -> cpus.getOrDefault(definition.name(), 0))
                .thenComparing(definition -> seconds.getOrDefault(definition.name(), middle))
                .reversed());
        replace(shuffled);
    }

    /** Return how long tests are expected to take, by their names; on the release on which they take longest. */
    private static Map<String, Double> seconds(List<TestCase> all, RunHistory history) {
        Map<String, Double> expected = history.expectedSeconds(all);
        Map<String, Double> longest = new HashMap<>();
        for (TestCase test : all) {
            Double seconds = expected.get(test.title());
            if (seconds != null) {
                longest.merge(test.name(), seconds, Math::max);
            }
        }
        return longest;
    }

    /**
     * Leave only what failed in the last run.
     *
     * @param failed which tests failed, on which release and with which installer
     */
    void leave(Set<Subject> failed) {
        List<TestDefinition> left = new ArrayList<>();
        for (TestDefinition definition : definitions) {
            List<String> wanted = definition.releases().stream()
                    .filter(release -> failed.contains(new Subject(definition.name(), release, cases.installerName())))
                    .toList();
            if (!wanted.isEmpty()) {
                left.add(definition.forReleases(wanted));
            }
        }
        replace(left);
    }

    /**
     * Leave out releases whose images are not there, unless a file is meant.
     *
     * @param presence returns what is left of a definition's releases
     * @throws InfrastructureException if nothing is left of the run, or of a test that was named
     */
    void leaveOutAbsent(Function<TestDefinition, List<String>> presence, PresentImages images, boolean namesTests) {
        List<TestDefinition> left = new ArrayList<>();
        for (TestDefinition definition : definitions) {
            List<String> present =
                    classes.containsKey(definition.name()) ? presence.apply(definition) : definition.releases();
            if (!present.isEmpty()) {
                left.add(definition.forReleases(present));
            } else if (namesTests) {
                throw new InfrastructureException(images.reasons());
            }
        }
        if (left.isEmpty() && !definitions.isEmpty()) {
            throw new InfrastructureException(images.reasons());
        }
        replace(left);
    }

    private void replace(List<TestDefinition> others) {
        definitions.clear();
        definitions.addAll(others);
    }

    /** Return the tests, each for the releases that are wanted. */
    List<TestDefinition> definitions() {
        return List.copyOf(definitions);
    }

    /** Return the tests for a run, with what was read of them. */
    ChosenTests chosen() {
        return new ChosenTests(definitions, problems, cases);
    }

    /** Return who reads the configurations. */
    TestCases cases() {
        return cases;
    }

    /**
     * Return the classes of those tests that are classes.
     *
     * @param names only of tests with these names
     */
    List<Class<?>> classes(Set<String> names) {
        return definitions.stream()
                .map(TestDefinition::name)
                .filter(classes::containsKey)
                .filter(names::contains)
                .<Class<?>>map(classes::get)
                .toList();
    }

    /** Say whether a test is a configuration file. */
    boolean isFile(TestCase test) {
        return !classes.containsKey(test.name());
    }

    /** Return what is wrong with files that could not even be read. */
    Problems problems() {
        return problems;
    }

    private void find(List<String> words) {
        List<Path> files = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (String word : words) {
            Path file = Path.of(word);
            Optional<Class<?>> type = classPath.find(word);
            Optional<LayoutGroup> group = LayoutGroup.of(word);
            if (type.isPresent()) {
                add(type.get());
            } else if (group.isPresent()) {
                classPath.classes().stream()
                        .filter(member -> group.get().holds(VmTests.definition(member)))
                        .forEach(this::add);
            } else if (word.endsWith(".yaml") || word.endsWith(".yml") || Files.exists(file)) {
                files.add(file);
            } else {
                unknown.add("no test class or file is called '" + word + "'" + hint(word));
            }
        }
        if (words.isEmpty()) {
            classPath.classes().forEach(this::add);
        }
        ConfigTests tests = new ConfigTests(releases, classes.keySet(), values, problems);
        files.forEach(file -> tests.of(file).ifPresent(definitions::add));
        if (!unknown.isEmpty()) {
            problems.all().forEach(problem -> unknown.add(problem.toString()));
            throw new UsageException(unknown);
        }
        if (problems.isEmpty()) {
            tests.requireUse();
        }
    }

    private String hint(String word) {
        String nearest = Suggestion.didYouMean(
                word,
                Stream.concat(classPath.classes().stream().map(Class::getSimpleName), LayoutGroup.words().stream())
                        .toList());
        return "; " + (nearest.isEmpty() ? "'vmtest list' shows the classes" : nearest);
    }

    private void add(Class<?> type) {
        TestDefinition usual = VmTests.definition(type);
        TestDefinition definition =
                releases.isEmpty() || !VmTests.isForAnyRelease(type) ? usual : usual.forReleases(releases);
        Class<?> before = classes.putIfAbsent(definition.name(), type);
        if (before == null) {
            definitions.add(definition);
        } else if (before != type) {
            throw new UsageException("two test classes are called " + definition.name() + ": " + before.getName()
                    + " and " + type.getName() + "; run them one by one");
        }
    }

    private void narrow() {
        int found = definitions.size();
        List<TestDefinition> narrowed = new ArrayList<>();
        for (TestDefinition definition : definitions) {
            List<String> wanted = definition.releases().stream()
                    .filter(release -> releases.isEmpty() || releases.contains(release))
                    .filter(release -> accepts(definition, release))
                    .toList();
            if (!wanted.isEmpty()) {
                narrowed.add(definition.forReleases(wanted));
            }
        }
        replace(narrowed);
        if (narrowed.isEmpty() && found > 0 && problems.isEmpty()) {
            throw new UsageException("no test is left by " + restrictions() + "; 'vmtest list' shows what there is");
        }
    }

    /** A configuration that is wrong is not filtered out: its problems are worth more than its attributes. */
    private boolean accepts(TestDefinition definition, String release) {
        if (filters.isEmpty()) {
            return true;
        }
        List<TestCase> found = cases.of(definition, List.of(release), new Problems());
        return found.isEmpty()
                || filters.stream()
                        .allMatch(filter -> found.stream().map(Attributes::of).allMatch(filter::accepts));
    }

    private String restrictions() {
        List<String> all = new ArrayList<>();
        if (!releases.isEmpty()) {
            all.add("--release " + String.join(",", releases));
        }
        filters.stream()
                .map(filter -> "--filter " + filter.key() + "=" + filter.pattern())
                .forEach(all::add);
        return all.stream().collect(Collectors.joining(" "));
    }
}
