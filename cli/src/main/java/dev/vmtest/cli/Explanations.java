package dev.vmtest.cli;

import dev.vmtest.config.ConfigException;
import dev.vmtest.guestfs.GuestfsException;
import dev.vmtest.image.ImageException;
import dev.vmtest.launch.LaunchException;
import dev.vmtest.machine.MachineException;
import dev.vmtest.session.InfrastructureException;
import dev.vmtest.session.Shutdown;
import dev.vmtest.settings.SettingsException;
import dev.vmtest.text.MistakeException;
import java.io.PrintStream;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Say why a command could not do its work, and choose the exit status. Only a defect of ours shows a stack trace. */
final class Explanations {

    private final PrintStream err;

    Explanations(Invocation invocation) {
        this.err = invocation.err();
    }

    /** Explain a command line that is not understood. */
    int usage(ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        say(Mistakes.of(wrong));
        err.println("'" + command.getCommandSpec().qualifiedName() + " --help' shows what it accepts");
        return ExitStatus.USAGE;
    }

    /** Explain what ended a command. */
    int failure(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        if (Shutdown.isUnderWay()) {
            // The guests and tools died with us; what follows from that is no news.
            return ExitStatus.INTERRUPTED;
        }
        if (failure instanceof ConfigException wrong) {
            wrong.problems().forEach(err::println);
            return ExitStatus.USAGE;
        }
        if (failure instanceof UsageException wrong) {
            return say(wrong.problems(), ExitStatus.USAGE);
        }
        if (failure instanceof SettingsException wrong) {
            return say(wrong.problems(), ExitStatus.USAGE);
        }
        if (failure instanceof MistakeException wrong) {
            return say(List.of(String.valueOf(wrong.getMessage())), ExitStatus.USAGE);
        }
        if (failure instanceof InfrastructureException trouble) {
            return say(trouble.problems(), ExitStatus.INFRASTRUCTURE);
        }
        if (failure instanceof GuestfsException trouble) {
            return say(List.of(String.valueOf(trouble.getMessage())), ExitStatus.INFRASTRUCTURE);
        }
        if (failure instanceof LaunchException || failure instanceof MachineException) {
            return say(List.of(String.valueOf(failure.getMessage())), ExitStatus.INFRASTRUCTURE);
        }
        if (failure instanceof ImageException trouble) {
            return say(List.of(String.valueOf(trouble.getMessage())), ExitStatus.INFRASTRUCTURE);
        }
        say(List.of("this is a defect of vmtest, please report it:"));
        failure.printStackTrace(err);
        return ExitStatus.INFRASTRUCTURE;
    }

    private int say(List<String> problems, int status) {
        say(problems);
        return status;
    }

    private void say(List<String> problems) {
        problems.forEach(problem -> err.println("vmtest: " + problem));
    }
}
