package dev.vmtest.cli;

import dev.vmtest.config.ConfigException;
import dev.vmtest.config.Location;
import dev.vmtest.config.Problems;
import dev.vmtest.junit.Sessions;
import dev.vmtest.junit.VmTests;
import dev.vmtest.report.TerminalDisplay;
import dev.vmtest.run.ConfigSource;
import dev.vmtest.run.TestCase;
import dev.vmtest.run.TestDefinition;
import dev.vmtest.session.Session;
import dev.vmtest.session.SessionOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Run tests: classes of the suite by name, and configurations by file. */
@Command(
        name = "run",
        description = {
            "Installs, boots and judges each test.",
            "",
            "A TEST is the name of a test class (vmtest list shows them) or a configuration file,"
                    + " whose machine is inferred from what it asks for. Without a TEST the whole suite runs."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class RunCommand implements Callable<Integer> {

    @Parameters(paramLabel = "TEST", description = "Test classes and configuration files.")
    private List<String> tests = new ArrayList<>();

    @Option(
            names = "--release",
            paramLabel = "R",
            split = ",",
            description = "Only for these releases; a configuration file runs on bookworm otherwise.")
    private List<String> releases = new ArrayList<>();

    @Option(names = "--installer", paramLabel = "NAME", defaultValue = "builtin", description = "Installer under test.")
    private String installer = "builtin";

    @Option(
            names = "--parallel",
            paramLabel = "N",
            description = "Run N tests at a time; -1 is one for each processor (CURTIN_VMTEST_PARALLEL).")
    private @Nullable String parallel;

    @Option(
            names = "--topdir",
            paramLabel = "DIR",
            description = "Put everything below DIR, which must be new or empty (CURTIN_VMTEST_TOPDIR).")
    private @Nullable String topdir;

    @Option(
            names = "--keep",
            paramLabel = "PARTS",
            description = "Keep these parts of each test's directory, whatever its verdict: all, none, or some of"
                    + " boot,collect,disks,install,logs (CURTIN_VMTEST_KEEP_DATA_PASS and _FAIL).")
    private @Nullable String keep;

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<TestDefinition> files = new ArrayList<>();
        List<Class<?>> classes = new ArrayList<>();
        sort(files, classes);
        Map<String, String> environment = environment();
        SessionOptions options = new SessionOptions(installer, releases);
        TerminalDisplay display = Terminal.display(System.out, environment);
        try (Session session = Session.open(options, environment, display)) {
            List<TestDefinition> definitions = new ArrayList<>(files);
            classes.forEach(type -> definitions.add(VmTests.definition(type)));
            List<TestCase> cases = session.announce(definitions);
            if (!classes.isEmpty()) {
                Sessions.launch(session, classes);
            }
            for (TestCase test : cases) {
                if (files.contains(test.definition())) {
                    var unused = session.schedule().finish(session.schedule().await(test), List.of());
                }
            }
            return session.finish().exitStatus();
        }
    }

    /** Return the environment with what the command line overrides. */
    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        override(environment, "CURTIN_VMTEST_PARALLEL", parallel);
        override(environment, "CURTIN_VMTEST_TOPDIR", topdir);
        override(environment, "CURTIN_VMTEST_KEEP_DATA_PASS", keep);
        override(environment, "CURTIN_VMTEST_KEEP_DATA_FAIL", keep);
        return environment;
    }

    private static void override(Map<String, String> environment, String name, @Nullable String value) {
        if (value != null) {
            environment.put(name, value);
        }
    }

    /** Tell files from classes, and say all names that are neither at once. */
    private void sort(List<TestDefinition> files, List<Class<?>> classes) throws IOException {
        List<String> unknown = new ArrayList<>();
        Problems problems = new Problems();
        for (String test : tests) {
            Path file = Path.of(test);
            if (test.endsWith(".yaml") || test.endsWith(".yml") || Files.exists(file)) {
                files.add(definition(file, problems));
            } else {
                Suite.find(test).ifPresentOrElse(classes::add, () -> unknown.add(test));
            }
        }
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("no test class or file is called " + String.join(", ", unknown)
                    + "; 'vmtest list' shows the classes");
        }
        problems.throwIfAny();
        if (tests.isEmpty()) {
            classes.addAll(Suite.classes());
        }
    }

    private TestDefinition definition(Path file, Problems problems) {
        String name = file.getFileName().toString().replaceAll("\\.ya?ml$", "");
        try {
            return TestDefinition.ofConfig(
                    name, new ConfigSource(file.toString(), Files.readString(file)), List.of("bookworm"));
        } catch (IOException unreadable) {
            problems.add(
                    new Location(file.toString(), 1, 1),
                    "the file cannot be read: " + unreadable.getMessage(),
                    "name a readable configuration file");
            throw new ConfigException(problems.all());
        }
    }
}
