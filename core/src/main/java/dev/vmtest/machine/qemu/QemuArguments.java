package dev.vmtest.machine.qemu;

import dev.vmtest.machine.Accelerator;
import dev.vmtest.machine.Boot;
import dev.vmtest.machine.DiskDriver;
import dev.vmtest.machine.MachineException;
import dev.vmtest.machine.MachineRequest;
import dev.vmtest.machine.MachineSpec;
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
 * the same kernel name in a full install as later. The same input gives the same arguments.
 */
public final class QemuArguments {

    /** QEMU itself with the firmware, the display and the buffers of its devices, in MiB: generous. */
    private static final int QEMU_ITSELF = 192;

    private static final String SERIAL = "serial0";
    private static final String AGENT = "agent";

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
        return new QemuArguments(
                        Platform.of(spec.architecture()), spec, boot, accelerator, diskDirectory, firmwareCode, wiring)
                .build();
    }

    /**
     * Return the command line of a boot that is asked for.
     *
     * @throws MachineException when the machine can't be expressed
     */
    public static List<String> build(MachineRequest request, Wiring wiring) throws MachineException {
        return build(
                request.spec(),
                request.boot(),
                request.accelerator(),
                request.files().diskDirectory(),
                request.files().firmwareCode(),
                wiring);
    }

    /** Return how much memory of the host a machine takes at most, in MiB. */
    public static int hostMemory(MachineSpec spec, Accelerator accelerator) {
        return spec.memory()
                + QEMU_ITSELF
                + switch (accelerator.name()) {
                    case KVM -> 0;
                    case TCG -> Platform.TRANSLATION_BUFFER;
                };
    }

    private List<String> build() throws MachineException {
        arguments.add(platform.emulator());
        add("-no-user-config");
        add("-nodefaults");
        addMachine();
        addWiring();
        addBoot();
        addPlainDevices();
        boolean isComplete = boot.way() instanceof Boot.Way.Full;
        if (isComplete) {
            addParts(Hardware.disks(platform, spec, diskDirectory));
        } else {
            addSlots();
        }
        for (int index = 0; index < boot.drives().size(); index++) {
            addDrive(boot.drives().get(index), index);
        }
        if (isComplete) {
            addParts(Hardware.nics(platform, spec, wiring.segments()));
        }
        if (boot.way() instanceof Boot.Way.Resume) {
            // Nothing is read until somebody listens for how it went.
            add("-incoming", QemuOption.of("defer"));
        }
        return List.copyOf(arguments);
    }

    /**
     * Return the disks and NICs in the order in which they are plugged into a machine that was resumed.
     *
     * @throws MachineException when there are too many, or a serial is too long for its device
     */
    static List<HardwarePart> plugged(MachineSpec spec, Path diskDirectory) throws MachineException {
        return Hardware.plugged(Platform.of(spec.architecture()), spec, diskDirectory);
    }

    private void addMachine() throws MachineException {
        // The firmware then writes to the serial console too, so "no bootable device" is seen at once.
        QemuOption machine = platform.machineOption().with("graphics", "off");
        switch (spec.firmware()) {
            case BIOS -> {}
            case UEFI -> {
                addFirmware();
                machine.with("pflash0", "firmware-code").with("pflash1", "firmware-variables");
            }
        }
        add("-machine", machine);
        arguments.addAll(platform.accelerated(accelerator));
        add("-smp", QemuOption.of(Integer.toString(spec.cpus())));
        add("-m", QemuOption.of("size", spec.memory() + "M"));
    }

    private void addFirmware() throws MachineException {
        if (firmwareCode == null || boot.firmwareVariables() == null) {
            throw new MachineException("a UEFI machine needs the firmware's code and a variable store of its own");
        }
        add("-blockdev", Hardware.raw("firmware-code", firmwareCode).with("read-only", true));
        add("-blockdev", Hardware.raw("firmware-variables", boot.firmwareVariables()));
    }

    private void addWiring() {
        add("-display", QemuOption.of("none"));
        if (wiring.vnc() != null) {
            add("-vnc", QemuOption.of(wiring.vnc()));
        }
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
        if (platform.isPc()) {
            add("-device", QemuOption.of("VGA").with("id", "display"));
        }
        arguments.addAll(platform.usualDevices());
    }

    private void addParts(List<HardwarePart> parts) {
        parts.forEach(part -> add(part.kind().flag(), part.option()));
    }

    /** Add what a machine has instead of disks and NICs when these are plugged in later. */
    private void addSlots() throws MachineException {
        if (wiring.agentSocket() == null) {
            throw new MachineException("a machine that is resumed needs a socket for its agent");
        }
        add("-chardev", QemuOption.of("socket").with("id", AGENT).with("path", wiring.agentSocket()));
        add("-device", platform.virtio("virtio-serial", "agent-bus"));
        add(
                "-device",
                QemuOption.of("virtserialport")
                        .with("id", "agent-port")
                        .with("chardev", AGENT)
                        .with("name", "dev.vmtest.agent"));
        Slots.devices().forEach(slot -> add("-device", slot));
    }

    private void addDrive(Boot.Drive drive, int index) throws MachineException {
        String node = "drive-" + index;
        QemuOption backend = Hardware.raw(node, drive.file());
        switch (drive.kind()) {
            case READ_ONLY, CDROM -> backend.with("read-only", true);
            case WRITABLE -> backend.with("discard", "unmap").with("detect-zeroes", "unmap");
        }
        add("-blockdev", backend);
        add(
                "-device",
                platform.virtio("virtio-blk", node + "-device")
                        .with(
                                "serial",
                                Hardware.checkedSerial(drive.serial(), "drive " + drive.file(), DiskDriver.VIRTIO_BLK))
                        .with("drive", node));
    }

    private void add(String flag) {
        arguments.add(flag);
    }

    private void add(String flag, QemuOption value) {
        arguments.add(flag);
        arguments.add(value.text());
    }
}
