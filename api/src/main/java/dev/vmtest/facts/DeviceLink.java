package dev.vmtest.facts;

/**
 * Describe one symbolic link that udev made.
 *
 * @param path the whole path, such as {@code /dev/disk/by-dname/main_disk-part1}
 * @param target the kernel name of the device it leads to
 */
public record DeviceLink(String path, String target) {

    /** Return the last component of the path. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
