package dev.vmtest.machine.qemu;

import dev.vmtest.machine.DiskDriver;
import dev.vmtest.machine.DiskSpec;
import dev.vmtest.machine.Firmware;
import dev.vmtest.machine.GuestForward;
import dev.vmtest.machine.MachineException;
import dev.vmtest.machine.MachineSpec;
import dev.vmtest.machine.NicSpec;
import dev.vmtest.process.ShellWords;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Describe a machine's disks and NICs to QEMU, as parts to start with or as parts to plug into {@link
 * Slots} of a machine that runs.
 */
public final class Hardware {

    /** How much of a serial QEMU takes for a SCSI disk's device id where none is given. */
    private static final int DEVICE_ID = 20;

    /** What a card with a segment of its own says of its speed, in Mbit/s. */
    private static final int SPEED = 1000;

    /** The controller that SCSI disks are on. */
    public static final String SCSI_CONTROLLER = "scsi0";

    private final Platform platform;
    private final MachineSpec spec;
    private final Path diskDirectory;
    private final boolean isPlugged;
    private final List<Path> segments;
    private final List<HardwarePart> parts = new ArrayList<>();
    private int usedSlots;

    private Hardware(Platform platform, MachineSpec spec, Path diskDirectory, boolean isPlugged, List<Path> segments) {
        this.platform = platform;
        this.spec = spec;
        this.diskDirectory = diskDirectory;
        this.isPlugged = isPlugged;
        this.segments = segments;
    }

    /**
     * Return the disks as QEMU starts with them, in order.
     *
     * @throws MachineException when a serial is too long for its device
     */
    static List<HardwarePart> disks(Platform platform, MachineSpec spec, Path diskDirectory) throws MachineException {
        Hardware hardware = new Hardware(platform, spec, diskDirectory, false, List.of());
        hardware.addDisks();
        return hardware.parts;
    }

    /**
     * Return the NICs as QEMU starts with them, in order.
     *
     * @param segments see {@link Wiring#segments()}
     */
    static List<HardwarePart> nics(Platform platform, MachineSpec spec, List<Path> segments) {
        Hardware hardware = new Hardware(platform, spec, Path.of(""), false, segments);
        hardware.addNics();
        return hardware.parts;
    }

    /**
     * Return the disks and NICs in the order in which they are plugged in.
     *
     * @throws MachineException when a serial is too long for its device, or there are more than slots
     */
    static List<HardwarePart> plugged(Platform platform, MachineSpec spec, Path diskDirectory) throws MachineException {
        if (Slots.needed(spec) > Slots.COUNT) {
            throw new MachineException("the machine needs " + Slots.needed(spec)
                    + " slots for its disks and NICs, and a resumed one has " + Slots.COUNT);
        }
        Hardware hardware = new Hardware(platform, spec, diskDirectory, true, List.of());
        // The lease takes its time, so it is better asked for early.
        hardware.addNics();
        hardware.addDisks();
        return hardware.parts;
    }

    /** Return the text by which a guest tells a disk from others: its serial, or its wwn where it has only that. */
    static String identity(DiskSpec disk) {
        return disk.driver() == DiskDriver.SCSI_HD && disk.serial() == null && disk.wwn() != null
                ? disk.wwn()
                : serial(disk);
    }

