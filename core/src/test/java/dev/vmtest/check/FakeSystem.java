package dev.vmtest.check;

import dev.vmtest.config.ConfigFiles;
import dev.vmtest.config.Problems;
import dev.vmtest.facts.BootMode;
import dev.vmtest.facts.Distribution;
import dev.vmtest.facts.Facts;
import dev.vmtest.installconfig.InstallConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Make collect directories of a Debian 12 guest that was really installed after {@code layout.yaml},
 * with one thing changed.
 */
public final class FakeSystem {

    static final Target TARGET = new Target(BootMode.BIOS, Distribution.DEBIAN);

    private final Path directory;

    private FakeSystem(Path directory) {
        this.directory = directory;
    }

    /** Copy the sample into an empty directory, and add the files that an installer of ours writes. */
    public static FakeSystem in(Path directory) {
        copy("bookworm", directory);
        return new FakeSystem(directory)
                .write("root/curtin-install-cfg.yaml", layout())
                .write("root/curtin-install.log", "installed\n")
                .write("zeroed", "vdc2 8388608 0\n")
                .write("expected-files/listing", "0\t640\troot:root\t6\n")
                .write("expected-files/0", "hello\n");
    }

    /** Make the collect directory of a system after {@code stacks.yaml}. */
    static FakeSystem stacks(Path directory) {
        copy("stacks", directory);
        return new FakeSystem(directory);
    }

    /** Make the collect directory of a system after {@code zfs.yaml}. */
    static FakeSystem zfs(Path directory) {
        copy("zfs", directory);
        return new FakeSystem(directory);
    }

    /** Make the collect directory of a system after {@code paths.yaml}. */
    static FakeSystem paths(Path directory) {
        copy("paths", directory);
        return new FakeSystem(directory);
    }

    /** Make the collect directory of a system after {@code network.yaml}, whose installer passed the section on. */
    static FakeSystem network(Path directory) {
        copy("network", directory);
        return new FakeSystem(directory).write("facts/network/cloud/50-curtin-networking.cfg", layout("network.yaml"));
    }

    /** Make what was collected of the boot loader of a system that boots by UEFI. */
    static FakeSystem loader(Path directory) {
        copy("loader", directory);
        return new FakeSystem(directory);
    }

    /** Make the collect directory of a system after {@code apt.yaml}. */
    static FakeSystem apt(Path directory) {
        copy("apt", directory);
        return new FakeSystem(directory);
    }

    /** Make what was collected of the disk of a system that is a copy of a whole disk image. */
    static FakeSystem source(Path directory) {
        copy("source", directory);
        FakeSystem system = new FakeSystem(directory);
        String first = "facts/boot/vda.first";
        byte[] head = Arrays.copyOf(system.bytes(first), 96 * 512);
        byte[] stamp = "vmtest disk image\n".repeat(1000).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(stamp, 0, head, 64 * 512, 32 * 512);
        return system.write(first, head);
    }

    private static void copy(String name, Path directory) {
        Path sample = resource(name);
        try (Stream<Path> files = Files.walk(sample)) {
            for (Path file : files.sorted().toList()) {
                Path copy = directory.resolve(sample.relativize(file).toString());
                if (!Files.isDirectory(file)) {
                    Files.createDirectories(Objects.requireNonNull(copy.getParent()));
                    Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    public static String layout() {
        return layout("layout.yaml");
    }

    static String layout(String name) {
        try {
            return Files.readString(resource(name));
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    static InstallConfig config(String yaml) {
        Problems problems = new Problems();
        InstallConfig config = InstallConfig.read(List.of(ConfigFiles.parse("layout.yaml", yaml, problems)), problems);
        problems.throwIfAny();
        return config;
    }

    Facts facts() {
        return Facts.read(directory);
    }

    public Path directory() {
        return directory;
    }

    /** Return the names of the checks of the layout that fail on this system. */
    Set<String> failures() {
        return failures(config(layout()), TARGET);
    }

    Set<String> failures(InstallConfig config, Target target) {
        return results(config, target).stream()
                .filter(result -> result.verdict() == CheckVerdict.FAILED)
                .map(CheckResult::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Return what the checks of a configuration find on this system. */
    List<CheckResult> results(InstallConfig config, Target target) {
        return Check.holdAll(DerivedChecks.derive(config, target), facts());
    }

    /** Replace a text that must be in a file. */
    FakeSystem replace(String file, String old, String replacement) {
        String text = read(file);
        if (!text.contains(old)) {
            throw new IllegalArgumentException(file + " does not contain '" + old + "'");
        }
        return write(file, text.replace(old, replacement));
    }

    /** Replace a text in those lines of a file that contain another; it must be in one of them. */
    FakeSystem replaceInLine(String file, String containing, String old, String replacement) {
        String text = read(file);
        String changed = text.lines()
                .map(line -> line.contains(containing) ? line.replace(old, replacement) : line)
                .collect(Collectors.joining("\n", "", "\n"));
        if (changed.equals(text)) {
            throw new IllegalArgumentException(file + " has no '" + old + "' beside '" + containing + "'");
        }
        return write(file, changed);
    }

    /** Remove the lines of a file that contain a text. */
    public FakeSystem removeLines(String file, String containing) {
        String text = read(file);
        if (!text.contains(containing)) {
            throw new IllegalArgumentException(file + " does not contain '" + containing + "'");
        }
        return write(
                file,
                text.lines().filter(line -> !line.contains(containing)).collect(Collectors.joining("\n", "", "\n")));
    }

    FakeSystem append(String file, String text) {
        return write(file, read(file) + text);
    }

    public FakeSystem write(String file, String text) {
        return write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    FakeSystem write(String file, byte[] bytes) {
        try {
            Path path = directory.resolve(file);
            Files.createDirectories(Objects.requireNonNull(path.getParent()));
            Files.write(path, bytes);
            return this;
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    FakeSystem delete(String file) {
        try {
            Files.delete(directory.resolve(file));
            return this;
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    /** Swap the content of two files. */
    FakeSystem exchange(String first, String second) {
        byte[] firstBytes = bytes(first);
        return write(first, bytes(second)).write(second, firstBytes);
    }

    private byte[] bytes(String file) {
        try {
            return Files.readAllBytes(directory.resolve(file));
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    private String read(String file) {
        return new String(bytes(file), StandardCharsets.UTF_8);
    }

    private static Path resource(String name) {
        try {
            return Path.of(Objects.requireNonNull(FakeSystem.class.getResource(name), name)
                    .toURI());
        } catch (URISyntaxException exception) {
            throw new IllegalStateException(exception);
        }
    }
}
