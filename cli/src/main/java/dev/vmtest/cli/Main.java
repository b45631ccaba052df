package dev.vmtest.cli;

import dev.vmtest.session.Shutdown;
import dev.vmtest.session.Surroundings;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** Start the command {@code vmtest}. */
@Command(
        name = "vmtest",
        description = "Proves that an operating-system installer really works.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:all tests passed, were skipped or failed as expected",
            "1:some test failed",
            "2:bad usage or configuration",
            "3:the host is to blame: infrastructure failed",
            "130:interrupted"
        },
        footer = {"", "'vmtest COMMAND --help' says more about a command."})
public final class Main implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    private Main() {}

    /** Refuse a command line without a command. */
    @Override
    public void run() {
        throw new ParameterException(
                Terminal.required(spec).commandLine(),
                "say what to do, such as: vmtest run my.yaml; 'vmtest init' writes a first test");
    }

    /** Run a command line and end the JVM with its exit status. */
    public static void main(String[] arguments) {
        Invocation invocation = Invocation.of(
                Surroundings.of(System.getenv()).withCommand(TemplateOption.shown(words(arguments))),
                System.out,
                System.err);
        Thread interrupted = new Thread(() -> sayInterrupted(invocation), "say-interrupted");
        Runtime.getRuntime().addShutdownHook(interrupted);
        int status = run(invocation, arguments);
        if (!Shutdown.isUnderWay()) {
            Runtime.getRuntime().removeShutdownHook(interrupted);
        }
        // Does nothing when the JVM is being ended already: its status is then that of the signal.
        System.exit(status);
    }

    private static List<String> words(String[] arguments) {
        return Stream.concat(Stream.of("vmtest"), Arrays.stream(arguments)).toList();
    }

    /** Run a command line and return its exit status. */
    static int run(Invocation invocation, String... arguments) {
        return commandLine(invocation).execute(arguments);
    }

    /** Return the commands with their options, for what documents them. */
    public static CommandSpec specification() {
        return commandLine(Invocation.of(Surroundings.of(Map.of()), System.out, System.err))
                .getCommandSpec();
    }

    static CommandLine commandLine(Invocation invocation) {
        CommandLine images = new CommandLine(new ImagesCommand())
                .addSubcommand(new ImagesBuildCommand(invocation))
                .addSubcommand(new ImagesSyncCommand(invocation))
                .addSubcommand(new ImagesQueryCommand(invocation))
                .addSubcommand(new ImagesVerifyCommand(invocation))
                .addSubcommand(new ImagesPruneCommand(invocation));
        CommandLine engine = new CommandLine(new EngineCommand()).addSubcommand(new KubernetesCommand(invocation));
        CommandLine vmtest = new CommandLine(new Main())
                .addSubcommand(new RunCommand(invocation))
                .addSubcommand(new ListCommand(invocation))
                .addSubcommand(new HistoryCommand(invocation))
                .addSubcommand(new UnitsCommand(invocation))
                .addSubcommand(new MergeCommand(invocation))
                .addSubcommand(engine)
                .addSubcommand(new InitCommand(invocation))
                .addSubcommand(new CheckCommand(invocation))
                .addSubcommand(new PlanCommand(invocation))
                .addSubcommand(images)
                .addSubcommand(new ReleasesCommand(invocation, InstantSource.system()))
                .addSubcommand(new CommandLine(new LaunchCommand(invocation)).setStopAtPositional(true))
                .addSubcommand(new CommandLine(new XkvmCommand(invocation)).setStopAtPositional(true))
                .addSubcommand(new ReportCommand(invocation))
                .addSubcommand(new VerifyRecordCommand(invocation))
                .addSubcommand(new ImageExecCommand(invocation))
                .addSubcommand(new BackdoorCommand(invocation))
                .addSubcommand(new IscsiCommand(invocation))
                .addSubcommand(new EventsCommand(invocation))
                .addSubcommand(new WebhookLoggerCommand(invocation))
                .addSubcommand(new SshKeysCommand(invocation))
                .addSubcommand(new SettingsCommand(invocation))
                .addSubcommand(new SchemaCommand(invocation))
                .addSubcommand(new DoctorCommand(invocation))
                .addSubcommand(new GenerateCompletion())
                .addSubcommand(new HelpWords());
        sayVersion(vmtest);
        Explanations explanations = new Explanations(invocation);
        return vmtest.setOut(new PrintWriter(invocation.terminal(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(invocation.err(), true, StandardCharsets.UTF_8))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setExecutionStrategy(Main::execute)
                .setParameterExceptionHandler(explanations::usage)
                .setExecutionExceptionHandler(explanations::failure);
    }

    /** Every command answers --version. */
    private static void sayVersion(CommandLine command) {
        command.getCommandSpec().versionProvider(new Version());
        command.getSubcommands().values().forEach(Main::sayVersion);
    }

    /** A word that is not understood stays a mistake beside --help: the usage would hide it. */
    private static int execute(ParseResult parsed) {
        for (CommandLine command : parsed.asCommandLineList()) {
            if (!command.getUnmatchedArguments().isEmpty()) {
                throw new UnmatchedArgumentException(command, command.getUnmatchedArguments());
            }
        }
        return new RunLast().execute(parsed);
    }

    private static void sayInterrupted(Invocation invocation) {
        if (!invocation.reportsInterruption().get()) {
            invocation.err().println("vmtest: interrupted");
        }
    }
}
