package dev.vmtest.machine.snapshot;

import dev.vmtest.digest.Sha256;
import dev.vmtest.machine.Boot;
import dev.vmtest.machine.FirmwareFiles;
import dev.vmtest.machine.MachineException;
import dev.vmtest.machine.qemu.AgentOrders;
import dev.vmtest.machine.qemu.QemuArguments;
import dev.vmtest.machine.qemu.Wiring;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Compute what a snapshot is valid for: a hash over QEMU's version and its command line but for the
 * places of files, over the files, and under KVM over the processor.
 */
final class SnapshotKey {

    private static final Path CPUS = Path.of("/proc/cpuinfo");

    private SnapshotKey() {}

    /**
     * Return the hash as hexadecimal digits.
     *
     * @throws MachineException when a file or the processor can't be looked at
     */
    static String of(SnapshotRequest request, String qemuVersion) throws MachineException {
        List<String> parts = new ArrayList<>();
        parts.add("agent " + AgentOrders.VERSION);
        parts.add("qemu " + qemuVersion);
        parts.add("image " + request.image());
        parts.addAll(commandLine(request));
        try {
            FirmwareFiles firmware = request.firmware();
            if (firmware != null) {
                parts.add(Sha256.of(Files.readAllBytes(firmware.code())));
                parts.add(Sha256.of(Files.readAllBytes(firmware.variables())));
            }
            switch (request.accelerator().name()) {
                case TCG -> {}
                // The guest has seen this processor, microcode included.
                case KVM -> parts.add(processor());
            }
        } catch (IOException failure) {
            throw new MachineException("cannot look at what a snapshot depends on", failure);
        }
        return Sha256.of(String.join("\0", parts).getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> commandLine(SnapshotRequest request) throws MachineException {
        Boot anywhere = new Boot(
                new Boot.DirectKernel(
                        Path.of("kernel"), Path.of("initrd"), request.kernel().commandLine()),
                request.drives().stream()
                        .map(drive -> new Boot.Drive(Path.of("image"), drive.serial(), drive.kind()))
                        .toList(),
                request.firmware() == null ? null : Path.of("variables"),
                new Boot.Way.UntilReady());
        return QemuArguments.build(
                request.spec(),
                anywhere,
                request.accelerator(),
                Path.of("disks"),
                request.firmware() == null ? null : Path.of("code"),
                new Wiring(new Wiring.Serial.Socket(Path.of("serial")), Path.of("control"), Path.of("agent")));
    }

    private static String processor() throws IOException {
        return Files.readAllLines(CPUS, StandardCharsets.UTF_8).stream()
                .takeWhile(line -> !line.isEmpty())
                .filter(line -> line.startsWith("model name")
                        || line.startsWith("flags")
                        || line.startsWith("stepping")
                        || line.startsWith("microcode"))
                .collect(Collectors.joining("\n"));
    }
}
