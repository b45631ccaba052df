package dev.vmtest.check;

import dev.vmtest.facts.BlockDevice;
import dev.vmtest.facts.DeviceLink;
import dev.vmtest.facts.Facts;
import dev.vmtest.facts.MountPoint;
import java.util.Comparator;
import java.util.Optional;

/** Say what a mount shows: which device, or which directory of another mount. */
final class BindMounts {

    private BindMounts() {}

    /**
     * Return the kernel name of the device behind a mount. btrfs has device numbers of its own, so its
     * source is looked up instead.
     */
    static Optional<String> kernelName(Facts facts, MountPoint mount) {
        Optional<String> byNumber = facts.devices().stream()
                .filter(device -> device.deviceNumber().equals(mount.deviceNumber()))
                .map(BlockDevice::kernelName)
                .findFirst();
        if (byNumber.isPresent()) {
            return byNumber;
        }
        return facts.link(mount.source())
                .map(DeviceLink::target)
                .or(() -> facts.device(mount.source().substring(mount.source().lastIndexOf('/') + 1))
                        .map(BlockDevice::kernelName));
    }

    /** Judge whether a mount shows a directory of the mount that holds it. */
    static Outcome judge(Facts facts, String directory, MountPoint actual) {
        MountPoint holder = facts.mounts().stream()
                .filter(mount -> holds(mount.path(), directory) && !mount.path().equals(actual.path()))
                .max(Comparator.comparingInt(mount -> mount.path().length()))
                .orElseThrow(() -> new AbsentException("no mount holds " + directory));
        String below = holder.path().equals("/")
                ? directory
                : directory.substring(holder.path().length());
        String expected = join(holder.root(), below);
        boolean right = holder.deviceNumber().equals(actual.deviceNumber()) && expected.equals(actual.root());
        return right
                ? Outcome.passed(actual.path() + " shows " + directory)
                : Outcome.failed(actual.path() + " should show " + directory + " (" + expected + " of "
                        + holder.source() + ") but shows " + actual.root() + " of " + actual.source());
    }

    private static boolean holds(String mountPath, String directory) {
        return mountPath.equals("/") || directory.equals(mountPath) || directory.startsWith(mountPath + "/");
    }

    private static String join(String root, String below) {
        String joined = root.equals("/") ? below : root + below;
        return joined.isEmpty() ? "/" : joined;
    }
}
