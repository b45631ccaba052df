package dev.vmtest.cli;

import dev.vmtest.config.ConfigFiles;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.Problem;
import dev.vmtest.config.Problems;
import dev.vmtest.installconfig.InstallConfig;
import dev.vmtest.installconfig.MachineNeeds;
import dev.vmtest.storage.BootRules;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Say what is wrong with configurations. */
@Command(
        name = "check",
        description = "Says everything that is wrong with each CONFIG, as file:line:column.",
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {

    @Parameters(paramLabel = "CONFIG", arity = "1..*", description = "Configuration files.")
    private List<Path> files = new ArrayList<>();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = Terminal.required(spec).commandLine().getOut();
        boolean isGood = true;
        for (Path file : files) {
            List<Problem> found = problems(file);
            found.forEach(out::println);
            if (found.isEmpty()) {
                out.println(file + ": no problem found");
            }
            isGood &= found.isEmpty();
        }
        return isGood ? ExitStatus.SUCCESS : ExitStatus.USAGE;
    }

    private static List<Problem> problems(Path file) {
        Problems problems = new Problems();
        MapValue root = ConfigFiles.load(file, problems);
        InstallConfig config = InstallConfig.read(root, problems);
        if (problems.isEmpty()) {
            boolean uefi = MachineNeeds.of(config).uefi();
            BootRules.check(config.effectiveStorage(uefi), uefi, problems);
        }
        return problems.all();
    }
}
