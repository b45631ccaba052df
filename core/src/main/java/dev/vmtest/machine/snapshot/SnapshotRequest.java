package dev.vmtest.machine.snapshot;

import dev.vmtest.machine.Accelerator;
import dev.vmtest.machine.Boot;
import dev.vmtest.machine.FirmwareFiles;
import dev.vmtest.machine.MachineSpec;
import dev.vmtest.machine.qemu.Accelerators;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Ask for a machine that was saved when its agent was ready.
 *
 * @param spec the machine that will be resumed; its disks and NICs are no part of the snapshot
 * @param kernel what it boots: an image with an agent, and a command line that tells the agent to wait
 * @param drives the drives of the image, which no guest can write
 * @param image a hash over the files of the image
 * @param accelerator what executes it
 * @param firmware the UEFI firmware, or null on BIOS
 * @param directory where snapshots of this image lie
 */
public record SnapshotRequest(
        MachineSpec spec,
        Boot.DirectKernel kernel,
        List<Boot.Drive> drives,
        String image,
        Accelerator accelerator,
        @Nullable FirmwareFiles firmware,
        Path directory) {

    private static final Pattern SERIES = Pattern.compile("[0-9]{1,4}\\.[0-9]{1,4}");

    public SnapshotRequest {
        drives = List.copyOf(drives);
    }

    /**
     * Return the start of the names of all snapshots that can replace each other. Those of two QEMUs stand side by side:
     * a host may use both in turns.
     *
     * @param qemuVersion {@link Accelerators#qemuVersion()}; updates of one series replace each other
     */
    String shape(String qemuVersion) {
        Matcher series = SERIES.matcher(qemuVersion);
        return "%s-%dcpu-%dM-%s-qemu%s-"
                .formatted(
                        spec.firmware().name().toLowerCase(Locale.ROOT),
                        spec.cpus(),
                        spec.memory(),
                        accelerator.name().text(),
                        series.lookingAt() ? series.group() : "");
    }
}
