package dev.vmtest.machine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Build QEMU's command line from a machine, a boot and the host's side of both. Nothing else in the
 * project writes a QEMU argument.
 *
 * <p>Only what the machine has is there: QEMU's defaults and the user's configuration are off. The
 * order of disks is the order of the specification, then come the drives of the boot, so a disk has
 * the same kernel name in the install as later. The same input gives the same arguments.
 */
public final class QemuArguments {

    /** The serial number that virtio-blk and nvme carry is at most this long (VIRTIO_BLK_ID_BYTES). */
    static final int LONGEST_SERIAL = 20;

    private static final String SERIAL = "serial0";
    private static final String SCSI_CONTROLLER = "scsi0";

    private final Platform platform;
    private final MachineSpec spec;
    private final Boot boot;
    private final Accelerator accelerator;
    private final Path diskDirectory;
    private final @Nullable Path firmwareCode;
    private final Wiring wiring;
    private final List<String> arguments = new ArrayList<>();

    private QemuArguments(
            Platform platform,
            MachineSpec spec,
            Boot boot,
            Accelerator accelerator,
            Path diskDirectory,
            @Nullable Path firmwareCode,
            Wiring wiring) {
        this.platform = platform;
        this.spec = spec;
        this.boot = boot;
        this.accelerator = accelerator;
        this.diskDirectory = diskDirectory;
        this.firmwareCode = firmwareCode;
        this.wiring = wiring;
    }

    /**
     * Return the command line, the emulator first.
     *
     * @param diskDirectory where the images of {@link MachineSpec#disks()} are
     * @param firmwareCode the UEFI code, needed when the machine starts by UEFI
     * @throws MachineException when the machine can't be expressed: a serial that is too long for its
     *     device, a UEFI machine without firmware or variable store
     */
    public static List<String> build(
            MachineSpec spec,
            Boot boot,
            Accelerator accelerator,
            Path diskDirectory,
            @Nullable Path firmwareCode,
            Wiring wiring)
            throws MachineException {
        return new QemuArguments(Platform.AMD64, spec, boot, accelerator, diskDirectory, firmwareCode, wiring).build();
    }

    /** Return the kernel's name of the serial port that the console is on, for {@code console=}. */
    public static String serialDevice() {
        return Platform.AMD64.serialDevice();
    }

    /** Return the emulator's program name. */
    public static String emulator() {
        return Platform.AMD64.emulator();
    }

    private List<String> build() throws MachineException {
        arguments.add(platform.emulator());
        add("-no-user-config");
        add("-nodefaults");
        addMachine();
        addWiring();
        addBoot();
        addPlainDevices();
        addDisks();
        for (int index = 0; index < boot.drives().size(); index++) {
            addDrive(boot.drives().get(index), index);
        }
        for (int index = 0; index < spec.nics().size(); index++) {
            addNic(spec.nics().get(index), index);
        }
        return List.copyOf(arguments);
    }

    private void addMachine() throws MachineException {
        // The firmware then writes to the serial console too, so "no bootable device" is seen at once.
        QemuOption machine = QemuOption.of(platform.machine()).with("graphics", "off");
        switch (spec.firmware()) {
            case BIOS -> {}
            case UEFI -> {
                addFirmware();
                machine.with("pflash0", "firmware-code").with("pflash1", "firmware-variables");
            }
        }
        add("-machine", machine);
        switch (accelerator.name()) {
            case KVM -> {
                add("-accel", QemuOption.of("kvm"));
                add("-cpu", QemuOption.of("host"));
            }
            case TCG -> {
                add("-accel", QemuOption.of("tcg").with("thread", "multi").with("tb-size", 1024));
                add("-cpu", QemuOption.of(platform.emulatedCpu()));
            }
        }
        add("-smp", QemuOption.of(Integer.toString(spec.cpus())));
        add("-m", QemuOption.of("size", spec.memory() + "M"));
    }

    private void addFirmware() throws MachineException {
        if (firmwareCode == null || boot.firmwareVariables() == null) {
            throw new MachineException("a UEFI machine needs the firmware's code and a variable store of its own");
        }
        add("-blockdev", raw("firmware-code", firmwareCode).with("read-only", "on"));
        add("-blockdev", raw("firmware-variables", boot.firmwareVariables()));
    }

    private void addWiring() {
        add("-display", QemuOption.of("none"));
        // A reset ends QEMU: a guest that panics or restarts unasked must not loop until the deadline.
        add("-no-reboot");
        // QEMU opens these in order: who sees the serial connection knows that the control socket listens.
        if (wiring.controlSocket() != null) {
            add(
                    "-chardev",
                    QemuOption.of("socket")
                            .with("id", "control")
                            .with("path", wiring.controlSocket())
                            .with("server", "on")
                            .with("wait", "off"));
            add("-mon", QemuOption.of("chardev", "control").with("mode", "control"));
            // The guest starts when someone listens: no event and no byte of the console is missed.
            add("-S");
        }
        if (wiring.serial() instanceof Wiring.Serial.Socket socket) {
            add("-chardev", QemuOption.of("socket").with("id", SERIAL).with("path", socket.path()));
        } else {
            add(
                    "-chardev",
                    QemuOption.of("stdio").with("id", SERIAL).with("mux", "on").with("signal", "off"));
            add("-mon", QemuOption.of("chardev", SERIAL));
        }
        add("-serial", QemuOption.of("chardev:" + SERIAL));
    }

