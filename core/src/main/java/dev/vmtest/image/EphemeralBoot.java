package dev.vmtest.image;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Say how the kernel of an image boots its install environment.
 *
 * <p>The order is that of the Python harness ({@code tools/launch}), with one difference: curtin carries what follows
 * {@code ---} into the installed system, so everything that is for this boot only stands before it.
 *
 * @param root where the root file system comes from
 * @param seed the NoCloud directory, as the guest reaches it, ending in a slash
 * @param console the kernel's name of the serial port, or null where the machine's default serves
 * @param bootMac the MAC of the NIC that this boot uses, as a network boot would say; null for the first
 * @param environmentOnly further arguments for this boot
 * @param carried arguments for this boot and for the installed system
 */
public record EphemeralBoot(
        Root root,
        URI seed,
        @Nullable String console,
        @Nullable String bootMac,
        List<String> environmentOnly,
        List<String> carried) {

    /** The serial of the drive that {@link Root#disk()} looks for. */
    public static final String ROOT_SERIAL = "boot-disk";

    /** What the console of a resumed machine says once its agent has its orders. */
    public static final String RESUMED = "vmtest: resumed";

    /** What the console of a resumed machine says once all its disks and NICs are there. */
    public static final String HARDWARE = "vmtest: hardware there";

    /** Arguments that make an emulated boot shorter and end the machine when it hangs. */
    private static final List<String> TUNING = List.of(
            "mitigations=off",
            // Debian's kernels write zeros over each page before its use, and count memory by control group.
            "init_on_alloc=0",
            "cgroup_disable=memory",
            "net.ifnames=0",
            "panic=-1",
            "softlockup_panic=1",
            "hung_task_panic=1",
            "nmi_watchdog=panic,1");

    public EphemeralBoot {
        environmentOnly = List.copyOf(environmentOnly);
        carried = List.copyOf(carried);
        if (!seed.toString().endsWith("/")) {
            throw new IllegalArgumentException("the seed is a directory, so its URL ends with a slash: " + seed);
        }
    }

    /** Boot from a root with a seed, and nothing special. */
    public static EphemeralBoot of(Root root, URI seed, @Nullable String console) {
        return new EphemeralBoot(root, seed, console, null, List.of(), List.of());
    }

    /**
     * Return the kernel's arguments for a boot that ends where user-data would be fetched, with the
     * image's agent waiting to be saved. It uses no NIC; the seed comes with the orders of who resumes it.
     */
    public static List<String> untilSaved(Root root, @Nullable String console) {
        List<String> line = new ArrayList<>();
        line.add("root=" + root.argument());
        if (console != null) {
            line.add("console=" + console);
        }
        line.add("overlayroot=tmpfs");
        line.add("ro");
        line.addAll(TUNING);
        line.add("ip=off");
        line.add("vmtest.snapshot");
        return List.copyOf(line);
    }

    /** Return this boot with further arguments that reach only this boot. */
    public EphemeralBoot withEnvironmentOnly(List<String> arguments) {
        List<String> all = new ArrayList<>(environmentOnly);
        all.addAll(arguments);
        return new EphemeralBoot(root, seed, console, bootMac, all, carried);
    }

    /** Return this boot with further arguments that the installed system gets too. */
    public EphemeralBoot withCarried(List<String> arguments) {
        List<String> all = new ArrayList<>(carried);
        all.addAll(arguments);
        return new EphemeralBoot(root, seed, console, bootMac, environmentOnly, all);
    }

    /** Return this boot over the NIC with a MAC. */
    public EphemeralBoot withBootMac(String mac) {
        return new EphemeralBoot(root, seed, console, mac, environmentOnly, carried);
    }

    /** Return the kernel's arguments in order. */
    public List<String> commandLine() {
        List<String> line = new ArrayList<>();
        line.add("root=" + root.argument());
        line.add("ds=nocloud-net;seedfrom=" + seed);
        if (console != null) {
            line.add("console=" + console);
        }
        line.add("overlayroot=tmpfs");
        line.add("ro");
        line.addAll(TUNING);
        line.addAll(environmentOnly);
        if (bootMac != null) {
            line.add("BOOTIF=01-" + bootMac.toLowerCase(Locale.ROOT).replace(':', '-'));
        }
        if (!carried.isEmpty()) {
            line.add("---");
            line.addAll(carried);
        }
        return List.copyOf(line);
    }

    /**
     * Say where an install environment's root file system comes from.
     *
     * @param argument what {@code root=} says
     */
    public record Root(String argument) {

        /** The squashfs is attached as a read-only virtio disk with the serial {@link #ROOT_SERIAL}. */
        public static Root disk() {
            return new Root("/dev/disk/by-id/virtio-" + ROOT_SERIAL);
        }

        /** The guest fetches the squashfs into its memory. */
        public static Root http(URI squashfs) {
            return new Root("squash:" + squashfs);
        }
    }
}
