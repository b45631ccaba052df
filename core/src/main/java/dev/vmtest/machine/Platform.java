package dev.vmtest.machine;

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
 * @param serialDevice the guest's name of the first serial port
 * @param emulatedCpu the CPU model under TCG
 * @param isPc whether it is a PC: GRUB's gfxterm spins for ever on one without a display device
 * @param firmware the ways a distribution names the UEFI code and variables, best first
 */
record Platform(
        String emulator,
        String emulatorPackage,
        String machine,
        String deviceSuffix,
        String serialDevice,
        String emulatedCpu,
        boolean isPc,
        List<FirmwareFiles> firmware) {

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
            "ttyS0",
            "qemu64,vendor=GenuineIntel,family=6,model=28,stepping=10,svm=off",
            true,
            FirmwareFiles.AMD64);

    /** A 32-bit PC. */
    static final Platform I386 =
            new Platform("qemu-system-i386", "qemu-system-x86", "q35", "pci", "ttyS0", "qemu32", true, List.of());

    /** Arm's server base system; it has no firmware but UEFI. */
    static final Platform ARM64 = new Platform(
            "qemu-system-aarch64",
            "qemu-system-arm",
            "virt,gic-version=max",
            "pci",
            "ttyAMA0",
            "cortex-a57",
            false,
            FirmwareFiles.ARM64);

    /** POWER in little endian on IBM's PAPR platform, whose firmware SLOF is within QEMU. */
    static final Platform PPC64EL =
            new Platform("qemu-system-ppc64", "qemu-system-ppc", "pseries", "pci", "hvc0", "power9", false, List.of());

    /** IBM Z: devices are on the channel subsystem, and the console is the service element's. */
    static final Platform S390X = new Platform(
            "qemu-system-s390x", "qemu-system-misc", "s390-ccw-virtio", "ccw", "ttysclp0", "max", false, List.of());

    /** Room for translated code, in MiB; the default of QEMU 7.2 is the same for a large guest (accel/tcg/region.c). */
    static final int TRANSLATION_BUFFER = 1024;

    /** Return the machine type with its properties. */
    QemuOption machineOption() {
        String[] parts = machine.split(",", -1);
        QemuOption option = QemuOption.of(parts[0]);
        for (int index = 1; index < parts.length; index++) {
            String[] pair = parts[index].split("=", 2);
            option.with(pair[0], pair[1]);
        }
        return option;
    }

    /** Return the arguments that say what executes the guest. */
    List<String> accelerated(Accelerator accelerator) {
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

    /** Return the arguments for a source of entropy and the controller of SCSI disks. */
    List<String> usualDevices() {
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
    QemuOption virtio(String name, String id) {
        return QemuOption.of(name + "-" + deviceSuffix).with("id", id);
    }

    /** Say whether devices are on PCI. */
    boolean hasPci() {
        return deviceSuffix.equals("pci");
    }
}