    private void addBoot() {
        Boot.DirectKernel kernel = boot.kernel();
        if (kernel != null) {
            arguments.addAll(List.of("-kernel", kernel.kernel().toString()));
            arguments.addAll(List.of("-initrd", kernel.initrd().toString()));
            arguments.addAll(List.of("-append", String.join(" ", kernel.commandLine())));
        }
    }

    private void addPlainDevices() {
        // GRUB's gfxterm spins for ever on a machine without a display device.
        add("-device", QemuOption.of("VGA").with("id", "display"));
        add("-object", QemuOption.of("rng-random").with("id", "entropy").with("filename", "/dev/urandom"));
        add("-device", virtio("virtio-rng", "rng0").with("rng", "entropy"));
        add("-device", QemuOption.of("pvpanic-pci").with("id", "panic"));
        add("-device", virtio("virtio-scsi", SCSI_CONTROLLER));
    }

    private void addDisks() throws MachineException {
        int bootIndex = 1;
        for (DiskSpec disk : spec.disks()) {
            String node = "disk-" + (bootIndex - 1);
            String serial = serial(disk);
            add(
                    "-blockdev",
                    raw(node, diskDirectory.resolve(disk.fileName()))
                            .with("discard", "unmap")
                            .with("detect-zeroes", "unmap"));
            for (int path = 0; path < disk.paths(); path++) {
                String id = disk.paths() == 1 ? node + "-device" : node + "-path-" + path;
                QemuOption device = device(disk, id, serial)
                        .with("drive", node)
                        .with("logical_block_size", disk.logicalBlockSize())
                        .with("physical_block_size", disk.physicalBlockSize())
                        .with("min_io_size", disk.physicalBlockSize());
                if (disk.paths() > 1) {
                    device.with("share-rw", "on");
                }
                // UEFI keeps its own order in its variables, which QEMU's would overrule.
                if (path == 0 && spec.firmware() == Firmware.BIOS) {
                    device.with("bootindex", bootIndex);
                }
                add("-device", device);
            }
            bootIndex++;
        }
    }

    private QemuOption device(DiskSpec disk, String id, String serial) {
        return switch (disk.driver()) {
            case VIRTIO_BLK -> virtio("virtio-blk", id).with("serial", serial);
            case SCSI_HD -> {
                QemuOption device = QemuOption.of("scsi-hd").with("id", id).with("bus", SCSI_CONTROLLER + ".0");
                if (disk.serial() != null || disk.wwn() == null) {
                    device.with("serial", serial);
                }
                yield disk.wwn() == null ? device : device.with("wwn", disk.wwn());
            }
            case NVME -> {
                add(
                        "-device",
                        QemuOption.of("nvme").with("id", id + "-controller").with("serial", serial));
                QemuOption namespace = QemuOption.of("nvme-ns").with("id", id).with("bus", id + "-controller");
                yield disk.wwn() == null ? namespace : namespace.with("eui64", disk.wwn());
            }
        };
    }

    /** Return the serial that a disk shows; virtio has no wwn, so there its serial stands for it. */
    private static String serial(DiskSpec disk) throws MachineException {
        String serial = disk.serial() != null ? disk.serial() : disk.wwn() != null ? disk.wwn() : disk.name();
        return checkedSerial(serial, "disk " + disk.name());
    }

    private static String checkedSerial(String serial, String owner) throws MachineException {
        if (serial.length() > LONGEST_SERIAL) {
            throw new MachineException("the serial \"" + serial + "\" of " + owner + " has " + serial.length()
                    + " characters; a disk can show " + LONGEST_SERIAL + " at most, give it a shorter one");
        }
        return serial;
    }

    private void addDrive(Boot.Drive drive, int index) throws MachineException {
        String node = "drive-" + index;
        QemuOption backend = raw(node, drive.file());
        switch (drive.kind()) {
            case READ_ONLY, CDROM -> backend.with("read-only", "on");
            case WRITABLE -> backend.with("discard", "unmap").with("detect-zeroes", "unmap");
        }
        add("-blockdev", backend);
        add(
                "-device",
                virtio("virtio-blk", node + "-device")
                        .with("serial", checkedSerial(drive.serial(), "drive " + drive.file()))
                        .with("drive", node));
    }

    private void addNic(NicSpec nic, int index) {
        String id = "net" + index;
        if (nic.bridge().equals(NicSpec.USER)) {
            add("-netdev", QemuOption.of("user").with("id", id));
        } else {
            add("-netdev", QemuOption.of("bridge").with("id", id).with("br", nic.bridge()));
        }
        add(
                "-device",
                virtio("virtio-net", "nic" + index)
                        .with("netdev", id)
                        .with("mac", nic.mac())
                        // Nothing boots from the network: without its option ROM the firmware is faster.
                        .with("romfile", ""));
    }

    private QemuOption virtio(String device, String id) {
        return QemuOption.of(device + "-" + platform.deviceSuffix()).with("id", id);
    }

    /**
     * Describe a raw image file. What is lost when the host crashes is only a test's disk, so the
     * guest's flushes are not passed on.
     */
    private static QemuOption raw(String node, Path file) {
        return QemuOption.of("driver", "raw")
                .with("node-name", node)
                .with("cache.no-flush", "on")
                .with("file.driver", "file")
                .with("file.filename", file);
    }

    private void add(String flag) {
        arguments.add(flag);
    }

    private void add(String flag, QemuOption value) {
        arguments.add(flag);
        arguments.add(value.text());
    }
}
