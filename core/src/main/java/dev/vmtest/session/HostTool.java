package dev.vmtest.session;

import dev.vmtest.process.ProgramSearch;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** List every program that vmtest runs on the host, with the Debian package that has it. */
public enum HostTool {
    QEMU("qemu-system-x86_64", "qemu-system-x86", Purpose.RUN),
    XORRISOFS("xorrisofs", "xorriso", Purpose.RUN),
    SETSID("setsid", "util-linux", Purpose.RUN),
    SH("sh", "dash", Purpose.RUN),
    QEMU_IMG("qemu-img", "qemu-utils", Purpose.DISKS),
    CP("cp", "coreutils", Purpose.DISKS),
    TAR("tar", "tar", Purpose.DISKS),
    MMDEBSTRAP("mmdebstrap", "mmdebstrap", Purpose.IMAGES),
    MKSQUASHFS("mksquashfs", "squashfs-tools", Purpose.IMAGES),
    APT_CONFIG("apt-config", "apt", Purpose.IMAGES),
    APT_GET("apt-get", "apt", Purpose.IMAGES),
    ID("id", "coreutils", Purpose.IMAGES),
    NEWUIDMAP("newuidmap", "uidmap", Purpose.ROOTLESS_IMAGES),
    GUESTMOUNT("guestmount", "guestmount", Purpose.LOOKING_INTO_IMAGES),
    VIRT_CUSTOMIZE("virt-customize", "libguestfs-tools", Purpose.LOOKING_INTO_IMAGES),
    GPGV("gpgv", "gpgv", Purpose.STREAMS),
    TGTD("tgtd", "tgt", Purpose.ISCSI),
    TGTADM("tgtadm", "tgt", Purpose.ISCSI),
    PYTHON("python3", "python3", Purpose.REPEATING);

    /** Say what does not work without a tool. */
    public enum Purpose {
        RUN("to run any test"),
        DISKS("to copy and pack disk images"),
        IMAGES("to build images"),
        ROOTLESS_IMAGES("to build images without root"),
        LOOKING_INTO_IMAGES("for image-exec and backdoor"),
        STREAMS("to verify image streams"),
        ISCSI("for tests with iSCSI disks"),
        REPEATING("to repeat boots by hand");

        private final String text;

        Purpose(String text) {
            this.text = text;
        }

        /** Return the end of "needed …". */
        public String text() {
            return text;
        }
    }

    private final String program;
    private final String debianPackage;
    private final Purpose purpose;

    HostTool(String program, String debianPackage, Purpose purpose) {
        this.program = program;
        this.debianPackage = debianPackage;
        this.purpose = purpose;
    }

    /** Return the name by which it is started. */
    public String program() {
        return program;
    }

    /** Return the Debian package that has it. */
    public String debianPackage() {
        return debianPackage;
    }

    /** Return what it is for. */
    public Purpose purpose() {
        return purpose;
    }

    /** Say whether tests run and images are built without it. */
    public boolean isOptional() {
        return purpose == Purpose.LOOKING_INTO_IMAGES || purpose == Purpose.ISCSI;
    }

    /** Say whether it is on the PATH of an environment. */
    public boolean isInstalled(Map<String, String> environment) {
        return ProgramSearch.find(program, environment).isPresent();
    }

    /** Return the tools of a purpose that are not installed. */
    static List<HostTool> missing(Purpose purpose, Map<String, String> environment) {
        return Arrays.stream(values())
                .filter(tool -> tool.purpose == purpose && !tool.isInstalled(environment))
                .toList();
    }
}
