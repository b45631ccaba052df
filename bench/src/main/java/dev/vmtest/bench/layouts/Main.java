package dev.vmtest.bench.layouts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Write layouts as files that {@code vmtest run} takes. {@code tools/nightly} starts this. */
public final class Main {

    private Main() {}

    /**
     * Write layouts.
     *
     * @param arguments a directory, the first seed, and how many
     */
    public static void main(String[] arguments) throws IOException {
        Path directory = Files.createDirectories(Path.of(arguments[0]));
        long first = Long.parseLong(arguments[1]);
        for (long seed = first; seed < first + Long.parseLong(arguments[2]); seed++) {
            Path file = directory.resolve("layout-" + seed + ".yaml");
            Files.writeString(file, RandomLayout.yaml(seed));
            System.out.println(file);
        }
    }
}
