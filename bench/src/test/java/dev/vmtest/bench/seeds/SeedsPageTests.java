package dev.vmtest.bench.seeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vmtest.api.VmTest;
import dev.vmtest.bench.SourceTree;
import dev.vmtest.cli.Main;
import dev.vmtest.config.ConfigException;
import dev.vmtest.config.ConfigFiles;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.Problems;
import dev.vmtest.installconfig.InstallConfig;
import dev.vmtest.settings.Setting;
import dev.vmtest.settings.SettingsTable;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Model.CommandSpec;

/** Holds {@code docs/seeds.md} against everything that it names. */
class SeedsPageTests {

    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_]*_[A-Za-z_]*|TMPDIR|WORKSPACE");

    private static final Pattern MODULE = Pattern.compile("^\\| ([a-z0-9_]+)\\.[A-Za-z0-9_]+ \\|");

    private final SeedTable table = SeedTable.load(SourceTree.resolve("docs/seeds.yaml"));

    @Test
    void thePageIsMadeFromTheTable() throws IOException {
        assertThat(Files.readString(SourceTree.resolve("docs/seeds.md")))
                .as("docs/seeds.md; make it again with tools/seeds")
                .isEqualTo(SeedsPage.of(table));
    }

    @Test
    void everythingThatStandsForSomethingExists() throws IOException {
        List<String> unknown = new ArrayList<>();
        for (SeedTable.Row row : table.rows()) {
            for (String reference : row.here()) {
                String problem = problem(reference);
                if (problem != null) {
                    unknown.add(row.seed() + ": " + problem);
                }
            }
        }
        assertThat(unknown).isEmpty();
    }

    @Test
    void everyProofIsATestClass() throws IOException {
        Set<String> classes = testClasses();
        assertThat(table.rows().stream().flatMap(row -> row.proof().stream()))
                .allSatisfy(name -> assertThat(classes).contains(name));
    }

    /** As {@code docs/suite.md} has them, whose rows are held against the classes. */
    @Test
    void everyModuleOfTestsHasItsClassesOrItsReason() throws IOException {
        Set<String> modules = new TreeSet<>();
        for (String line : Files.readAllLines(SourceTree.resolve("docs/suite.md"))) {
            Matcher row = MODULE.matcher(line);
            if (row.find()) {
                modules.add(row.group(1));
            }
        }
        List<SeedTable.Row> rows = table.sections().stream()
                .filter(section -> section.title().equals("Modules of tests"))
                .flatMap(section -> section.rows().stream())
                .toList();

        assertThat(modules).hasSize(56);
        assertThat(rows).extracting(SeedTable.Row::seed).containsExactlyInAnyOrderElementsOf(modules);
        assertThat(rows)
                .allSatisfy(row -> assertThat(row.isShown() || row.note().matches("(refused: |not yet).*"))
                        .as(row.seed())
                        .isTrue());
    }

    @Test
    void whatNothingReadsIsMissing() {
        Set<String> unread =
                SettingsTable.withoutEffect().stream().map(Setting::name).collect(Collectors.toSet());
        assertThat(table.rows())
                .filteredOn(SeedTable.Row::isShown)
                .allSatisfy(row -> assertThat(row.here()).as(row.seed()).doesNotContainAnyElementsOf(unread));
    }

    @Test
    void nothingIsThereTwice() {
        assertThat(table.rows().stream().map(SeedTable.Row::seed)).doesNotHaveDuplicates();
    }

    @Test
    void whatDoesNotExistIsNoticed() throws IOException {
        assertThat(problem("vmtest run --no-such-option")).contains("--no-such-option");
        assertThat(problem("vmtest nonsense")).contains("nonsense");
        assertThat(problem("CURTIN_VMTEST_NONSENSE")).contains("no variable");
        assertThat(problem("@VmTest.nonsense")).contains("no element");
        assertThat(problem("vmtest.nonsense")).contains("no key");
        assertThat(problem("make nonsense")).contains("no target");
        assertThat(problem("tools/nonsense")).contains("no file");
    }

    @Test
    void aTableThatIsWrongIsRefused(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(
                directory.resolve("seeds.yaml"), "sections: [{title: T, rows: [{sed: x, proof: [A]}]}]\n");
        assertThatThrownBy(() -> SeedTable.load(file))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("'seed' is missing")
                .hasMessageContaining("sed");
    }

    @Test
    void aRowWithoutProofSaysSo() {
        SeedTable one = new SeedTable(List.of(new SeedTable.Section(
                "T",
                List.of(
                        new SeedTable.Row("a|b", List.of("TMPDIR"), "note", List.of("ATests", "BTests")),
                        new SeedTable.Row("c", List.of(), "", List.of())))));
        assertThat(SeedsPage.of(one))
                .contains("| a\\|b | `TMPDIR`; note | `ATests`, `BTests` |")
                .contains("| c | missing | missing |")
                .contains("1 of 2 rows");
    }

    /** Return what is wrong with a reference, or null. */
    private static @Nullable String problem(String reference) throws IOException {
        if (reference.startsWith("vmtest ")) {
            return commandProblem(reference.split(" "));
        }
        if (reference.startsWith("@VmTest.")) {
            String name = reference.substring("@VmTest.".length());
            boolean isElement = Arrays.stream(VmTest.class.getDeclaredMethods())
                    .map(Method::getName)
                    .anyMatch(name::equals);
            return isElement ? null : "no element of @VmTest is called " + name;
        }
        if (reference.startsWith("vmtest.")) {
            return isConfigurationKey(reference.substring("vmtest.".length())) ? null : "no key: " + reference;
        }
        if (reference.startsWith("make ")) {
            String target = reference.substring("make ".length());
            return Pattern.compile("(?m)^" + Pattern.quote(target) + ":")
                            .matcher(Files.readString(SourceTree.resolve("Makefile")))
                            .find()
                    ? null
                    : "no target of the Makefile: " + target;
        }
        if (reference.contains("/")) {
            return Files.exists(SourceTree.resolve(reference)) ? null : "no file " + reference;
        }
        if (VARIABLE.matcher(reference).matches()) {
            return SettingsTable.all().stream()
                            .anyMatch(setting -> setting.names().contains(reference))
                    ? null
                    : "no variable is called " + reference;
        }
        return "'" + reference + "' is nothing that can be looked up";
    }

    private static @Nullable String commandProblem(String[] words) {
        CommandSpec command = Main.specification();
        for (String word : List.of(words).subList(1, words.length)) {
            if (word.startsWith("-")) {
                if (!command.optionsMap().containsKey(word)) {
                    return command.qualifiedName() + " has no option " + word;
                }
            } else if (command.subcommands().containsKey(word)) {
                command = command.subcommands().get(word).getCommandSpec();
            } else {
                return command.qualifiedName() + " has no command " + word;
            }
        }
        return null;
    }

    /** A key that nobody reads is refused by its name. */
    private static boolean isConfigurationKey(String key) {
        Problems problems = new Problems();
        MapValue file = ConfigFiles.parse("key.yaml", "vmtest: {" + key + ": 1}\n", problems);
        var unused = InstallConfig.read(file, problems);
        return problems.all().stream().noneMatch(problem -> problem.toString().contains("unknown key '" + key + "'"));
    }

    private static Set<String> testClasses() throws IOException {
        Set<String> names = new TreeSet<>();
        for (String directory : List.of("api", "core", "junit", "cli", "suite", "bench", "packaging")) {
            for (String sources : List.of("src/test/java", "src/main/java/dev/vmtest/suite")) {
                Path root = SourceTree.resolve(directory).resolve(sources);
                if (Files.isDirectory(root)) {
                    try (Stream<Path> files = Files.walk(root)) {
                        files.map(file -> file.getFileName().toString())
                                .filter(name -> name.endsWith("Tests.java") || name.endsWith("Test.java"))
                                .forEach(name -> names.add(name.replace(".java", "")));
                    }
                }
            }
        }
        return names;
    }
}
