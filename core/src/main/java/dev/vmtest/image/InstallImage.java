package dev.vmtest.image;

import dev.vmtest.digest.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Describe one version of an image: a kernel, an initrd and a root file system that boot an install environment,
 * and the system that is installed: the root itself, or one of its own.
 *
 * @param os {@code debian}, {@code ubuntu}, …
 * @param release codename
 * @param arch Debian's name of the architecture
 * @param subarch {@code generic}, {@code plain}, {@code ga-22.04}, …
 * @param version date and, from the second of a day on, a number: {@code 20261122.1}
 * @param inputs a hash over everything that a build was made from; empty for an image that was mirrored
 * @param files its files
 */
public record InstallImage(
        String os, String release, String arch, String subarch, String version, String inputs, List<ImageFile> files) {

    static final String AGENT = "agent";
    public static final String TARGET = "target.squashfs";

    public InstallImage {
        files = List.copyOf(files);
    }

    /** Return the kernel. */
    public Path kernel() {
        return file("boot-kernel").path();
    }

    /** Return the initrd. */
    public Path initrd() {
        return file("boot-initrd").path();
    }

    /** Return the root file system. */
    public Path squashfs() {
        return file("squashfs").path();
    }

    /** Return the system that an installer copies to the disks, if it is another one than the root. */
    public Optional<Path> target() {
        return has(TARGET) ? Optional.of(file(TARGET).path()) : Optional.empty();
    }

    /** Say whether it was built here, not mirrored. */
    public boolean isBuilt() {
        return !inputs.isEmpty();
    }

    /** Return a short text that tells this image from others, in the form of the Python harness. */
    public String description() {
        return release + " " + arch + "/" + subarch + " " + version;
    }

    /** Return a hash over the files that a booted machine has seen: what has seen the same is the same. */
    public String fingerprint() {
        return Sha256.of(Stream.of("boot-kernel", "boot-initrd", "squashfs", TARGET)
                .filter(this::has)
                .map(ftype -> file(ftype).sha256())
                .collect(Collectors.joining(" ")));
    }

    /** Return the language of the image's agent, with which machines are resumed, or nothing if it has none. */
    public OptionalInt agentVersion() {
        if (!has(AGENT)) {
            return OptionalInt.empty();
        }
        try {
            return OptionalInt.of(
                    Integer.parseInt(Files.readString(file(AGENT).path()).strip()));
        } catch (IOException | NumberFormatException unusable) {
            return OptionalInt.empty();
        }
    }

    /** Say whether the image has a file of this type. */
    public boolean has(String ftype) {
        return files.stream().anyMatch(file -> file.ftype().equals(ftype));
    }

    /**
     * Return the file of a type.
     *
     * @throws IllegalStateException if the image has none; {@link ImageStore} hands out only images that boot
     */
    public ImageFile file(String ftype) {
        return files.stream()
                .filter(file -> file.ftype().equals(ftype))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the image " + description() + " has no " + ftype));
    }
}
