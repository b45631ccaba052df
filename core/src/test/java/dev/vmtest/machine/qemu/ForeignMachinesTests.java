package dev.vmtest.machine.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vmtest.machine.Accelerator;
import dev.vmtest.machine.Boot;
import dev.vmtest.machine.ConsoleLine;
import dev.vmtest.machine.Dialogue;
import dev.vmtest.machine.DiskDriver;
import dev.vmtest.machine.DiskSpec;
import dev.vmtest.machine.Firmware;
import dev.vmtest.machine.FirmwareFiles;
import dev.vmtest.machine.Limits;
import dev.vmtest.machine.Machine;
import dev.vmtest.machine.MachineEnd;
import dev.vmtest.machine.MachineException;
import dev.vmtest.machine.MachineFiles;
import dev.vmtest.machine.MachineRequest;
import dev.vmtest.machine.MachineSpec;
import dev.vmtest.machine.NicSpec;
import dev.vmtest.machine.Ticker;
import dev.vmtest.process.ProgramSearch;
import dev.vmtest.process.SupervisedProcesses;
import dev.vmtest.release.Architecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Start machines of every architecture whose emulator is installed: QEMU itself says whether it understands what the
 * golden files hold. An arm64 machine is booted to its firmware, and with a kernel at hand to its init.
 */
@Tag("vm")
final class ForeignMachinesTests {

    private static final Limits LIMITS =
            new Limits(Duration.ofSeconds(30), Duration.ofSeconds(15), Duration.ofSeconds(15));

    /** What EDK2 says first on the serial console. */
    private static final String BANNER = "UEFI firmware (version";

    @TempDir
    Path directory;

    private final SupervisedProcesses processes = new SupervisedProcesses();
    private final CompletableFuture<@Nullable Void> banner = new CompletableFuture<>();
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void endProcesses() {
        processes.close();
    }

    @ParameterizedTest
    @EnumSource(Architecture.class)
    void itsEmulatorUnderstandsTheMachine(Architecture architecture) throws Exception {
        try (Machine machine = start(architecture, disks())) {
            assertThat(machine.commandLine())
                    .startsWith(Platform.of(architecture).emulator());
        }
    }

    @Test
    void anArm64MachineBootsToItsFirmware() throws Exception {
        try (Machine machine = start(Architecture.ARM64, List.of())) {
            // What comes after its banner, a search for something to boot, takes many times as long.
            CompletableFuture.anyOf(banner, machine.ended()).join();
        }
        assertThat(lines).anyMatch(line -> line.contains(BANNER));
    }

    /** With the kernel that tools/arm64-kernel fetches, or another of Debian's: -Dvmtest.test.arm64.kernel=FILE. */
    @Test
    void anArm64KernelReachesItsInit() throws Exception {
        Path kernel = Path.of(System.getProperty("vmtest.test.arm64.kernel", "../target/arm64-kernel"));
        assumeTrue(Files.isRegularFile(kernel), "no arm64 kernel at " + kernel + ": 'make arm64-kernel' fetches one");
        Path initrd = directory.resolve("initrd");
        TinyInit.write(initrd, Architecture.ARM64);
        Boot.DirectKernel direct = new Boot.DirectKernel(
                kernel, initrd, List.of("console=" + Architecture.ARM64.serialDevice(), "panic=-1"));
        try (Machine machine = start(Architecture.ARM64, disks(), direct)) {
            assertThat(machine.ended().join()).isInstanceOf(MachineEnd.GuestShutdown.class);
        }
        assertThat(lines).anyMatch(line -> line.contains(TinyInit.MARKER));
    }

    private Machine start(Architecture architecture, List<DiskSpec> disks) throws Exception {
        return start(architecture, disks, null);
    }

    private Machine start(Architecture architecture, List<DiskSpec> disks, Boot.@Nullable DirectKernel kernel)
            throws Exception {
        assumeTrue(
                ProgramSearch.find(Platform.of(architecture).emulator()).isPresent(),
                Platform.of(architecture).emulator() + " is not installed: apt-get install "
                        + Platform.of(architecture).emulatorPackage());
        Firmware firmware = Firmware.usual(architecture);
        Path variables = directory.resolve("vars.fd");
        FirmwareFiles files = null;
        if (firmware == Firmware.UEFI) {
            files = firmware(architecture);
            files.createVariables(variables);
        }
        MachineSpec spec = new MachineSpec(
                architecture, 1, 512, firmware, disks, List.of(new NicSpec("52:54:00:12:34:01", NicSpec.USER)));
        return new QemuMachines(processes, directory, Ticker.SYSTEM, InstantSource.system())
                .start(new MachineRequest(
                        spec,
                        new Boot(kernel, List.of(), files == null ? null : variables),
                        Accelerator.tcg("test"),
                        MachineFiles.in(directory, files == null ? null : files.code()),
                        LIMITS,
                        Dialogue.listening(this::heard)));
    }

    private void heard(ConsoleLine line) {
        lines.add(line.text());
        if (line.text().contains(BANNER)) {
            banner.complete(null);
        }
    }

    private static FirmwareFiles firmware(Architecture architecture) {
        try {
            return FirmwareFiles.find(architecture);
        } catch (MachineException missing) {
            assumeTrue(false, String.valueOf(missing.getMessage()));
            throw new IllegalStateException(missing);
        }
    }

    private List<DiskSpec> disks() throws IOException {
        List<DiskSpec> disks = List.of(
                new DiskSpec("v", 1 << 20, DiskDriver.VIRTIO_BLK, "disk-a", null, 512, 512, 1),
                new DiskSpec("s", 1 << 20, DiskDriver.SCSI_HD, "disk-b", "0x39cc071e72c64cc5", 512, 512, 1));
        for (DiskSpec disk : disks) {
            Files.write(directory.resolve(disk.fileName()), new byte[1 << 20]);
        }
        return disks;
    }
}
