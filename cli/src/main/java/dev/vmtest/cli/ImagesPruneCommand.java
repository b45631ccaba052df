package dev.vmtest.cli;

import dev.vmtest.image.ImageException;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Remove old images. */
@Command(
        name = "prune",
        description = "Removes all but the newest versions of each image that was built (IMAGES_TO_KEEP).",
        mixinStandardHelpOptions = true)
final class ImagesPruneCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Option(names = "--max", paramLabel = "N", description = "Keep N versions; IMAGES_TO_KEEP otherwise.")
    private @Nullable Integer keep;

    @Mixin
    private ReleaseOption release = new ReleaseOption();

    @Option(names = "--dry-run", description = "Only say what would be removed.")
    private boolean dryRun;

    ImagesPruneCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws ImageException {
        PrintStream out = invocation.out();
        ImageTree tree = new ImageTree(invocation.environment());
        Integer given = keep;
        int versions = given == null ? tree.keep() : given;
        if (versions < 1) {
            throw new UsageException("--max " + versions + ": at least 1 version is kept");
        }
        if (dryRun) {
            tree.store()
                    .prunable(versions, wanted())
                    .forEach(image -> out.println("would remove " + image.description()));
            return ExitStatus.SUCCESS;
        }
        tree.store()
                .prune(
                        versions,
                        wanted(),
                        tree.lockTimeout(),
                        () -> invocation.err().println("vmtest: waiting for the runs that use the images"))
                .forEach(image -> out.println("removed " + image.description()));
        return ExitStatus.SUCCESS;
    }

    private Predicate<String> wanted() {
        List<String> names = release.ofImages();
        return name -> names.isEmpty() || names.contains(name);
    }
}
