package dev.vmtest.cli;

import dev.vmtest.image.ImageException;
import dev.vmtest.image.ImageFile;
import dev.vmtest.image.InstallImage;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** List the images that are there. */
@Command(
        name = "query",
        description = "Lists the images of IMAGE_DIR and their files.",
        mixinStandardHelpOptions = true)
final class ImagesQueryCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws ImageException {
        PrintWriter out = Terminal.required(spec).commandLine().getOut();
        for (InstallImage image : new ImageTree(System.getenv()).store().images()) {
            for (ImageFile file : image.files()) {
                out.printf(
                        "%-8s %s/%s %-12s %-12s %s%n",
                        image.release(), image.arch(), image.subarch(), image.version(), file.ftype(), file.path());
            }
        }
        return ExitStatus.SUCCESS;
    }
}
