package dev.vmtest.cli;

import dev.vmtest.report.ResultFiles;
import dev.vmtest.report.RunReport;
import dev.vmtest.result.RunResults;
import dev.vmtest.result.Unit;
import dev.vmtest.result.UnitList;
import dev.vmtest.result.UnitNeeds;
import dev.vmtest.session.PlannedUnits;
import dev.vmtest.session.SessionOptions;
import dev.vmtest.testcase.Fidelity;
import dev.vmtest.text.PlainTrouble;
import dev.vmtest.text.Printable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** List the units of a run. */
@Command(
        name = "units",
        description = {
            "Lists the units of a run, one test on one release with one installer each: what it needs, and the hash of"
                    + " all that its result depends on.",
            "",
            "'vmtest run --units FILE' runs units of such a list, and 'vmtest merge' proves that each ran once.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class UnitsCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Mixin
    private SelectionOptions selection = new SelectionOptions();

    @Mixin
    private InstallerOption installer = new InstallerOption();

    @Mixin
    private TemplateOption template = new TemplateOption();

    @Option(
            names = "--fidelity",
            paramLabel = "WAY",
            description = "How install environments start, as for 'vmtest run'.")
    private @Nullable Fidelity fidelity;

    @Option(
            names = "--times-of",
            paramLabel = "TOPDIR",
            description = "Expect the times that the run in this directory took; may be repeated, the later counts.")
    private List<Path> earlier = new ArrayList<>();

    @Option(
            names = "--json",
            description = "Print the list that 'vmtest run --units' and 'vmtest merge --units' read; 'vmtest schema"
                    + " units' is its schema.")
    private boolean json;

    UnitsCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        SessionOptions options = new SessionOptions(installer.value(), fidelity, null);
        Selection selected = selection.select(options, template.values(), invocation.environment());
        selection.leaveOutAbsent(selected, invocation.environment()).forEach(invocation.err()::println);
        selection.cut(selected, invocation.environment());
        PlannedUnits planned = PlannedUnits.of(options, invocation.surroundings(), selected.chosen(), earlierRuns());
        planned.warnings().forEach(invocation.err()::println);
        if (json) {
            invocation.out().println(ResultFiles.text(planned.list()));
        } else {
            print(planned.list());
        }
        return ExitStatus.SUCCESS;
    }

    private List<RunResults> earlierRuns() {
        List<RunResults> runs = new ArrayList<>();
        for (Path topdir : earlier) {
            try {
                runs.add(RunReport.read(topdir));
            } catch (IOException unreadable) {
                throw new UsageException("--times-of " + PlainTrouble.of(unreadable, topdir));
            }
        }
        return runs;
    }

    private void print(UnitList list) {
        for (Unit unit : list.units()) {
            UnitNeeds needs = unit.needs();
            invocation
                    .out()
                    .println(Printable.line("%-40s %d cores, %d MiB memory, %d MiB disk, %.0f s (at most %d)  %s"
                            .formatted(
                                    unit.id(),
                                    needs.cores(),
                                    needs.memory(),
                                    needs.disk(),
                                    needs.expectedSeconds(),
                                    needs.seconds(),
                                    unit.inputs().hash().substring(0, 16))));
        }
    }
}
