package dev.vmtest.bench.ways;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Stand for what two installs of a configuration collected, booted in full and resumed.
 *
 * @param directory where both are written
 */
record CollectedPair(Path directory) {

    FactsComparison.Outcome compare() throws IOException {
        return FactsComparison.compare(directory.resolve("full"), directory.resolve("resume"));
    }

    void both(String file, String full, String resumed) throws IOException {
        write("full", file, full);
        write("resume", file, resumed);
    }

    void write(String way, String file, String text) throws IOException {
        Path path = directory.resolve(way).resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
