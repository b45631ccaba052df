package dev.vmtest.machine.qemu;

import dev.vmtest.machine.NicSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Find out whether a machine's network interface can be put on a bridge of this host.
 *
 * <p>QEMU's own helper makes the tap device and hands it over; the device lives no longer than QEMU, however that ends.
 *
 * @param root the root of the file system that is looked at
 * @param isRoot whether QEMU is run by root
 */
public record BridgeAccess(Path root, boolean isRoot) {

    private static final String HELPER = "/usr/lib/qemu/qemu-bridge-helper";
    private static final String RULES = "/etc/qemu/bridge.conf";

    /** Look at this host. */
    public static BridgeAccess ofHost() {
        return new BridgeAccess(Path.of("/"), "root".equals(System.getProperty("user.name")));
    }

    /** Return everything that is in the way, each with what mends it; nothing for user networking. */
    public List<String> obstacles(String bridge) {
        List<String> obstacles = new ArrayList<>();
        if (bridge.equals(NicSpec.USER)) {
            return obstacles;
        }
        Path device = at("/sys/class/net").resolve(bridge);
        if (!bridge.matches("[A-Za-z0-9._-]{1,15}") || !Files.exists(device)) {
            obstacles.add("this host has no bridge " + bridge + "; make it with 'ip link add " + bridge
                    + " type bridge && ip link set " + bridge + " up', or use 'user' (CURTIN_VMTEST_BRIDGE)");
        } else if (!Files.isDirectory(device.resolve("bridge"))) {
            obstacles.add("the network device " + bridge + " is no bridge of the Linux kernel (see 'ip -d link show "
                    + bridge + "'); QEMU's helper can use no other");
        }
        if (!Files.exists(at("/dev/net/tun"))) {
            obstacles.add("this host has no /dev/net/tun for tap devices; 'modprobe tun' makes it, and a container must"
                    + " be given it");
        }
        Path helper = at(HELPER);
        if (!Files.isExecutable(helper)) {
            obstacles.add(HELPER + " is missing; install it with 'apt-get install qemu-system-common'");
        } else if (!isRoot && !isSetuid(helper)) {
            obstacles.add(
                    "only root may make tap devices here; allow QEMU's helper to with 'chmod u+s " + HELPER + "'");
        }
        if (!isAllowed(bridge, at(RULES))) {
            obstacles.add(RULES + " does not allow " + bridge + "; add a line 'allow " + bridge + "' to it");
        }
        return obstacles;
    }

    private Path at(String absolute) {
        return root.resolve(absolute.substring(1));
    }

    /** Java's permissions leave the bit out. */
    private static boolean isSetuid(Path file) {
        try {
            return ((int) Files.getAttribute(file, "unix:mode") & 04000) != 0
                    && Files.getPosixFilePermissions(file).containsAll(Set.of(PosixFilePermission.OTHERS_EXECUTE));
        } catch (IOException | UnsupportedOperationException unknown) {
            return false;
        }
    }

    /** The last rule that fits decides, as qemu-bridge-helper(1) has it; included files are not followed. */
    private static boolean isAllowed(String bridge, Path rules) {
        boolean allowed = false;
        try {
            for (String line : Files.readAllLines(rules)) {
                String[] words = line.replaceFirst("#.*", "").strip().split("\\s+", -1);
                if (words.length == 2 && words[0].equals("include")) {
                    return true;
                }
                if (words.length == 2 && (words[1].equals(bridge) || words[1].equals("all"))) {
                    allowed = words[0].equals("allow");
                }
            }
        } catch (IOException absent) {
            return false;
        }
        return allowed;
    }
}
