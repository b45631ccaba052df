package dev.vmtest.release;

import dev.vmtest.text.MistakeException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Name a guest's architecture as Debian does. */
public enum Architecture {
    AMD64("amd64", "ttyS0", "linux-image-cloud-amd64"),
    ARM64("arm64", "ttyAMA0", "linux-image-cloud-arm64"),
    I386("i386", "ttyS0", "linux-image-686"),
    PPC64EL("ppc64el", "hvc0", "linux-image-powerpc64le"),
    S390X("s390x", "ttysclp0", "linux-image-s390x");

    private final String debianName;
    private final String serialDevice;
    private final String debianKernel;

    Architecture(String debianName, String serialDevice, String debianKernel) {
        this.debianName = debianName;
        this.serialDevice = serialDevice;
        this.debianKernel = debianKernel;
    }

    /** Return Debian's name. */
    public String debianName() {
        return debianName;
    }

    /**
     * Return the architecture of a name: Debian's, or the kernel's such as {@code x86_64} and {@code aarch64}.
     *
     * @throws MistakeException that names all, if there is none
     */
    public static Architecture of(String name) {
        return find(name)
                .orElseThrow(() -> new MistakeException("no architecture of guests is called '" + name
                        + "'; these are: "
                        + Arrays.stream(values()).map(Architecture::debianName).collect(Collectors.joining(", "))));
    }

    private static Optional<Architecture> find(String name) {
        String debian = switch (name) {
            case "x86_64" -> "amd64";
            case "aarch64" -> "arm64";
            case "ppc64le" -> "ppc64el";
            case "x86", "i586", "i686" -> "i386";
            default -> name;
        };
        return Arrays.stream(values())
                .filter(architecture -> architecture.debianName.equals(debian))
                .findFirst();
    }

    /** Return that of this host; a host that can have no guests of its own kind gets amd64 ones. */
    public static Architecture host() {
        return find(System.getProperty("os.arch")).orElse(AMD64);
    }

    /** Say whether guests can be executed by the processor of a host, so that KVM may be of use. */
    public boolean runsOn(Architecture host) {
        return this == host || (this == I386 && host == AMD64);
    }

    /** Return the kernel's name of the serial port that the console is on, for {@code console=}. */
    public String serialDevice() {
        return serialDevice;
    }

    /** Return the Debian package of the kernel for virtual machines, or of the usual one where there is no such kernel. */
    public String debianKernel() {
        return debianKernel;
    }
}
