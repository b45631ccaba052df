package dev.vmtest.machine;

import java.util.List;

/**
 * Name what differs between guest architectures in QEMU's arguments.
 *
 * <p>Everything that {@link QemuArguments} says for one architecture only is here, so that another
 * architecture is another constant.
 *
 * @param emulator the QEMU program
 * @param machine the machine type with its properties
 * @param deviceSuffix the transport in the names of virtio devices, {@code pci} or {@code ccw}
 * @param serialDevice the guest's name of the first serial port
 * @param emulatedCpu the CPU model under TCG
 * @param firmware the ways a distribution names the UEFI code and variables, best first
 */
record Platform(
        String emulator,
        String machine,
        String deviceSuffix,
        String serialDevice,
        String emulatedCpu,
        List<FirmwareFiles> firmware) {

    /** A 64-bit PC. */
    static final Platform AMD64 =
            new Platform("qemu-system-x86_64", "q35", "pci", "ttyS0", "qemu64", FirmwareFiles.AMD64);
}
