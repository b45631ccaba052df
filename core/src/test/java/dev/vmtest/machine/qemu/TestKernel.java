package dev.vmtest.machine.qemu;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vmtest.process.ProgramSearch;
import dev.vmtest.release.Architecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Find a kernel for tests that run a machine: the system property {@code vmtest.test.kernel}, a built
 * image's, or the host's own.
 */
final class TestKernel {

    private static final String PROPERTY = "vmtest.test.kernel";
    private static final Path IMAGES = Path.of("/srv/images");
    private static final Path HOST = Path.of("/boot");

    private TestKernel() {}

    /** Return it, or skip the test and say why. */
    static Path require() throws IOException {
        assumeTrue(
                ProgramSearch.find(Platform.of(Architecture.host()).emulator()).isPresent(),
                Platform.of(Architecture.host()).emulator() + " is not installed: apt-get install qemu-system-x86");
        Optional<Path> kernel = find();
        assumeTrue(
                kernel.isPresent(),
                "no kernel to boot: set -D" + PROPERTY + "=FILE or build an image with vmtest images build");
        return kernel.orElseThrow();
    }

    private static Optional<Path> find() throws IOException {
        String given = System.getProperty(PROPERTY, "");
        if (!given.isEmpty()) {
            return Optional.of(Path.of(given));
        }
        List<Path> found = newest(IMAGES, "boot-kernel");
        return (found.isEmpty() ? newest(HOST, "vmlinuz-") : found).stream().findFirst();
    }

    private static List<Path> newest(Path directory, String prefix) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .filter(Files::isReadable)
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
    }
}
