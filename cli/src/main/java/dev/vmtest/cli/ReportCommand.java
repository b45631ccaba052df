package dev.vmtest.cli;

import dev.vmtest.report.PrintedForm;
import dev.vmtest.report.ReportFiles;
import dev.vmtest.report.RunReport;
import dev.vmtest.result.RunResults;
import dev.vmtest.session.RunHistory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Build the reports of a run again. */
@Command(
        name = "report",
        description = {
            "Builds results.json, junit.xml and index.html again from the kept data of a run, also of one that was"
                    + " killed, and says where the time of each test went. With --print it writes nothing and prints the"
                    + " results for another program; with --serve a browser shows the run while it goes on.",
            ""
        },
        mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {

    private static final Path NONE = Path.of("none");

    private final Invocation invocation;

    @Parameters(paramLabel = "TOPDIR", description = "The directory of the run.")
    private @Nullable Path topdir;

    @Option(
            names = "--print",
            paramLabel = "FORM",
            description =
                    "Only print the results, as one of ${COMPLETION-CANDIDATES}: annotations of a GitHub workflow,"
                            + " GitLab's code quality report, or TAP 14. Files are named relative to the current directory.")
    private @Nullable PrintedForm form;

    @Option(
            names = "--against",
            paramLabel = "DIR",
            description =
                    "Say of each test that did not pass what is different since it passed in the run in DIR: checks,"
                            + " times, what was asked for, the plan, packages, facts and the console. Can be given several times;"
                            + " the last pass counts. Without it, the last pass that this host remembers (vmtest history)"
                            + " counts, if its run is still kept; 'none' asks for no comparison.")
    private List<Path> against = new ArrayList<>();

    @Mixin
    private LiveOptions live = new LiveOptions();

    @Mixin
    private DryRunOption dryRun = new DryRunOption();

    ReportCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        Path directory = Terminal.required(topdir);
        try {
            if (!against.isEmpty() && (form != null || live.isAsked())) {
                throw new UsageException("--against is about the page that is built again, so it does not go with "
                        + (form != null ? "--print" : "--serve") + "; leave one of them out");
            }
            if (against.size() > 1 && against.contains(NONE)) {
                throw new UsageException("--against none asks for no comparison, so it goes with no other --against; a"
                        + " directory of this name is ./none");
            }
            if (live.isGiven(form != null, dryRun.isGiven())) {
                return live.serve(directory, invocation);
            }
            if (form != null) {
                invocation.out().print(form.of(RunReport.read(directory), directory, Path.of("")));
                invocation.out().flush();
                return ExitStatus.SUCCESS;
            }
            if (dryRun.isGiven()) {
                for (Path earlier : explicit()) {
                    var unused = RunReport.read(earlier);
                }
                RunReport.planned(directory).forEach(change -> invocation.out().println(change.line()));
                return ExitStatus.SUCCESS;
            }
            RunReport.times(rebuilt(directory)).forEach(invocation.out()::println);
        } catch (IOException unreadable) {
            throw new UsageException(
                    String.valueOf(unreadable.getMessage()).lines().toList());
        }
        invocation.out().println("report " + ReportFiles.page(directory));
        return ExitStatus.SUCCESS;
    }

    /** Return the runs that are named. */
    private List<Path> explicit() {
        return against.contains(NONE) ? List.of() : against;
    }

    private RunResults rebuilt(Path directory) throws IOException {
        return against.isEmpty()
                ? RunReport.rebuild(directory, RunHistory.of(invocation.environment())::passesBefore)
                : RunReport.rebuild(directory, explicit());
    }
}
