package dev.vmtest.cli;

import dev.vmtest.config.ConfigException;
import dev.vmtest.image.ImageException;
import dev.vmtest.session.InfrastructureException;
import dev.vmtest.settings.SettingsException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** Start the command {@code vmtest}. */
@Command(
        name = "vmtest",
        description = "Proves that an operating-system installer really works.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            RunCommand.class,
            ListCommand.class,
            CheckCommand.class,
            PlanCommand.class,
            ImagesCommand.class,
            ReportCommand.class,
            DoctorCommand.class,
            HelpCommand.class
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:all tests passed, were skipped or failed as expected",
            "1:some test failed",
            "2:bad usage or configuration",
            "3:the host is to blame: infrastructure failed",
            "130:interrupted"
        })
public final class Main {

    private Main() {}

    /** Run a command line and end the JVM with its exit status. */
    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(out, err, arguments));
    }

    /** Run a command line and return its exit status. */
    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        return new CommandLine(new Main())
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(Main::explain)
                .execute(arguments);
    }

    /** Say what went wrong without a stack trace, unless it is our own defect. */
    private static int explain(Exception failure, CommandLine commandLine, CommandLine.ParseResult parsed)
            throws Exception {
        PrintWriter err = commandLine.getErr();
        if (failure instanceof ConfigException wrong) {
            wrong.problems().forEach(problem -> err.println(problem));
            return ExitStatus.USAGE;
        }
        if (failure instanceof SettingsException wrong) {
            wrong.problems().forEach(problem -> err.println("vmtest: " + problem));
            return ExitStatus.USAGE;
        }
        if (failure instanceof IllegalArgumentException wrong) {
            err.println("vmtest: " + wrong.getMessage());
            return ExitStatus.USAGE;
        }
        if (failure instanceof InfrastructureException || failure instanceof ImageException) {
            err.println("vmtest: " + failure.getMessage());
            return ExitStatus.INFRASTRUCTURE;
        }
        throw failure;
    }
}
