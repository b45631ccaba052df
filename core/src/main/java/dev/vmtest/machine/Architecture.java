package dev.vmtest.machine;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Name a guest's architecture as Debian does. */
public enum Architecture {
    AMD64("amd64"),
    ARM64("arm64"),
    I386("i386"),
    PPC64EL("ppc64el"),
    S390X("s390x");

    private final String debianName;

    Architecture(String debianName) {
        this.debianName = debianName;
    }

    /** Return Debian's name. */
    public String debianName() {
        return debianName;
    }

    /**
     * Return the architecture of a name: Debian's, or the kernel's such as {@code x86_64} and {@code aarch64}.
     *
     * @throws IllegalArgumentException that names all, if there is none
     */
    public static Architecture of(String name) {
        return find(name)
                .orElseThrow(() -> new IllegalArgumentException("no architecture of guests is called '" + name
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

    /** Return the emulator's program name. */
    public String emulator() {
        return platform().emulator();
    }

    /** Return the Debian package that has the emulator. */
    public String emulatorPackage() {
        return platform().emulatorPackage();
    }

    /** Return the kernel's name of the serial port that the console is on, for {@code console=}. */
    public String serialDevice() {
        return platform().serialDevice();
    }

    /** Return the firmware of a machine whose test asks for none: arm64 has nothing but UEFI. */
    public Firmware usualFirmware() {
        return this == ARM64 ? Firmware.UEFI : Firmware.BIOS;
    }

    /** Return QEMU's name of a device that is called differently on each transport: virtio-blk, virtio-net. */
    public String device(String name) {
        return name.equals("virtio-blk") || name.equals("virtio-net")
                ? name + "-" + platform().deviceSuffix()
                : name;
    }

    /** Return the ways a distribution names the UEFI code and variables, best first; empty where there is no UEFI. */
    List<FirmwareFiles> firmware() {
        return platform().firmware();
    }

    Platform platform() {
        return switch (this) {
            case AMD64 -> Platform.AMD64;
            case ARM64 -> Platform.ARM64;
            case I386 -> Platform.I386;
            case PPC64EL -> Platform.PPC64EL;
            case S390X -> Platform.S390X;
        };
    }
}
