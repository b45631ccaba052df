package dev.vmtest.cli;

import dev.vmtest.files.PlannedChange;
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
        description =
                "Removes all but the newest versions of each image that was built (IMAGES_TO_KEEP), what builds left"
                        + " that no index knows, and snapshots of machines that booted an image which is gone.",
        mixinStandardHelpOptions = true)
final class ImagesPruneCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Option(names = "--max", paramLabel = "N", description = "Keep N versions; IMAGES_TO_KEEP otherwise.")
    private @Nullable Integer keep;

    @Mixin
    private ReleaseOption release = new ReleaseOption();

    @Mixin
    private DryRunOption dryRun = new DryRunOption();

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
        if (dryRun.isGiven()) {
            tree.store()
                    .prunable(versions, wanted())
                    .names()
                    .forEach(name -> out.println(PlannedChange.removing(name).line()));
            return ExitStatus.SUCCESS;
        }
        tree.store()
                .prune(
                        versions,
                        wanted(),
                        tree.lockTimeout(),
                        () -> invocation.err().println("vmtest: waiting for the runs that use the images"))
                .names()
                .forEach(name -> out.println("removed " + name));
        return ExitStatus.SUCCESS;
    }

    private Predicate<String> wanted() {
        List<String> names = release.ofImages();
        return name -> names.isEmpty() || names.contains(name);
    }
}
