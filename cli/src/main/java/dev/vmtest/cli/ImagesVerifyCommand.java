package dev.vmtest.cli;

import dev.vmtest.image.ImageException;
import dev.vmtest.image.InstallImage;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Hold the images against their checksums. */
@Command(
        name = "verify",
        description = "Holds every file of every image against its size and sha256.",
        mixinStandardHelpOptions = true)
final class ImagesVerifyCommand implements Callable<Integer> {

    private final Invocation invocation;

    ImagesVerifyCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws ImageException {
        PrintStream out = invocation.out();
        ImageTree tree = new ImageTree(invocation.environment());
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
