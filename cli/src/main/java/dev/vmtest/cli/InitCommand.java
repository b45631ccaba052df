package dev.vmtest.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Write a first test. */
@Command(
        name = "init",
        description = {
            "Writes a first test that runs as it is, to be changed: a configuration, or a Maven project with one and a"
                    + " test class. What is there already stays as it is, and nothing is written then.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class InitCommand implements Callable<Integer> {

    /** The configuration's name, here and where it is written. */
    private static final String FILE = "first.yaml";

    private static final Map<String, String> PROJECT = Map.of(
            FILE,
            FILE,
            "README.md",
            "maven/README.md",
            "pom.xml",
            "maven/pom.xml",
            "src/test/java/org/example/FirstTest.java",
            "maven/FirstTest.java");

    private final Invocation invocation;

    @ArgGroup
    private Form form = new Form();

    /** Say what is written. */
    static final class Form {

        @Option(names = "--yaml", description = "A configuration, first.yaml; so it is without either option.")
        private boolean yaml;

        @Option(
                names = "--maven",
                description = "A Maven project: pom.xml, a test class, its first.yaml and a README.md.")
        private boolean maven;
    }

    @Parameters(
            paramLabel = "DIR",
            arity = "0..1",
            defaultValue = ".",
            description = "Where it goes; made if it is missing. The current directory otherwise.")
    private Path directory = Path.of(".");

    InitCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        PrintStream out = invocation.out();
        boolean isProject = form.maven && !form.yaml;
        NewFiles files = new NewFiles(directory, isProject ? PROJECT : Map.of(FILE, FILE));
        files.write().forEach(file -> out.println("written " + file));
        if (isProject) {
            out.println("'make artifacts' in vmtest's source tree lets Maven find vmtest; once is enough");
            out.println("'mvn -o test' in " + directory + " runs the test (-o: offline)");
        } else {
            Path file = directory.resolve(FILE).normalize();
            out.println("'vmtest check " + file + "' says whether it is right, 'vmtest run " + file + "' runs it");
        }
        return ExitStatus.SUCCESS;
    }
}
