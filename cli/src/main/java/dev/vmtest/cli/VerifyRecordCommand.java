package dev.vmtest.cli;

import dev.vmtest.attestation.RunRecord;
import dev.vmtest.report.ReportFiles;
import dev.vmtest.report.ResultFiles;
import dev.vmtest.result.Unit;
import dev.vmtest.result.UnitList;
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
import picocli.CommandLine.Parameters;

/** Hold the record of a run against what it speaks of. */
@Command(
        name = "verify-record",
        description = {
            "Checks the record of a run ('vmtest run --record') against the results in its directory and against the"
                    + " inputs as they are here now, and names each mismatch.",
            "",
            "Inputs are the configurations, images, installer, machines, scripts and checks, and vmtest itself. The exit"
                    + " status is 1 if anything is otherwise than the record says.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class VerifyRecordCommand implements Callable<Integer> {

    private static final int MISMATCH = 1;

    private final Invocation invocation;

    @Parameters(index = "0", paramLabel = "RECORD", description = "The record.")
    private @Nullable Path record;

    @Parameters(index = "1", paramLabel = "TOPDIR", description = "The directory of the run.")
    private @Nullable Path topdir;

    @Option(
            names = "--results-only",
            description = "Leave out the inputs: they are not here, or are not meant to be the same any more.")
    private boolean resultsOnly;

    @Mixin
    private InstallerOption installer = new InstallerOption();

    @Mixin
    private TemplateOption template = new TemplateOption();

    @Option(names = "--fidelity", paramLabel = "WAY", description = "How install environments start, as for the run.")
    private @Nullable Fidelity fidelity;

    @Option(
            names = "--class-path",
            paramLabel = "PATH",
            defaultValue = "",
            description = "Directories and jars with test classes of your own, as for the run.")
    private String classPath = "";

    VerifyRecordCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        Path file = Terminal.required(record);
        Path directory = Terminal.required(topdir);
        List<String> different = new ArrayList<>();
        UnitList units;
        try {
            different.addAll(RunRecord.mismatches(file, directory));
            units = ResultFiles.readUnits(ReportFiles.units(directory));
        } catch (IOException unreadable) {
            throw new UsageException(PlainTrouble.of(unreadable));
        }
        if (!resultsOnly && !units.units().isEmpty()) {
            different.addAll(inputs(units));
        }
        different.forEach(mismatch -> invocation.err().println("vmtest: " + Printable.line(mismatch)));
        if (!different.isEmpty()) {
            return MISMATCH;
        }
        int count = units.units().size();
        invocation
                .out()
                .println(file + " says what " + directory + " does"
                        + (resultsOnly
                                ? "; the inputs were not looked at"
                                : ", and the inputs of " + count + (count == 1 ? " unit are" : " units are")
                                        + " the same here"));
        return ExitStatus.SUCCESS;
    }

    /** The list of units was held against the record before; so it says what the inputs were. */
    private List<String> inputs(UnitList units) {
        SessionOptions options = new SessionOptions(installer.value(), fidelity, null);
        ClassPath path = ClassPath.of(classPath);
        Thread.currentThread().setContextClassLoader(path.loader());
        Selection selected = SelectionOptions.select(
                units.units(), units.units(), options, template.values(), path, invocation.environment());
        List<Unit> here = PlannedUnits.of(options, invocation.surroundings(), selected.chosen(), List.of())
                .list()
                .units();
        List<String> different = new ArrayList<>();
        for (Unit then : units.units()) {
            here.stream()
                    .filter(unit -> unit.id().equals(then.id()))
                    .findFirst()
                    .ifPresentOrElse(
                            unit -> unit.inputs()
                                    .differences(then.inputs())
                                    .forEach(each -> different.add(then.id() + ": here it has " + each)),
                            () -> different.add(then.id() + ": no such unit is here; its installer was "
                                    + then.installer() + " (--installer)"));
        }
        return different;
    }
}
