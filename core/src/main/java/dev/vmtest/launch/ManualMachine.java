package dev.vmtest.launch;

import dev.vmtest.machine.MachineSpec;
import dev.vmtest.machine.qemu.Platform;
import dev.vmtest.release.Architecture;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Describe a machine that a person puts together with options, and watches: what is not said is left to QEMU's own
 * defaults, unlike in a {@link MachineSpec}.
 *
 * @param architecture what its processor is
 * @param emulator the emulator's program, or null for the architecture's
 * @param cpus number of virtual CPUs, 0 leaves it to QEMU
 * @param memory MiB, 0 leaves it to QEMU
 * @param firmware what starts it
 * @param kernel a kernel that QEMU loads itself, or null
 * @param disks its disks, in order
 * @param nics its network interfaces, in order
 * @param display where its screen is
 * @param serial where its first serial port ends
 * @param reboots whether a reset starts it again; otherwise it ends QEMU
 * @param further arguments for QEMU that are passed on as they are
 */
public record ManualMachine(
        Architecture architecture,
        @Nullable String emulator,
        int cpus,
        int memory,
        Firmware firmware,
        @Nullable Kernel kernel,
        List<Disk> disks,
        List<Nic> nics,
        Display display,
        Serial serial,
        boolean reboots,
        List<String> further) {

    private static final Set<String> ACCELERATION = Set.of("-accel", "-enable-kvm", "--accel", "--enable-kvm");

    public ManualMachine {
        disks = List.copyOf(disks);
        nics = List.copyOf(nics);
        further = List.copyOf(further);
    }

    /** Return the program that runs it. */
    public String program() {
        return emulator == null ? Platform.of(architecture).emulator() : emulator;
    }

    /** Say whether a further argument chooses what executes the guest. */
    public boolean choosesAccelerator() {
        return further.stream().anyMatch(ACCELERATION::contains);
    }

    /** Say what starts a machine. */
    public sealed interface Firmware {

        /** Start with what QEMU brings along. */
        record Usual() implements Firmware {}

        /**
         * Start by UEFI.
         *
         * @param code the firmware's code
         * @param variables its variable store
         * @param isReadOnly whether what the guest writes to the store is lost
         */
        record Uefi(Path code, Path variables, boolean isReadOnly) implements Firmware {}

        /** Start with one image in flash memory. */
        record Flash(Path file) implements Firmware {}
    }

    /**
     * Name a kernel that QEMU loads itself.
     *
     * @param initrd its initrd, or null for none
     * @param commandLine its arguments
     */
    public record Kernel(Path file, @Nullable Path initrd, String commandLine) {}

    /**
     * Describe a disk.
     *
     * @param file its image
     * @param format {@code raw}, {@code qcow2}, …
     * @param driver the device that presents it; {@code virtio-blk} is that of the architecture's transport
     * @param device options of the device
     * @param drive options of the drive behind it
     */
    public record Disk(Path file, String format, String driver, Map<String, String> device, Map<String, String> drive) {

        public Disk {
            device = ordered(device);
            drive = ordered(drive);
        }
    }

    /**
     * Describe a network interface.
     *
     * @param bridge {@code user} for QEMU's user networking, otherwise the name of a host bridge
     * @param mac its address
     * @param model the device; {@code virtio-net} is that of the architecture's transport
     * @param device options of the device
     * @param backend options of the host's side
     */
    public record Nic(
            String bridge, String mac, String model, Map<String, String> device, Map<String, String> backend) {

        public Nic {
            device = ordered(device);
            backend = ordered(backend);
        }
    }

    /** Say where a screen is. */
    public sealed interface Display {

        /** Leave it to QEMU. */
        record Usual() implements Display {}

        /** Have none, and no monitor. */
        record None() implements Display {}

        /** Show text in the terminal. */
        record Curses() implements Display {}

        /** Serve VNC on a display such as {@code :1}. */
        record Vnc(String display) implements Display {}
    }

    /** Say where a serial port ends. */
    public sealed interface Serial {

        /** Leave it to QEMU. */
        record Usual() implements Serial {}

        /** Have none. */
        record None() implements Serial {}

        /** Write what comes to a file. */
        record Log(Path file) implements Serial {}

        /** Be on the terminal, where Ctrl-A X ends the machine. */
        record Terminal() implements Serial {}
    }

    /** The same options must give the same command line. */
    private static Map<String, String> ordered(Map<String, String> options) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }
}