    private void addDisks() throws MachineException {
        int bootIndex = 1;
        for (DiskSpec disk : spec.disks()) {
            String node = "disk-" + (bootIndex - 1);
            String serial = checkedSerial(serial(disk), "disk " + disk.name(), disk.driver());
            part(
                    HardwarePart.Kind.BLOCK_BACKEND,
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
                    device.with("share-rw", true);
                }
                // UEFI keeps its own order in its variables, which QEMU's would overrule. A machine that
                // is plugged together while it runs has started already.
                if (path == 0 && spec.firmware() == Firmware.BIOS && !isPlugged) {
                    device.with("bootindex", bootIndex);
                }
                part(HardwarePart.Kind.DEVICE, device);
            }
            bootIndex++;
        }
    }

    private QemuOption device(DiskSpec disk, String id, String serial) {
        return switch (disk.driver()) {
            case VIRTIO_BLK -> inSlot(platform.virtio("virtio-blk", id).with("serial", serial));
            case SCSI_HD -> {
                QemuOption device = QemuOption.of("scsi-hd").with("id", id).with("bus", SCSI_CONTROLLER + ".0");
                if (disk.serial() != null || disk.wwn() == null) {
                    device.with("serial", serial);
                }
                if (serial.length() > DEVICE_ID) {
                    // udev's links are made of the device's id, which is the beginning of the serial otherwise.
                    device.with("device_id", serial);
                }
                yield disk.wwn() == null ? device : device.with("wwn", number(disk.wwn()));
            }
            case NVME -> nvme(disk, id, serial);
        };
    }

    private QemuOption nvme(DiskSpec disk, String id, String serial) {
        if (isPlugged) {
            // Namespaces can't be plugged in; a controller with a namespace of its own can.
            return inSlot(QemuOption.of("nvme").with("id", id).with("serial", serial));
        }
        part(
                HardwarePart.Kind.DEVICE,
                QemuOption.of("nvme").with("id", id + "-controller").with("serial", serial));
        QemuOption namespace = QemuOption.of("nvme-ns").with("id", id).with("bus", id + "-controller");
        return disk.wwn() == null ? namespace : namespace.with("eui64", number(disk.wwn()));
    }

    /** Return the serial that a disk shows; virtio has no wwn, so there its serial stands for it. */
    private static String serial(DiskSpec disk) {
        return disk.serial() != null ? disk.serial() : disk.wwn() != null ? disk.wwn() : disk.name();
    }

    /**
     * Return the serial if a guest will see all of it.
     *
     * @throws MachineException when it is too long
     */
    public static String checkedSerial(String serial, String owner, DiskDriver driver) throws MachineException {
        if (serial.length() > driver.longestSerial()) {
            throw new MachineException("the serial \"" + serial + "\" of " + owner + " has " + serial.length()
                    + " characters; a disk on " + driver.text() + " can show " + driver.longestSerial()
                    + " at most, give it a shorter one");
        }
        return serial;
    }

    private void addNics() {
        for (int index = 0; index < spec.nics().size(); index++) {
            NicSpec nic = spec.nics().get(index);
            String id = netdev(index);
            part(HardwarePart.Kind.NETWORK_BACKEND, segments.isEmpty() ? named(nic, id) : segment(id, index));
            part(HardwarePart.Kind.DEVICE, nicDevice(nic, index, id));
        }
    }

    /** Return the name of what a NIC is connected to, by which QEMU's {@code set_link} knows the cable. */
    static String netdev(int nic) {
        return "net" + nic;
    }

    private static QemuOption named(NicSpec nic, String id) {
        if (!nic.isUser()) {
            return QemuOption.of("bridge").with("id", id).with("br", nic.bridge());
        }
        QemuOption user = QemuOption.of("user").with("id", id);
        return nic.forwards().isEmpty()
                ? user
                : user.with(
                        "guestfwd",
                        nic.forwards().stream().map(Hardware::forward).toList());
    }

    /** A command is started for each connection, where a socket would be one for all of them (qemu(1), "guestfwd"). */
    private static String forward(GuestForward forward) {
        return "tcp:" + forward.address() + ":" + forward.port() + "-cmd:"
                + forward.command().stream().map(ShellWords::quote).collect(Collectors.joining(" "));
    }

    /** QEMU connects to us, so that someone listens before the first frame (qemu(1), "-netdev stream"). */
    private QemuOption segment(String id, int nic) {
        return QemuOption.of("stream")
                .with("id", id)
                .with("server", false)
                .with("addr.type", "unix")
                .with("addr.path", segments.get(nic));
    }

    private QemuOption nicDevice(NicSpec nic, int index, String netdev) {
        QemuOption device = inSlot(platform.virtio("virtio-net", "nic" + index))
                .with("netdev", netdev)
                .with("mac", nic.mac());
        if (!segments.isEmpty()) {
            // Linux negotiates a bond (802.3ad) only over a card that says to be full duplex; virtio-net says nothing
            // else.
            device.with("speed", SPEED).with("duplex", "full");
        }
        // Nothing boots from the network: without its option ROM the firmware is faster.
        return platform.hasPci() ? device.with("romfile", "") : device;
    }

    private QemuOption inSlot(QemuOption device) {
        return isPlugged ? device.with("bus", Slots.id(usedSlots++)) : device;
    }

    /**
     * Describe a raw image file. What is lost when the host crashes is only a test's disk, so the
     * guest's flushes are not passed on.
     */
    public static QemuOption raw(String node, Path file) {
        return QemuOption.of("driver", "raw")
                .with("node-name", node)
                .with("cache.no-flush", true)
                .with("file.driver", "file")
                .with("file.filename", file);
    }

    /** Return the number, or the text for QEMU to judge. */
    private static Object number(String hexadecimal) {
        return hexadecimal.matches("0[xX][0-9A-Fa-f]{1,16}")
                ? new BigInteger(hexadecimal.substring(2), 16)
                : hexadecimal;
    }

    private void part(HardwarePart.Kind kind, QemuOption option) {
        parts.add(new HardwarePart(kind, option));
    }
}
