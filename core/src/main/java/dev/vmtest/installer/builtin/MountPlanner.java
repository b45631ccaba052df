package dev.vmtest.installer.builtin;

import dev.vmtest.config.Problems;
import dev.vmtest.storage.ActionType;
import dev.vmtest.storage.Format;
import dev.vmtest.storage.Mount;
import dev.vmtest.storage.StorageConfig;
import dev.vmtest.storage.StorageGraph;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Plan mounts and their fstab lines, in the order of their paths. */
final class MountPlanner {

    private static final String NO_PATH = "none";
    private static final String SWAP = "swap";

    /** Types that have no device ({@code nodev} in /proc/filesystems), so that nothing checks them at boot. */
    private static final Set<String> WITHOUT_DEVICE = Set.of(
            SWAP, "none", "tmpfs", "ramfs", "proc", "sysfs", "devtmpfs", "devpts", "overlay", "nfs", "nfs4", "9p");

    private MountPlanner() {}

    static List<PlannedStep> plan(StorageConfig config, List<Mount> mounts, Problems problems) {
        List<PlannedStep> steps = new ArrayList<>();
        StorageGraph graph = new StorageGraph(config);
        // Swap areas, which have no path, come last.
        mounts.stream()
                .sorted(Comparator.comparing((Mount mount) -> path(mount).equals(NO_PATH))
                        .thenComparing(MountPlanner::path))
                .forEach(mount -> plan(graph, mount, steps, problems));
        return steps;
    }

    /** Return the pass number that an fstab line of a type gets by default. */
    static int passNumber(String fileSystem) {
        return WITHOUT_DEVICE.contains(fileSystem) ? 0 : 1;
    }

    private static void plan(StorageGraph graph, Mount mount, List<PlannedStep> steps, Problems problems) {
        Format format = mount.device() == null
                ? null
                : (Format) graph.config()
                        .find(mount.device())
                        .filter(Format.class::isInstance)
                        .orElse(null);
        String type = fileSystem(mount, format);
        if (type == null || (mount.device() != null && format == null)) {
            // The storage rules have reported the reference or the missing type.
            return;
        }
        String path = path(mount);
        if (path.equals(NO_PATH) && !type.equals(SWAP)) {
            problems.add(
                    mount.origin().location("path"),
                    ActionType.describe(mount) + ": a file system of type " + type + " needs a path to be mounted at",
                    "add 'path:'");
            return;
        }
        String options = mount.options() == null ? "defaults" : mount.options();
        String volume = format == null ? null : format.volume();
        if (!type.equals(SWAP)) {
            // A bind mount is no type that mount(8) knows.
            String mountType = type.equals("bind") || type.equals("none") ? null : type;
            add(steps, mount, new StorageStep.MountVolume(volume, mount.spec(), path, mountType, options));
        }
        String noted = type.equals(SWAP) && options.equals("defaults") ? "sw" : options;
        if (volume != null && mount.spec() == null && graph.isOnNetwork(volume)) {
            noted = waitingForNetwork(noted);
        }
        int pass = mount.passNumber() == null ? passNumber(type) : mount.passNumber();
        add(steps, mount, new StorageStep.AddFstab(volume, mount.spec(), path, type, noted, mount.frequency(), pass));
    }

    /** Return options that make systemd mount after the network is there (systemd.mount(5)). */
    private static String waitingForNetwork(String options) {
        String given = options.isEmpty() ? "defaults" : options;
        return List.of(given.split(",", -1)).contains("_netdev") ? given : given + ",_netdev";
    }

    private static @Nullable String fileSystem(Mount mount, @Nullable Format format) {
        String given = mount.fileSystem();
        if (given == null) {
            return format == null ? null : FileSystemTool.mountType(format.fileSystem());
        }
        return FileSystemTool.mountType(given);
    }

    private static String path(Mount mount) {
        String path = mount.path();
        if (path == null) {
            return NO_PATH;
        }
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static void add(List<PlannedStep> steps, Mount mount, Step step) {
        steps.add(
                new PlannedStep(step, ActionType.describe(mount), mount.origin().location()));
    }
}
