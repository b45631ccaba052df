package dev.vmtest.machine;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Say how a machine starts this time: from a kernel or from its disks, and with which extra drives.
 *
 * @param kernel a kernel with its initrd and command line, or null to boot from the disks
 * @param drives drives that belong to this boot only: image root, cidata seed, output disk
 * @param firmwareVariables the UEFI variable store of this machine, or null on BIOS
 * @param way whether it starts from nothing or from a snapshot
 */
public record Boot(
        @Nullable DirectKernel kernel,
        List<Drive> drives,
        @Nullable Path firmwareVariables,
        Way way) {

    public Boot {
        drives = List.copyOf(drives);
    }

    /** Boot the full way. */
    public Boot(@Nullable DirectKernel kernel, List<Drive> drives, @Nullable Path firmwareVariables) {
        this(kernel, drives, firmwareVariables, new Way.Full());
    }

    /** Return the full boot that comes to the same as this one. */
    public Boot full() {
        if (way instanceof Way.Resume resume && kernel != null) {
            return new Boot(
                    new DirectKernel(kernel.kernel(), kernel.initrd(), resume.commandLine()),
                    drives,
                    firmwareVariables);
        }
        return new Boot(kernel, drives, firmwareVariables);
    }

    /** Say whether a machine starts from nothing or goes on where another one was saved. */
    public sealed interface Way {

        /** Start from nothing with all hardware. */
        record Full() implements Way {}

        /** Start from nothing without disks and NICs, up to the agent's word that the machine can be saved. */
        record UntilReady() implements Way {}

        /**
         * Go on from a snapshot and plug in disks and NICs.
         *
         * @param snapshot what was saved with the same kernel and drives
         * @param commandLine the kernel's arguments that a full boot would have had, seed included
         */
        record Resume(Snapshot snapshot, List<String> commandLine) implements Way {

            public Resume {
                commandLine = List.copyOf(commandLine);
            }
        }
    }

    /**
     * Name a kernel that QEMU loads itself.
     *
     * @param kernel the kernel file
     * @param initrd the initrd file
     * @param commandLine the kernel's arguments in order
     */
    public record DirectKernel(Path kernel, Path initrd, List<String> commandLine) {

        public DirectKernel {
            commandLine = List.copyOf(commandLine);
        }
    }

    /**
     * Describe a drive that only this boot has.
     *
     * @param file a raw image
     * @param serial the serial the guest sees under {@code /dev/disk/by-id/virtio-…}
     * @param kind how it is attached
     */
    public record Drive(Path file, String serial, Kind kind) {

        /** Say how a drive is attached. */
        public enum Kind {
            /** A read-only virtio disk that several machines may share. */
            READ_ONLY,
            /** A writable virtio disk. */
            WRITABLE,
            /** A read-only CD. */
            CDROM
        }
    }
}
