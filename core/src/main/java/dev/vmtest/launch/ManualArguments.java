package dev.vmtest.launch;

import dev.vmtest.launch.ManualMachine.Display;
import dev.vmtest.launch.ManualMachine.Serial;
import dev.vmtest.machine.Accelerator;
import dev.vmtest.machine.DiskDriver;
import dev.vmtest.machine.MachineException;
import dev.vmtest.machine.NicSpec;
import dev.vmtest.machine.qemu.Hardware;
import dev.vmtest.machine.qemu.Platform;
import dev.vmtest.machine.qemu.QemuOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Build QEMU's command line of a machine that a person puts together. */
public final class ManualArguments {

    private final ManualMachine machine;
    private final Accelerator accelerator;
    private final Platform platform;
    private final List<String> arguments = new ArrayList<>();

    private ManualArguments(ManualMachine machine, Accelerator accelerator) {
        this.machine = machine;
        this.accelerator = accelerator;
        this.platform = Platform.of(machine.architecture());
    }

    /**
     * Return the command line, the emulator first.
     *
     * @throws MachineException when the machine can't be expressed
     */
    public static List<String> build(ManualMachine machine, Accelerator accelerator) throws MachineException {
        return new ManualArguments(machine, accelerator).build();
    }

    private List<String> build() throws MachineException {
        arguments.add(machine.program());
        arguments.add("-no-user-config");
        addMachine();
        addDisplay();
        addSerial();
        if (!machine.reboots()) {
            arguments.add("-no-reboot");
        }
        addKernel();
        arguments.addAll(platform.usualDevices());
        for (int index = 0; index < machine.disks().size(); index++) {
            addDisk(machine.disks().get(index), index);
        }
        for (int index = 0; index < machine.nics().size(); index++) {
            addNic(machine.nics().get(index), index);
        }
        arguments.addAll(machine.further());
        return List.copyOf(arguments);
    }

    private void addMachine() {
        QemuOption option = platform.machineOption();
        ManualMachine.Firmware firmware = machine.firmware();
        if (firmware instanceof ManualMachine.Firmware.Uefi uefi) {
            add(
                    "-blockdev",
                    Hardware.raw("firmware-code", uefi.code().toAbsolutePath()).with("read-only", true));
            QemuOption variables =
                    Hardware.raw("firmware-variables", uefi.variables().toAbsolutePath());
            add("-blockdev", uefi.isReadOnly() ? variables.with("read-only", true) : variables);
            option.with("pflash0", "firmware-code").with("pflash1", "firmware-variables");
        } else if (firmware instanceof ManualMachine.Firmware.Flash flash) {
            add(
                    "-blockdev",
                    Hardware.raw("firmware-code", flash.file().toAbsolutePath()).with("read-only", true));
            option.with("pflash0", "firmware-code");
        }
        add("-machine", option);
        if (!machine.choosesAccelerator()) {
            arguments.addAll(platform.accelerated(accelerator));
        }
        if (machine.cpus() > 0) {
            arguments.addAll(List.of("-smp", Integer.toString(machine.cpus())));
        }
        if (machine.memory() > 0) {
            arguments.addAll(List.of("-m", Integer.toString(machine.memory())));
        }
    }

    private void addDisplay() {
        Display display = machine.display();
        if (display instanceof Display.None) {
            arguments.addAll(List.of("-display", "none", "-monitor", "none"));
        } else if (display instanceof Display.Curses) {
            arguments.addAll(List.of("-display", "curses"));
        } else if (display instanceof Display.Vnc vnc) {
            arguments.addAll(List.of("-vnc", vnc.display()));
        }
    }

    private void addSerial() {
        Serial serial = machine.serial();
        if (serial instanceof Serial.None) {
            arguments.addAll(List.of("-serial", "none"));
        } else if (serial instanceof Serial.Terminal) {
            arguments.addAll(List.of("-serial", "mon:stdio"));
        } else if (serial instanceof Serial.Log log) {
            add(
                    "-chardev",
                    QemuOption.of("file")
                            .with("id", "serial0")
                            .with("path", log.file().toAbsolutePath()));
            arguments.addAll(List.of("-serial", "chardev:serial0"));
        }
    }

    private void addKernel() {
        ManualMachine.Kernel kernel = machine.kernel();
        if (kernel != null) {
            arguments.addAll(List.of("-kernel", kernel.file().toAbsolutePath().toString()));
            if (kernel.initrd() != null) {
                arguments.addAll(
                        List.of("-initrd", kernel.initrd().toAbsolutePath().toString()));
            }
            arguments.addAll(List.of("-append", kernel.commandLine()));
        }
    }

    private void addDisk(ManualMachine.Disk disk, int index) throws MachineException {
        String id = "disk" + index;
        QemuOption drive = QemuOption.of("if", "none")
                .with("id", id)
                // A relative path with a colon would be the name of a protocol.
                .with("file", disk.file().toAbsolutePath())
                .with("format", disk.format());
        add("-drive", with(drive, disk.drive()));
        QemuOption device = disk.driver().equals("virtio-blk")
                ? platform.virtio("virtio-blk", id + "-device")
                : QemuOption.of(disk.driver()).with("id", id + "-device");
        String serial = disk.device().get("serial");
        if (serial != null) {
            DiskDriver known = Arrays.stream(DiskDriver.values())
                    .filter(driver -> driver.text().equals(disk.driver()))
                    .findFirst()
                    .orElse(DiskDriver.VIRTIO_BLK);
            var unused = Hardware.checkedSerial(serial, "disk " + disk.file(), known);
        }
        if (disk.driver().startsWith("scsi-") && !disk.device().containsKey("bus")) {
            device.with("bus", Hardware.SCSI_CONTROLLER + ".0");
        }
        add("-device", with(device.with("drive", id), disk.device()));
    }

    private void addNic(ManualMachine.Nic nic, int index) {
        String id = "net" + index;
        QemuOption backend = nic.bridge().equals(NicSpec.USER)
                ? QemuOption.of("user").with("id", id)
                : QemuOption.of("bridge").with("id", id).with("br", nic.bridge());
        add("-netdev", with(backend, nic.backend()));
        QemuOption device = nic.model().equals("virtio-net")
                ? platform.virtio("virtio-net", "nic" + index)
                : QemuOption.of(nic.model()).with("id", "nic" + index);
        add("-device", with(device.with("netdev", id).with("mac", nic.mac()), nic.device()));
    }

    private static QemuOption with(QemuOption option, Map<String, String> pairs) {
        pairs.forEach(option::with);
        return option;
    }

    private void add(String flag, QemuOption value) {
        arguments.add(flag);
        arguments.add(value.text());
    }
}
