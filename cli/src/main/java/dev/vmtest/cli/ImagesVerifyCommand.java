package dev.vmtest.cli;

import dev.vmtest.image.ImageException;
import dev.vmtest.image.InstallImage;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Hold the images against their checksums. */
@Command(
        name = "verify",
        description =
                "Holds every file of every image against its size and sha256. The exit status is 3 if one is wrong, or"
                        + " if there is no image of a release that is named.",
        mixinStandardHelpOptions = true)
final class ImagesVerifyCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Mixin
    private ReleaseOption release = new ReleaseOption();

    ImagesVerifyCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws ImageException {
        PrintStream out = invocation.out();
        ImageTree tree = new ImageTree(invocation.environment());
        List<InstallImage> all = tree.store().images();
        List<String> missing = release.ofImages().stream()
                .filter(name -> ImageTree.only(List.of(name), all).isEmpty())
                .toList();
        boolean isGood = missing.isEmpty();
        if (!isGood || all.isEmpty()) {
            invocation.err().println("vmtest: " + tree.nothing(missing));
        }
        List<InstallImage> images = ImageTree.only(release.ofImages(), all);
        for (InstallImage image : images) {
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
