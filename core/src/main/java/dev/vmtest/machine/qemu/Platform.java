package dev.vmtest.machine.qemu;

import dev.vmtest.machine.Accelerator;
import dev.vmtest.release.Architecture;
import java.util.ArrayList;
import java.util.List;

/**
 * Name what differs between guest architectures in QEMU's arguments.
 *
 * <p>Everything that {@link QemuArguments} says for one architecture only is here, so that another
 * architecture is another constant.
 *
 * @param emulator the QEMU program
 * @param emulatorPackage the Debian package of that program
 * @param machine the machine type
 * @param deviceSuffix the transport in the names of virtio devices, {@code pci} or {@code ccw}
 * @param emulatedCpu the CPU model under TCG
 * @param isPc whether it is a PC: GRUB's gfxterm spins for ever on one without a display device
 */
public record Platform(
        String emulator,
        String emulatorPackage,
        String machine,
        String deviceSuffix,
        String emulatedCpu,
        boolean isPc) {

    /**
     * A 64-bit PC. Where it is emulated, its processor calls itself one that does not speculate, an Atom of the first
     * kind (Linux, arch/x86/kernel/cpu/common.c, {@code cpu_vuln_whitelist}): an emulated one does not, and a kernel
     * that guards against it makes each indirect call two.
     */
    static final Platform AMD64 = new Platform(
            "qemu-system-x86_64",
            "qemu-system-x86",
            "q35",
            "pci",
            "qemu64,vendor=GenuineIntel,family=6,model=28,stepping=10,svm=off",
            true);

    /** A 32-bit PC. */
    static final Platform I386 = new Platform("qemu-system-i386", "qemu-system-x86", "q35", "pci", "qemu32", true);

    /** Arm's server base system; it has no firmware but UEFI. */
    static final Platform ARM64 =
            new Platform("qemu-system-aarch64", "qemu-system-arm", "virt,gic-version=max", "pci", "cortex-a57", false);

    /** POWER in little endian on IBM's PAPR platform, whose firmware SLOF is within QEMU. */
    static final Platform PPC64EL =
            new Platform("qemu-system-ppc64", "qemu-system-ppc", "pseries", "pci", "power9", false);

    /** IBM Z: devices are on the channel subsystem, and the console is the service element's. */
    static final Platform S390X =
            new Platform("qemu-system-s390x", "qemu-system-misc", "s390-ccw-virtio", "ccw", "max", false);

    /** Room for translated code, in MiB; the default of QEMU 7.2 is the same for a large guest (accel/tcg/region.c). */
    static final int TRANSLATION_BUFFER = 1024;

    /** Return that of an architecture. */
    public static Platform of(Architecture architecture) {
        return switch (architecture) {
            case AMD64 -> AMD64;
            case ARM64 -> ARM64;
            case I386 -> I386;
            case PPC64EL -> PPC64EL;
            case S390X -> S390X;
        };
    }

    /** Return QEMU's name of a device that is called differently on each transport: virtio-blk, virtio-net. */
    public String device(String name) {
        return name.equals("virtio-blk") || name.equals("virtio-net") ? name + "-" + deviceSuffix : name;
    }

    /** Return the machine type with its properties. */
    public QemuOption machineOption() {
        String[] parts = machine.split(",", -1);
        QemuOption option = QemuOption.of(parts[0]);
        for (int index = 1; index < parts.length; index++) {
            String[] pair = parts[index].split("=", 2);
            option.with(pair[0], pair[1]);
        }
        return option;
    }

    /** Return the arguments that say what executes the guest. */
    public List<String> accelerated(Accelerator accelerator) {
        return switch (accelerator.name()) {
            case KVM -> List.of("-accel", "kvm", "-cpu", "host");
            case TCG ->
                List.of(
                        "-accel",
                        QemuOption.of("tcg")
                                .with("thread", "multi")
                                .with("tb-size", TRANSLATION_BUFFER)
                                .text(),
                        "-cpu",
                        emulatedCpu);
        };
    }

    /** Return the processor that guests see: the emulated one, or under KVM that of the host as {@code cpuinfo} names it. */
    public String guestProcessor(Accelerator accelerator, String host) {
        return switch (accelerator.name()) {
            case KVM -> "host: " + host;
            case TCG -> "emulated " + emulatedCpu;
        };
    }

    /** Return the arguments for a source of entropy and the controller of SCSI disks. */
    public List<String> usualDevices() {
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of(
                "-object",
                QemuOption.of("rng-random")
                        .with("id", "entropy")
                        .with("filename", "/dev/urandom")
                        .text()));
        arguments.addAll(List.of(
                "-device", virtio("virtio-rng", "rng0").with("rng", "entropy").text()));
        if (hasPci()) {
            arguments.addAll(List.of(
                    "-device", QemuOption.of("pvpanic-pci").with("id", "panic").text()));
        }
        arguments.addAll(List.of(
                "-device", virtio("virtio-scsi", Hardware.SCSI_CONTROLLER).text()));
        return arguments;
    }

    /** Return a virtio device on this platform's transport. */
    public QemuOption virtio(String name, String id) {
        return QemuOption.of(name + "-" + deviceSuffix).with("id", id);
    }

    /** Say whether devices are on PCI. */
    boolean hasPci() {
        return deviceSuffix.equals("pci");
    }
}
