package dev.vmtest.bench;

import dev.vmtest.process.Command;
import dev.vmtest.process.Running;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Build an image in turns as an earlier commit does and as this one does, and compare the processors' seconds. */
final class ImageBuildTime implements Benchmark {

    /** Odd, so that the median is one that was measured. */
    private static final int ROUNDS = 3;

    private static final double LIMIT = 0.7;

    private static final Pattern TIMES = Pattern.compile("^processors (\\d+\\.\\d+) (\\d+\\.\\d+)$", Pattern.MULTILINE);

    @Override
    public String name() {
        return "image-build";
    }

    @Override
    public List<Entry> measure(Laboratory laboratory) throws Exception {
        List<Double> ratios = new ArrayList<>();
        for (int number = 1; number <= ROUNDS; number++) {
            double reference = build(laboratory, Side.reference(laboratory), number);
            double ours = build(laboratory, Side.ours(laboratory), number);
            laboratory.tell(String.format(
                    Locale.ROOT, "round %d: %.1f CPU seconds reference, %.1f ours", number, reference, ours));
            ratios.add(ours / reference);
        }
        return List.of(entry(ratios));
    }

    /** Return the claim about an odd number of ratios. */
    static Entry entry(List<Double> ratios) {
        return Entry.atMost("image build, CPU seconds / reference", Median.of(ratios), LIMIT);
    }

    /** Return how many seconds processors worked for a build and all that it started. */
    private static double build(Laboratory laboratory, Side side, int number) throws Exception {
        String name = "image-build-" + side.name() + "-" + number;
        Path images = laboratory.output().resolve(name);
        Path log = laboratory.output().resolve(name + ".log");
        // The shell sums up what its children and theirs took.
        Command command = side.withImages(images)
                .withEnvironment(Command.of(List.of(
                        "bash",
                        "-c",
                        "TIMEFORMAT='processors %U %S'; time \"$@\"",
                        "bash",
                        side.program().toString(),
                        "images",
                        "build",
                        "--release",
                        Laboratory.RELEASE)));
        laboratory.tell("building an image, told in " + log);
        try (Running running = laboratory.processes().start(command, log)) {
            int status = running.exit().get();
            if (status != 0) {
                throw new IllegalStateException("the build ended with exit status " + status + "; see " + log);
            }
        }
        return seconds(Files.readString(log));
    }

    /** Return the processors' seconds that the last lines of a log tell. */
    static double seconds(String log) {
        Matcher times = TIMES.matcher(log);
        double seconds = Double.NaN;
        while (times.find()) {
            seconds = Double.parseDouble(times.group(1)) + Double.parseDouble(times.group(2));
        }
        if (Double.isNaN(seconds)) {
            throw new IllegalStateException("the shell did not say how long the build took");
        }
        return seconds;
    }
}
