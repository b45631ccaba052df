package dev.vmtest.machine;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Say which files of the host one boot of a machine reads and writes.
 *
 * @param diskDirectory where the images of the machine's disks are
 * @param firmwareCode the UEFI code (see {@link FirmwareFiles#find()}), or null on BIOS
 * @param serialLog where the serial console is written
 * @param qemuLog where QEMU's own output is written
 */
public record MachineFiles(Path diskDirectory, @Nullable Path firmwareCode, Path serialLog, Path qemuLog) {

    /**
     * Keep everything in one directory.
     *
     * @param firmwareCode the UEFI code, or null on BIOS
     */
    public static MachineFiles in(Path directory, @Nullable Path firmwareCode) {
        return new MachineFiles(
                directory, firmwareCode, directory.resolve("serial.log"), directory.resolve("qemu.log"));
    }

    /** Return the same with the images of the disks elsewhere. */
    MachineFiles withDisksIn(Path directory) {
        return new MachineFiles(directory, firmwareCode, serialLog, qemuLog);
    }
}
