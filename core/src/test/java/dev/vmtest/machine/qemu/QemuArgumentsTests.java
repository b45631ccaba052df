package dev.vmtest.machine.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vmtest.launch.ManualArguments;
import dev.vmtest.launch.ManualMachine;
import dev.vmtest.machine.Accelerator;
import dev.vmtest.machine.Boot;
import dev.vmtest.machine.DiskDriver;
import dev.vmtest.machine.DiskSpec;
import dev.vmtest.machine.Firmware;
import dev.vmtest.machine.MachineException;
import dev.vmtest.machine.MachineSpec;
import dev.vmtest.machine.NicSpec;
import dev.vmtest.release.Architecture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class QemuArgumentsTests {

    private static final long GIB = 1L << 30;
    private static final Path DISKS = Path.of("/run/disks");
    private static final Path FIRMWARE = Path.of("/usr/share/OVMF/OVMF_CODE_4M.fd");
    private static final Wiring WIRING =
            new Wiring(new Wiring.Serial.Socket(Path.of("/tmp/v/serial")), Path.of("/tmp/v/qmp"));
    private static final Boot FROM_DISKS = new Boot(null, List.of(), null);

    @Test
    void buildsAnInstallOnBios() throws Exception {
        Boot boot = new Boot(
                new Boot.DirectKernel(
                        Path.of("/images/boot-kernel"),
                        Path.of("/images/boot-initrd"),
                        List.of("root=/dev/x", "console=ttyS0")),
                List.of(new Boot.Drive(Path.of("/images/squashfs"), "root-image", Boot.Drive.Kind.READ_ONLY)),
                null);
        MachineSpec spec = new MachineSpec(
                2,
                2048,
                Firmware.BIOS,
                List.of(virtio("main", "disk-a")),
                List.of(new NicSpec("52:54:00:12:34:01", NicSpec.USER), new NicSpec("52:54:00:12:34:02", "br0")));

        assertGolden("install-bios", build(spec, boot, Accelerator.tcg("test"), WIRING));
    }

    @Test
    void buildsAFirstBootOnUefi() throws Exception {
        Boot boot = new Boot(
                null,
                List.of(
                        new Boot.Drive(Path.of("/run/boot/seed.img"), "seed", Boot.Drive.Kind.CDROM),
                        new Boot.Drive(
                                Path.of("/run/boot/output_disk.img"), "output_disk.img", Boot.Drive.Kind.WRITABLE)),
                Path.of("/run/disks/ovmf_vars.fd"));
        MachineSpec spec = new MachineSpec(1, 1024, Firmware.UEFI, List.of(virtio("main", null)), List.of());

        assertGolden("boot-uefi", build(spec, boot, Accelerator.kvm("test"), WIRING));
    }

    @Test
    void buildsEveryKindOfDisk() throws Exception {
        MachineSpec spec = new MachineSpec(
                1,
                1024,
                Firmware.BIOS,
                List.of(
                        new DiskSpec("v", GIB, DiskDriver.VIRTIO_BLK, null, "0x39cc071e72c64cc4", 4096, 4096, 1),
                        new DiskSpec("s", GIB, DiskDriver.SCSI_HD, "disk s", "0x39cc071e72c64cc5", 512, 4096, 1),
                        new DiskSpec("w", GIB, DiskDriver.SCSI_HD, null, "0x39cc071e72c64cc6", 512, 512, 1),
                        new DiskSpec("m", GIB, DiskDriver.SCSI_HD, "paths", null, 512, 512, 4),
                        new DiskSpec("n", GIB, DiskDriver.NVME, "nvme-a", null, 4096, 4096, 1)),
                List.of());

        assertGolden("disks", build(spec, FROM_DISKS, Accelerator.tcg("test"), WIRING));
    }

    /** One machine for each architecture: an install boot with a disk of each usual kind. */
    @ParameterizedTest
    @EnumSource(Architecture.class)
    void buildsAnInstallOnEachArchitecture(Architecture architecture) throws Exception {
        Boot boot = new Boot(
                new Boot.DirectKernel(
                        Path.of("/images/boot-kernel"),
                        Path.of("/images/boot-initrd"),
                        List.of("root=/dev/x", "console=" + architecture.serialDevice())),
                List.of(new Boot.Drive(Path.of("/images/squashfs"), "root-image", Boot.Drive.Kind.READ_ONLY)),
                architecture == Architecture.ARM64 ? Path.of("/run/disks/vars.fd") : null);
        MachineSpec spec = new MachineSpec(
                architecture,
                1,
                2048,
                Firmware.usual(architecture),
                List.of(
                        virtio("main", "disk-a"),
                        new DiskSpec("s", GIB, DiskDriver.SCSI_HD, "disk-b", "0x39cc071e72c64cc5", 512, 512, 1)),
                List.of(new NicSpec("52:54:00:12:34:01", NicSpec.USER)));

        assertGolden("arch-" + architecture.debianName(), build(spec, boot, Accelerator.tcg("test"), WIRING));
    }

    @Test
    void connectsEachNicToItsOwnSegment() throws Exception {
        MachineSpec spec = new MachineSpec(
                1,
                512,
                Firmware.BIOS,
                List.of(),
                List.of(new NicSpec("52:54:00:12:34:01", NicSpec.USER), new NicSpec("52:54:00:12:34:02", "br0")));
        Wiring wiring = new Wiring(
                WIRING.serial(),
                WIRING.controlSocket(),
                null,
                null,
                List.of(Path.of("/tmp/v, w/net0"), Path.of("/tmp/v, w/net1")));

        assertThat(build(spec, FROM_DISKS, Accelerator.tcg("test"), wiring))
                .containsSubsequence(
                        "-netdev",
                        "stream,id=net0,server=off,addr.type=unix,addr.path=/tmp/v,, w/net0",
                        "-netdev",
                        "stream,id=net1,server=off,addr.type=unix,addr.path=/tmp/v,, w/net1")
                .anyMatch(argument -> argument.startsWith("virtio-net-pci,id=nic1,netdev=net1")
                        && argument.contains(",speed=1000,duplex=full"))
                .noneMatch(argument -> argument.startsWith("user,") || argument.startsWith("bridge,"));
    }

    @Test
    void buildsTheMachineOfAPerson() throws Exception {
        ManualMachine machine = new ManualMachine(
                Architecture.AMD64,
                null,
                2,
                1024,
                new ManualMachine.Firmware.Uefi(FIRMWARE, Path.of("/a, b/vars.fd"), false),
                new ManualMachine.Kernel(Path.of("/k"), Path.of("/i"), "root=/dev/x quiet"),
                List.of(
                        new ManualMachine.Disk(
                                Path.of("/d/a,b.img"),
                                "raw",
                                "virtio-blk",
                                Map.of("serial", "a"),
                                Map.of("cache", "unsafe")),
                        new ManualMachine.Disk(
                                Path.of("/d/c.qcow2"), "qcow2", "scsi-hd", Map.of("serial", "c"), Map.of()),
                        new ManualMachine.Disk(Path.of("/d/n.img"), "raw", "nvme", Map.of("serial", "n"), Map.of())),
                List.of(
                        new ManualMachine.Nic(NicSpec.USER, "52:54:00:12:34:01", "virtio-net", Map.of(), Map.of()),
                        new ManualMachine.Nic("br0", "52:54:00:12:34:02", "e1000", Map.of("romfile", ""), Map.of())),
                new ManualMachine.Display.Vnc(":1"),
                new ManualMachine.Serial.Log(Path.of("/l/serial, 1.log")),
                false,
                List.of("-boot", "c"));

        assertGolden("manual", ManualArguments.build(machine, Accelerator.tcg("test")));
    }

    @Test
    void leavesAccelerationToWhoNamesIt() throws Exception {
        assertThat(ManualArguments.build(plain(List.of("-accel", "kvm")), Accelerator.tcg("test")))
                .containsOnlyOnce("-accel")
                .doesNotContain("-cpu");
        assertThat(ManualArguments.build(plain(List.of()), Accelerator.kvm("test")))
                .containsSubsequence("-accel", "kvm", "-cpu", "host")
                .doesNotContain("-display", "-serial", "-smp", "-m", "-no-reboot", "-append");
    }

    /** QEMU takes what stands before a colon for the name of a protocol. */
    @Test
    void aPathIsAbsolute() throws Exception {
        ManualMachine machine = plain(
                List.of(),
                List.of(new ManualMachine.Disk(Path.of("disk: a.img"), "raw", "virtio-blk", Map.of(), Map.of())));

        assertThat(ManualArguments.build(machine, Accelerator.tcg("test")))
                .contains("if=none,id=disk0,file=" + Path.of("").toAbsolutePath() + "/disk: a.img,format=raw");
    }

    private static ManualMachine plain(List<String> further) {
        return plain(further, List.of());
    }

    private static ManualMachine plain(List<String> further, List<ManualMachine.Disk> disks) {
        return new ManualMachine(
                Architecture.AMD64,
                null,
                0,
                0,
                new ManualMachine.Firmware.Usual(),
                null,
                disks,
                List.of(),
                new ManualMachine.Display.Usual(),
                new ManualMachine.Serial.Usual(),
                true,
                further);
    }

    @Test
    void connectsATerminalForAPerson() throws Exception {
        MachineSpec spec = new MachineSpec(1, 1024, Firmware.BIOS, List.of(), List.of());

        List<String> arguments = build(spec, FROM_DISKS, Accelerator.tcg("test"), Wiring.terminal());

        assertThat(arguments)
                .contains("stdio,id=serial0,mux=on,signal=off", "chardev=serial0")
                .doesNotContain("-S");
    }

    @Test
    void servesTheScreenWhereAPersonWantsIt() throws Exception {
        MachineSpec spec = new MachineSpec(1, 1024, Firmware.BIOS, List.of(), List.of());
        Wiring.Serial serial = new Wiring.Serial.Socket(Path.of("/run/serial"));

        assertThat(build(spec, FROM_DISKS, Accelerator.tcg("test"), new Wiring(serial, null, null, "127.0.0.1:1")))
                .containsSequence("-vnc", "127.0.0.1:1");
        assertThat(build(spec, FROM_DISKS, Accelerator.tcg("test"), new Wiring(serial, null)))
                .doesNotContain("-vnc");
    }

    @Test
    void doublesTheCommasOfPaths() throws Exception {
        MachineSpec spec = new MachineSpec(1, 1024, Firmware.BIOS, List.of(), List.of());
        Boot boot =
                new Boot(null, List.of(new Boot.Drive(Path.of("/a,b=c d/é"), "x", Boot.Drive.Kind.READ_ONLY)), null);

        assertThat(build(spec, boot, Accelerator.tcg("test"), WIRING))
                .anySatisfy(argument -> assertThat(argument).contains("file.filename=/a,,b=c d/é,"));
    }

    @Test
    void refusesASerialThatTheGuestWouldSeeCut() {
        MachineSpec spec =
                new MachineSpec(1, 1024, Firmware.BIOS, List.of(virtio("main", "a-serial-of-21-chars!")), List.of());

        assertThatThrownBy(() -> build(spec, FROM_DISKS, Accelerator.tcg("test"), WIRING))
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("disk main")
                .hasMessageContaining("20 at most");
    }

    @Test
    void givesALongSerialToTheIdOfAScsiDiskToo() throws Exception {
        String serial = "6000c29a1b2c3d4e5f60718293a4b5c6";
        MachineSpec spec = new MachineSpec(
                1,
                1024,
                Firmware.BIOS,
                List.of(new DiskSpec("main", GIB, DiskDriver.SCSI_HD, serial, null, 512, 512, 1)),
                List.of());

        assertThat(build(spec, FROM_DISKS, Accelerator.tcg("test"), WIRING))
                .anySatisfy(argument -> assertThat(argument)
                        .contains("scsi-hd,", ",serial=" + serial + ",", ",device_id=" + serial + ","));
    }

    @Test
    void refusesUefiWithoutAVariableStore() {
        MachineSpec spec = new MachineSpec(1, 1024, Firmware.UEFI, List.of(), List.of());

        assertThatThrownBy(() -> build(spec, FROM_DISKS, Accelerator.tcg("test"), WIRING))
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("variable store");
    }

    private static DiskSpec virtio(String name, @Nullable String serial) {
        return new DiskSpec(name, 10 * GIB, DiskDriver.VIRTIO_BLK, serial, null, 512, 512, 1);
    }

    private static List<String> build(MachineSpec spec, Boot boot, Accelerator accelerator, Wiring wiring)
            throws MachineException {
        return QemuArguments.build(spec, boot, accelerator, DISKS, FIRMWARE, wiring);
    }

    /** Hold a command line against its golden file: one option with its value a line. */
    private static void assertGolden(String name, List<String> arguments) throws IOException {
        String actual = String.join(" ", arguments).replace(" -", "\n-") + "\n";
        try (var stream = QemuArgumentsTests.class.getResourceAsStream(name + ".golden")) {
            String expected = stream == null ? "" : new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(actual).isEqualTo(expected);
        }
    }
}
