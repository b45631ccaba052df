package dev.vmtest.cli;

import dev.vmtest.image.ImageException;
import dev.vmtest.image.ImageFile;
import dev.vmtest.image.InstallImage;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** List the images that are there. */
@Command(
        name = "query",
        description = "Lists the images of IMAGE_DIR and their files.",
        mixinStandardHelpOptions = true)
final class ImagesQueryCommand implements Callable<Integer> {

    private final Invocation invocation;

    ImagesQueryCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws ImageException {
        PrintStream out = invocation.out();
        for (InstallImage image :
                new ImageTree(invocation.environment()).store().images()) {
            for (ImageFile file : image.files()) {
                out.printf(
                        "%-8s %s/%s %-12s %-12s %s%n",
                        image.release(), image.arch(), image.subarch(), image.version(), file.ftype(), file.path());
            }
        }
        return ExitStatus.SUCCESS;
    }
}
