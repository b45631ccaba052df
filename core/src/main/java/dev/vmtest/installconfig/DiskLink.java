package dev.vmtest.installconfig;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Say which disk a path asks for, where a machine can have a disk that gets this path: a link below
 * {@code /dev/disk/by-id} that udev makes of what QEMU's disks show, or a name of the kernel.
 *
 * <p>The links are those of systemd's {@code 60-persistent-storage.rules}.
 *
 * @param driver the driver whose disks get such a path, as QEMU names it
 * @param serial the serial that is part of it, or null
 * @param wwn the world wide name that is part of it, or null
 * @param kernelName the name of the kernel that it is, without {@code /dev/}, or null
 */
public record DiskLink(
        String driver,
        @Nullable String serial,
        @Nullable String wwn,
        @Nullable String kernelName) {

    private static final String DIRECTORY = "/dev/disk/by-id/";

    /** How udev names a SCSI disk without a world wide name: vendor, model and serial of QEMU's. */
    private static final String QEMU_SCSI = "scsi-0QEMU_QEMU_HARDDISK_";

    private static final String QEMU_NVME = "nvme-QEMU_NVMe_Ctrl_";
    private static final Pattern WWN = Pattern.compile("(?:wwn-0x|scsi-3)([0-9a-f]{16})");
    private static final Pattern KERNEL_NAME = Pattern.compile("/dev/(sd[a-z]+|vd[a-z]+|nvme[0-9]+n[0-9]+)");
    private static final Pattern PARTITION =
            Pattern.compile(".*-part[0-9]+|/dev/[svx]d[a-z]+[0-9]+|/dev/(nvme|mmcblk).*p[0-9]+");

    /** Return what a path asks for, or empty if no disk of a machine can get it. */
    public static Optional<DiskLink> of(@Nullable String path) {
        if (path == null) {
            return Optional.empty();
        }
        Matcher name = KERNEL_NAME.matcher(path);
        if (name.matches()) {
            return Optional.of(new DiskLink(driver(name.group(1)), null, null, name.group(1)));
        }
        boolean isDisk = path.startsWith(DIRECTORY) && !PARTITION.matcher(path).matches();
        return isDisk ? byId(path.substring(DIRECTORY.length())) : Optional.empty();
    }

    private static Optional<DiskLink> byId(String link) {
        Matcher wwn = WWN.matcher(link);
        if (wwn.matches()) {
            return Optional.of(new DiskLink("scsi-hd", null, "0x" + wwn.group(1), null));
        }
        return bySerial(link, "virtio-", "virtio-blk")
                .or(() -> bySerial(link, QEMU_SCSI, "scsi-hd"))
                .or(() -> bySerial(link, QEMU_NVME, "nvme"));
    }

    private static Optional<DiskLink> bySerial(String link, String prefix, String driver) {
        boolean named = link.startsWith(prefix) && link.length() > prefix.length();
        return named
                ? Optional.of(new DiskLink(driver, link.substring(prefix.length()), null, null))
                : Optional.empty();
    }

    private static String driver(String kernelName) {
        return kernelName.startsWith("sd") ? "scsi-hd" : kernelName.startsWith("vd") ? "virtio-blk" : "nvme";
    }

    /**
     * Return the name that the kernel gives the first path to a disk when it finds those of one driver in order.
     *
     * @param driver the disk's driver, as QEMU names it
     * @param before how many paths to disks of that driver come before it
     */
    public static String kernelName(String driver, int before) {
        if (driver.equals("nvme")) {
            return "nvme" + before + "n1";
        }
        StringBuilder letters = new StringBuilder();
        for (int rest = before; rest >= 0; rest = rest / 26 - 1) {
            letters.insert(0, (char) ('a' + rest % 26));
        }
        return (driver.equals("scsi-hd") ? "sd" : "vd") + letters;
    }

    /** Return what to write instead of a path that no disk of a machine gets. */
    public static String remedy(String path) {
        String link = path.startsWith(DIRECTORY) ? path.substring(DIRECTORY.length()) : "";
        if (path.matches("/dev/mapper/mpath[a-z]+") || link.startsWith("dm-name-mpath")) {
            String name = path.substring(path.lastIndexOf("mpath"));
            return "name it by 'serial:', and write 'multipath: " + name + "'";
        }
        if (PARTITION.matcher(path).matches()) {
            return "name the whole disk, and its partitions by actions of their own";
        }
        for (String prefix : List.of("nvme-", "scsi-", "wwn-")) {
            if (link.startsWith(prefix)) {
                return "name it by 'serial:', or by a link that a disk of QEMU's gets, such as " + DIRECTORY
                        + example(prefix);
            }
        }
        return "name it by 'serial:' instead; the machine gets a disk that has it";
    }

    private static String example(String prefix) {
        return switch (prefix) {
            case "nvme-" -> QEMU_NVME + "disk-a";
            case "scsi-" -> QEMU_SCSI + "disk-a";
            default -> "wwn-0x5000c500a1b2c3d4";
        };
    }
}
