package dev.vmtest.release;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Describe a release that can be an install environment or be installed: a row of {@link ReleaseTable}.
 *
 * @param codename the name in image streams, tests and options
 * @param family whose release it is
 * @param version the number
 * @param released the day on which an Ubuntu release came out or will, until which it is in development; null where it
 *     decides nothing
 * @param supportedUntil the last day of its standard support
 * @param arches Debian's names of the architectures that it runs on
 * @param kernels the kernels that its images come with, the usual one first; empty for what is only installed
 * @param environments the releases whose install environment installs it: itself, if it has kernels
 * @param fileType the file of its image that is installed
 */
public record KnownRelease(
        String codename,
        Family family,
        String version,
        @Nullable LocalDate released,
        LocalDate supportedUntil,
        List<String> arches,
        List<Kernel> kernels,
        List<String> environments,
        String fileType) {

    /** The {@code subarch} of the images that are built here and usual. */
    public static final String USUAL_SUBARCH = "generic";

    /** Name who makes a release. */
    public enum Family {
        DEBIAN("debian"),
        UBUNTU("ubuntu"),
        UBUNTU_CORE("ubuntu-core"),
        CENTOS("centos");

        private final String os;

        Family(String os) {
            this.os = os;
        }

        /** Return the name that stands as {@code os} in products files. */
        public String os() {
            return os;
        }
    }

    /** Name a line of kernels: general availability, hardware enablement, and what becomes the next of those. */
    public enum Line {
        GA("ga"),
        HWE("hwe"),
        EDGE("edge");

        private final String text;

        Line(String text) {
            this.text = text;
        }

        /** Return the word by which names of releases and filters mean it. */
        public String text() {
            return text;
        }
    }

    /**
     * Describe one kernel of a release's images.
     *
     * @param line which it is
     * @param subarch its name in products files
     * @param kernelPackage the package that an installed system has then
     */
    public record Kernel(Line line, String subarch, String kernelPackage) {}

    public KnownRelease {
        arches = List.copyOf(arches);
        kernels = List.copyOf(kernels);
        environments = List.copyOf(environments);
    }

    /** Return what configures the network of its installed systems, unless somebody asks for something else. */
    public Renderer renderer() {
        return switch (family) {
            case DEBIAN -> Renderer.IFUPDOWN;
            case UBUNTU, UBUNTU_CORE -> Renderer.NETWORKD;
            case CENTOS -> Renderer.NETWORK_MANAGER;
        };
    }

    /** Return the kernel of a line, if the release has it. */
    public Optional<Kernel> kernel(Line line) {
        return kernels.stream().filter(kernel -> kernel.line() == line).findFirst();
    }
}
