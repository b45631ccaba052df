package dev.vmtest.cli;

import dev.vmtest.config.ConfigFiles;
import dev.vmtest.config.Location;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.Problems;
import dev.vmtest.config.ScalarValue;
import dev.vmtest.config.Suggestion;
import dev.vmtest.config.TemplatePlaces;
import dev.vmtest.installconfig.VmtestSection;
import dev.vmtest.release.ReleaseTable;
import dev.vmtest.testcase.ConfigSource;
import dev.vmtest.testcase.TestDefinition;
import dev.vmtest.text.PlainTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Make tests of configuration files, each with a name of its own. */
final class ConfigTests {

    /** The release of a test that names none. */
    static final String DEFAULT_RELEASE = "bookworm";

    private final List<String> releases;
    private final Map<String, String> values;
    private final Problems problems;
    private final Set<String> places = new TreeSet<>();
    private final Map<Path, TestDefinition> byFile = new HashMap<>();
    private final Set<String> names = new HashSet<>();

    /**
     * Make tests.
     *
     * @param releases what the command line asks for; empty leaves it to each file
     * @param taken names that other tests have
     * @param values what the places of templates are filled with, by their names
     * @param problems takes what is wrong with files
     */
    ConfigTests(List<String> releases, Set<String> taken, Map<String, String> values, Problems problems) {
        this.releases = List.copyOf(releases);
        this.values = Map.copyOf(values);
        this.problems = problems;
        names.addAll(taken);
    }

    /** Return the test of a file; nothing if it cannot be read or was given before. */
    Optional<TestDefinition> of(Path file) {
        // Whoever makes the test's cases reads the text again, and knows which installer is under test.
        Problems found = Problems.ofInstallerThatReadsTheFile();
        MapValue root = ConfigFiles.load(file, found);
        found.all().forEach(problem -> problems.add(problem.location(), problem.message(), problem.remedy()));
        Path identity = file.toAbsolutePath().normalize();
        if (!found.isEmpty() || byFile.containsKey(identity)) {
            return Optional.empty();
        }
        try {
            Set<String> own = TemplatePlaces.open(root).keySet();
            places.addAll(own);
            Map<String, String> filling = new HashMap<>(values);
            filling.keySet().retainAll(own);
            ConfigSource source = new ConfigSource(file.toString(), Files.readString(file), filling);
            if (isEmpty(source.text())) {
                problems.add(
                        new Location(file.toString(), 1, 1),
                        "the file is empty",
                        "write '{}' for the automatic layout on one disk");
                return Optional.empty();
            }
            TestDefinition definition = TestDefinition.ofConfig(
                    name(file), source, releases(source.values().isEmpty() ? root : filled(source)));
            byFile.put(identity, definition);
            return Optional.of(definition);
        } catch (IOException vanished) {
            problems.add(
                    new Location(file.toString(), 1, 1), "the file cannot be read: " + PlainTrouble.of(vanished, file));
            return Optional.empty();
        }
    }

    /**
     * Say which values no file has a place for, after all files were read.
     *
     * @throws UsageException if there are any
     */
    void requireUse() {
        List<String> unused = values.keySet().stream()
                .filter(name -> !places.contains(name))
                .sorted()
                .map(name -> "--set " + name + ": no file says __" + name + "__; "
                        + (places.isEmpty()
                                ? "none is a template"
                                : Optional.of(Suggestion.didYouMean(name, places))
                                        .filter(near -> !near.isEmpty())
                                        .orElse("the places are: " + String.join(", ", places))))
                .toList();
        if (!unused.isEmpty()) {
            throw new UsageException(unused);
        }
    }

    /** The file's own name, then with the directories before it, then numbered: the first that is free. */
    private String name(Path file) {
        Path path = file.normalize();
        String name = withoutSuffix(String.valueOf(path.getFileName()));
        for (Path parent = path.getParent(); names.contains(name) && parent != null; parent = parent.getParent()) {
            if (parent.getFileName() != null) {
                name = parent.getFileName() + "-" + name;
            }
        }
        String unique = name;
        for (int number = 2; names.contains(unique); number++) {
            unique = name + "-" + number;
        }
        names.add(unique);
        return unique;
    }

    /** What is wrong with it is said by whoever makes the test's cases. */
    private static MapValue filled(ConfigSource source) {
        return ConfigFiles.parse(source.name(), source.text(), source.values(), Problems.ofInstallerThatReadsTheFile());
    }

    private static boolean isEmpty(String text) {
        return text.lines()
                .allMatch(line -> line.isBlank() || line.stripLeading().startsWith("#"));
    }

    private static String withoutSuffix(String name) {
        return name.replaceAll("\\.ya?ml$", "");
    }

    private List<String> releases(MapValue root) {
        if (!releases.isEmpty()) {
            return releases;
        }
        if (root.get(VmtestSection.KEY) instanceof MapValue section
                && section.get("release") instanceof ScalarValue written) {
            String release = String.valueOf(written.value());
            if (ReleaseTable.base(release).isEmpty()) {
                problems.add(written.location(), "no release is called '" + release + "'", ReleaseNames.hint(release));
                return List.of(DEFAULT_RELEASE);
            }
            return List.of(release);
        }
        return List.of(DEFAULT_RELEASE);
    }
}
