package dev.vmtest.cli;

import dev.vmtest.image.ImageException;
import dev.vmtest.image.ImageVariant;
import dev.vmtest.image.InstallImage;
import dev.vmtest.image.PlannedBuild;
import dev.vmtest.image.build.BuildListener;
import dev.vmtest.image.build.ImageBuilder;
import dev.vmtest.process.SupervisedProcesses;
import dev.vmtest.release.DebianRelease;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Build install images. */
@Command(
        name = "build",
        description = {
            "Builds an install image of each release from Debian packages.",
            "An image with the same inputs is not built again."
        },
        mixinStandardHelpOptions = true)
final class ImagesBuildCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Option(
            names = {"-R", "--release"},
            paramLabel = "R",
            split = ",",
            converter = ReleaseConverter.class,
            completionCandidates = ReleaseConverter.Candidates.class,
            description = "Releases, some of: ${COMPLETION-CANDIDATES}; all of them otherwise.")
    private List<DebianRelease> releases = new ArrayList<>();

    @Option(
            names = "--variant",
            paramLabel = "NAME",
            defaultValue = "generic",
            description = "One of ${COMPLETION-CANDIDATES}; plain is built as Debian would, for comparison.")
    private ImageVariant variant = ImageVariant.GENERIC;

    @Option(names = "--force", description = "Build even if an image with the same inputs exists, for newer packages.")
    private boolean force;

    @Mixin
    private DryRunOption dryRun = new DryRunOption();

    ImagesBuildCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws ImageException {
        PrintStream out = invocation.out();
        ImageTree tree = new ImageTree(invocation.environment());
        try (SupervisedProcesses processes = new SupervisedProcesses()) {
            ImageBuilder builder =
                    new ImageBuilder(processes, tree.store(), Clock.systemUTC(), invocation.environment());
            List<DebianRelease> wanted = releases.isEmpty() ? List.of(DebianRelease.values()) : releases;
            if (dryRun.isGiven()) {
                return say(builder, wanted, tree.keep());
            }
            for (DebianRelease release : wanted) {
                InstallImage image =
                        builder.build(release, variant, force, tree.keep(), new StepLines(out, release.codename()));
                out.println(image.description() + ": " + image.squashfs().getParent());
            }
        }
        return ExitStatus.SUCCESS;
    }

    /** What two builds change both, such as the index, is said once. */
    private int say(ImageBuilder builder, List<DebianRelease> wanted, int keep) throws ImageException {
        Set<String> said = new LinkedHashSet<>();
        for (DebianRelease release : wanted) {
            PlannedBuild planned = builder.plan(release, variant, force, keep);
            said.add(planned.image().description()
                    + (planned.isThere() ? " is there already, and nothing would be built" : " would be built"));
            planned.changes().forEach(change -> said.add(change.line()));
        }
        said.forEach(invocation.out()::println);
        return ExitStatus.SUCCESS;
    }

    /** Print a line for each step, with the time since the build began. */
    private static final class StepLines implements BuildListener {

        private final PrintStream out;
        private final String release;
        private final long begin = System.nanoTime();

        StepLines(PrintStream out, String release) {
            this.out = out;
            this.release = release;
        }

        @Override
        public void step(String name) {
            print(name);
        }

        /** What mmdebstrap says of work that takes long ends in dots; its hooks and places are for its log. */
        @Override
        public void detail(String line) {
            if (line.endsWith("...") && !line.contains("/")) {
                print("  " + line);
            }
        }

        private void print(String what) {
            long seconds = Duration.ofNanos(System.nanoTime() - begin).toSeconds();
            out.printf("%s: %4d s  %s%n", release, seconds, what);
        }
    }
}
