package dev.vmtest.cli;

import dev.vmtest.image.BuildListener;
import dev.vmtest.image.DebianRelease;
import dev.vmtest.image.ImageBuilder;
import dev.vmtest.image.ImageException;
import dev.vmtest.image.ImageVariant;
import dev.vmtest.image.InstallImage;
import dev.vmtest.process.SupervisedProcesses;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Build install images. */
@Command(
        name = "build",
        description = {
            "Builds an install image of each release from Debian packages.",
            "An image with the same inputs is not built again."
        },
        mixinStandardHelpOptions = true)
final class ImagesBuildCommand implements Callable<Integer> {

    @Option(names = "--release", paramLabel = "R", split = ",", required = true, description = "bookworm, trixie")
    private List<String> releases = new ArrayList<>();

    @Option(
            names = "--variant",
            defaultValue = "GENERIC",
            description = "${COMPLETION-CANDIDATES}; plain is for comparison")
    private ImageVariant variant = ImageVariant.GENERIC;

    @Option(names = "--force", description = "Build even if an image with the same inputs exists, for newer packages.")
    private boolean force;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws ImageException {
        PrintWriter out = Terminal.required(spec).commandLine().getOut();
        List<DebianRelease> wanted = new ArrayList<>();
        for (String release : releases) {
            wanted.add(DebianRelease.of(release));
        }
        ImageTree tree = new ImageTree(System.getenv());
        try (SupervisedProcesses processes = new SupervisedProcesses()) {
            ImageBuilder builder = new ImageBuilder(processes, tree.store(), Clock.systemUTC(), System.getenv());
            for (DebianRelease release : wanted) {
                InstallImage image =
                        builder.build(release, variant, force, tree.keep(), new StepLines(out, release.codename()));
                out.println(image.description() + ": " + image.squashfs().getParent());
            }
        }
        return ExitStatus.SUCCESS;
    }

    /** Print a line for each step, with the time since the build began. */
    private static final class StepLines implements BuildListener {

        private final PrintWriter out;
        private final String release;
        private final long begin = System.nanoTime();

        StepLines(PrintWriter out, String release) {
            this.out = out;
            this.release = release;
        }

        @Override
        public void step(String name) {
            long seconds = Duration.ofNanos(System.nanoTime() - begin).toSeconds();
            out.printf("%s: %4d s  %s%n", release, seconds, name);
        }

        @Override
        public void detail(String line) {}
    }
}
