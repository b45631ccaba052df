package dev.vmtest.bench.layouts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Write layouts and networks as files that {@code vmtest run} takes. {@code tools/nightly} starts this. */
public final class Main {

    private Main() {}

    /**
     * Write a layout and a network for each seed.
     *
     * @param arguments a directory, the first seed, and how many
     */
    public static void main(String[] arguments) throws IOException {
        Path directory = Files.createDirectories(Path.of(arguments[0]));
        long first = Long.parseLong(arguments[1]);
        for (long seed = first; seed < first + Long.parseLong(arguments[2]); seed++) {
            write(directory.resolve("layout-" + seed + ".yaml"), RandomLayout.yaml(seed));
            write(directory.resolve("network-" + seed + ".yaml"), RandomNetwork.yaml(seed));
        }
    }

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text);
        System.out.println(file);
    }
}
