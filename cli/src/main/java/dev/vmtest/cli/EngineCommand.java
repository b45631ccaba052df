package dev.vmtest.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Group what is written for schedulers that start vmtest by themselves. */
@Command(
        name = "engine",
        description = {"Prints what a scheduler is given that starts vmtest by itself.", ""},
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class EngineCommand implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(Terminal.required(spec).commandLine(), "say for which scheduler: kubernetes");
    }
}
