package dev.vmtest.cli;

import dev.vmtest.engine.Merge;
import dev.vmtest.engine.Merged;
import dev.vmtest.files.PlannedChange;
import dev.vmtest.report.ReportFiles;
import dev.vmtest.report.ResultFiles;
import dev.vmtest.report.RunReport;
import dev.vmtest.result.RunResults;
import dev.vmtest.result.UnitList;
import dev.vmtest.session.InfrastructureException;
import dev.vmtest.session.RunDirectory;
import dev.vmtest.text.PlainTrouble;
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
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Make one result of the parts of a run. */
@Command(
        name = "merge",
        description = {
            "Makes one results.json, junit.xml and index.html of the parts of a run, and proves that each of its units"
                    + " ran exactly once.",
            "",
            "A unit that is missing or doubled, or that had another image, installer, vmtest, QEMU or CPU model than the"
                    + " others, is named, and its verdict is infrastructure. The exit status is that of the whole run.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class MergeCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Parameters(paramLabel = "DIR", arity = "1..*", description = "The topdirs of the parts.")
    private List<Path> parts = new ArrayList<>();

    @Option(
            names = "--topdir",
            paramLabel = "DIR",
            description = "Put the whole into DIR, which must be new or empty (CURTIN_VMTEST_TOPDIR).")
    private @Nullable String topdir;

    @Option(
            names = "--units",
            paramLabel = "FILE",
            description = "The units that there must be, as 'vmtest units --json' has written them; without it those of"
                    + " which the parts say that they are parts.")
    private @Nullable Path units;

    @Mixin
    private RecordOption record = new RecordOption();

    @Mixin
    private DryRunOption dryRun = new DryRunOption();

    MergeCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        Map<String, String> environment = new HashMap<>(invocation.environment());
        if (topdir != null) {
            environment.put("CURTIN_VMTEST_TOPDIR", topdir);
        }
        record.require();
        UnitList plan = plan();
        RunDirectory directory = RunDirectory.of(environment);
        Merged merged = Merge.of(parts, plan);
        merged.notes().forEach(invocation.out()::println);
        merged.problems().forEach(problem -> invocation.err().println("vmtest: " + problem));
        if (dryRun.isGiven()) {
            sayChanges(directory.path());
            return merged.problems().isEmpty() ? ExitStatus.SUCCESS : ExitStatus.INFRASTRUCTURE;
        }
        directory.make();
        try {
            RunResults results = merged.write(directory.path());
            RunReport.ending(results, ReportFiles.page(directory.path())).forEach(invocation.out()::println);
            record.write(invocation, directory.path());
            return merged.problems().isEmpty() ? results.exitStatus() : ExitStatus.INFRASTRUCTURE;
        } catch (IOException trouble) {
            throw new InfrastructureException("the parts cannot be merged: " + PlainTrouble.of(trouble), trouble);
        }
    }

    private @Nullable UnitList plan() {
        if (units == null) {
            return null;
        }
        try {
            return ResultFiles.readUnits(units);
        } catch (IOException unreadable) {
            throw new UsageException("--units: " + PlainTrouble.of(unreadable, units));
        }
    }

    private void sayChanges(Path path) {
        List<PlannedChange> changes = new ArrayList<>();
        if (Files.notExists(path)) {
            changes.add(PlannedChange.writing(path));
        }
        changes.add(PlannedChange.writing(ReportFiles.units(path)));
        changes.addAll(RunReport.written(path));
        changes.forEach(change -> invocation.out().println(change.line()));
        record.say(invocation);
    }
}
