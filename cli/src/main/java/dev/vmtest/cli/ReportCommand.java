package dev.vmtest.cli;

import dev.vmtest.report.RunReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Build the reports of a run again. */
@Command(
        name = "report",
        description = "Builds results.json, junit.xml and index.html again from the kept data of a run.",
        mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {

    @Parameters(paramLabel = "TOPDIR", description = "The directory of the run.")
    private @Nullable Path topdir;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Path directory = Terminal.required(topdir);
        RunReport.rebuild(directory);
        Terminal.required(spec).commandLine().getOut().println("report: " + directory.resolve("index.html"));
        return ExitStatus.SUCCESS;
    }
}
