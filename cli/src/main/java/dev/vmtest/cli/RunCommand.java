package dev.vmtest.cli;

import dev.vmtest.junit.Sessions;
import dev.vmtest.report.TerminalDisplay;
import dev.vmtest.run.Fidelity;
import dev.vmtest.run.TestCase;
import dev.vmtest.session.Session;
import dev.vmtest.session.SessionOptions;
import dev.vmtest.session.Surroundings;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Run tests: classes of the suite by name, and configurations by file. */
@Command(
        name = "run",
        description = {
            "Installs, boots and judges each test.",
            "",
            "A TEST is the name of a test class ('vmtest list' shows them) or a configuration file, whose machine is"
                    + " inferred from what it asks for. Everything about the run goes below one directory; its"
                    + " index.html is the report.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class RunCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Mixin
    private SelectionOptions selection = new SelectionOptions();

    @Option(
            names = "--installer",
            paramLabel = "NAME",
            defaultValue = "builtin",
            description = "Installer under test: ${DEFAULT-VALUE}.")
    private String installer = "builtin";

    @Option(
            names = "--fidelity",
            paramLabel = "WAY",
            defaultValue = "resume",
            description = "How install environments start, one of ${COMPLETION-CANDIDATES}: booted each time, or"
                    + " resumed from a snapshot of that boot where the test allows it (default: ${DEFAULT-VALUE}).")
    private Fidelity fidelity = Fidelity.RESUME;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            description = "Run N tests at a time; -1 is one for each processor (CURTIN_VMTEST_PARALLEL).")
    private @Nullable String parallel;

    @Option(
            names = "--topdir",
            paramLabel = "DIR",
            description = "Put everything below DIR, which must be new or empty (CURTIN_VMTEST_TOPDIR); the debug log"
                    + " is DIR.log (CURTIN_VMTEST_LOG).")
    private @Nullable String topdir;

    @Option(
            names = "--keep",
            paramLabel = "PARTS",
            description = "Keep these parts of each test's directory, whatever its verdict: all, none, or some of"
                    + " boot,collect,disks,install,logs (CURTIN_VMTEST_KEEP_DATA_PASS and _FAIL).")
    private @Nullable String keep;

    RunCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Map<String, String> environment = environment();
        SessionOptions options = new SessionOptions(installer, fidelity);
        Selection selected = selection.select(options, environment);
        TerminalDisplay display = Terminal.display(invocation.out(), environment);
        try (RunLogFile log = new RunLogFile();
                Session session = Session.open(
                        options,
                        new Surroundings(environment, invocation.surroundings().freeSpace(), log),
                        display)) {
            invocation.reportsInterruption().set(true);
            return run(session, selected);
        }
    }

    private static int run(Session session, Selection selected) throws IOException, InterruptedException {
        List<TestCase> cases = session.announce(selected.definitions(), selected.problems());
        if (!selected.classes().isEmpty()) {
            Sessions.launch(session, selected.classes());
        }
        for (TestCase test : cases) {
            if (selected.isFile(test)) {
                var unused = session.schedule().finish(session.schedule().await(test), List.of());
            }
        }
        return session.finish().exitStatus();
    }

    /** Return the environment with what the command line overrides. */
    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(invocation.environment());
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
}
