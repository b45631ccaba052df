package dev.vmtest.cli;

import dev.vmtest.config.ConfigFiles;
import dev.vmtest.config.Problems;
import dev.vmtest.installconfig.InstallConfig;
import dev.vmtest.installconfig.MachineNeeds;
import dev.vmtest.installer.BuiltinInstaller;
import dev.vmtest.installer.InstallPlan;
import dev.vmtest.session.Session;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Print what the built-in installer would do. */
@Command(
        name = "plan",
        description = "Prints the POSIX shell script that the built-in installer would run for CONFIG.",
        mixinStandardHelpOptions = true)
final class PlanCommand implements Callable<Integer> {

    @Parameters(paramLabel = "CONFIG", description = "Configuration file.")
    private @Nullable Path file;

    @Option(names = "--uefi", description = "Plan for a UEFI machine even if the layout does not need one.")
    private boolean uefi;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        Problems problems = new Problems();
        InstallConfig config = InstallConfig.read(ConfigFiles.load(Terminal.required(file), problems), problems);
        problems.throwIfAny();
        InstallPlan plan = new BuiltinInstaller()
                .plan(config, uefi || MachineNeeds.of(config).uefi(), problems);
        problems.throwIfAny();
        Terminal.required(spec).commandLine().getOut().print(plan.script(Session.version()));
        return ExitStatus.SUCCESS;
    }
}
