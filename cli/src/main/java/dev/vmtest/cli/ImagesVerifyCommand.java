package dev.vmtest.cli;

import dev.vmtest.image.ImageException;
import dev.vmtest.image.InstallImage;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Hold the images against their checksums. */
@Command(
        name = "verify",
        description = "Holds every file of every image against its size and sha256.",
        mixinStandardHelpOptions = true)
final class ImagesVerifyCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws ImageException {
        PrintWriter out = Terminal.required(spec).commandLine().getOut();
        ImageTree tree = new ImageTree(System.getenv());
        boolean isGood = true;
        for (InstallImage image : tree.store().images()) {
            List<String> problems = tree.store().verify(image);
            problems.forEach(problem -> out.println(image.description() + ": " + problem));
            if (problems.isEmpty()) {
                out.println(image.description() + ": good");
            }
            isGood &= problems.isEmpty();
        }
        return isGood ? ExitStatus.SUCCESS : ExitStatus.INFRASTRUCTURE;
    }
}
