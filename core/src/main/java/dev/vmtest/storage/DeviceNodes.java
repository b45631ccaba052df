package dev.vmtest.storage;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Know the device nodes that actions make, for a {@code disk} action may name one by its {@code path}: so the
 * documentation partitions arrays and bcache devices. The node is that of the install; after a boot the kernel may
 * call the device something else, so what holds of the node is taken to hold of the action.
 */
public final class DeviceNodes {

    private static final String DEVICES = "/dev/";
    private static final Pattern DEVICE_PATH = Pattern.compile("/dev/[^/]+(/[^/]+)*");
    private static final Pattern NUMBERED_ARRAY = Pattern.compile("md[0-9]+");

    private DeviceNodes() {}

    /** Return whether a text has the shape of a device's path. */
    public static boolean isPath(String text) {
        return DEVICE_PATH.matcher(text).matches();
    }

    /** Return where an array appears: arrays that are not called by a number have a name below {@code /dev/md}. */
    public static String of(Raid raid) {
        String name = raid.name();
        if (name.startsWith(DEVICES)) {
            return name;
        }
        return DEVICES + (NUMBERED_ARRAY.matcher(name).matches() ? "" : "md/") + name;
    }

    /** Return the action whose device a disk action names by its path, wherever in the file it stands. */
    public static Optional<StorageAction> maker(StorageConfig config, Disk disk) {
        String path = disk.path();
        if (path == null || disk.serial() != null || disk.wwn() != null || !path.startsWith(DEVICES)) {
            return Optional.empty();
        }
        // The kernel counts bcache devices from 0, in the order in which they are made.
        int bcaches = 0;
        for (StorageAction action : config.actions()) {
            if (action instanceof Raid raid && of(raid).equals(path)) {
                return Optional.of(action);
            }
            if (action instanceof Bcache bcache
                    && bcache.backingDevice() != null
                    && path.equals(DEVICES + "bcache" + bcaches++)) {
                return Optional.of(action);
            }
        }
        return Optional.empty();
    }
}
