package dev.vmtest.cli;

import dev.vmtest.image.ImageException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Remove old images. */
@Command(
        name = "prune",
        description = "Removes all but the newest versions of each image (IMAGES_TO_KEEP).",
        mixinStandardHelpOptions = true)
final class ImagesPruneCommand implements Callable<Integer> {

    @Option(names = "--max", paramLabel = "N", description = "Keep N versions; IMAGES_TO_KEEP otherwise.")
    private @Nullable Integer keep;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws ImageException {
        PrintWriter out = Terminal.required(spec).commandLine().getOut();
        ImageTree tree = new ImageTree(System.getenv());
        Integer given = keep;
        tree.store()
                .prune(given == null ? tree.keep() : given)
                .forEach(image -> out.println("removed " + image.description()));
        return ExitStatus.SUCCESS;
    }
}
