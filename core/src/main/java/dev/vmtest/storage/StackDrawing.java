package dev.vmtest.storage;

import dev.vmtest.config.Places;
import dev.vmtest.drawing.Box;
import dev.vmtest.drawing.BoxDrawing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Draw what stands on what, one line an action: disks at the left, what stands on them indented below.
 *
 * <p>What stands on several devices is drawn in full below the first of them, and named below the others.
 */
public final class StackDrawing {

    private static final String REPEATED = "  (above)";

    private final StorageGraph graph;
    private final Map<String, Integer> numbers;
    private final Set<String> drawn = new HashSet<>();
    private final List<String> lines = new ArrayList<>();

    private StackDrawing(StorageConfig config) {
        this.graph = new StorageGraph(config);
        this.numbers = PartitionNumbers.of(config);
    }

    /** Return the lines of the drawing of a valid configuration. */
    public static List<String> lines(StorageConfig config) {
        StackDrawing drawing = new StackDrawing(config);
        for (StorageAction action : config.actions()) {
            if (drawing.graph.dependencies(action.id()).isEmpty()) {
                drawing.draw(action, "", "");
            }
        }
        return List.copyOf(drawing.lines);
    }

    /** Return the drawing of a valid configuration as an SVG document, disks at the left. */
    public static String svg(StorageConfig config) {
        StackDrawing drawing = new StackDrawing(config);
        return BoxDrawing.svg(
                "Storage layout",
                drawing.graph.topologicalOrder().stream().map(drawing::box).toList());
    }

    private Box box(StorageAction action) {
        return new Box(
                action.id(),
                action.id(),
                List.of(describe(action)),
                graph.dependencies(action.id()).stream().map(StorageAction::id).toList(),
                action.origin().location().file(),
                Places.lines(action.origin().source()));
    }

    /**
     * Draw an action and what stands on it.
     *
     * @param lead what stands before the action itself
     * @param below what stands before the lines below it
     */
    private void draw(StorageAction action, String lead, String below) {
        boolean first = drawn.add(action.id());
        lines.add(lead + action.id() + (first ? "  " + describe(action) : REPEATED));
        if (!first) {
            return;
        }
        List<StorageAction> users = graph.dependents(action.id());
        for (int index = 0; index < users.size(); index++) {
            boolean last = index == users.size() - 1;
            draw(users.get(index), below + (last ? "└─ " : "├─ "), below + (last ? "   " : "│  "));
        }
    }

    private String describe(StorageAction action) {
        if (action instanceof Disk disk) {
            return "disk" + identity(disk) + table(disk.partitionTable()) + kept(disk.preserve());
        }
        if (action instanceof Partition partition) {
            PartitionFlag flag = partition.flag();
            Integer number = numbers.get(partition.id());
            return "partition " + (number == null ? "?" : number) + ", " + Sizes.format(partition.size())
                    + (flag == null ? "" : ", " + flag.text()) + kept(partition.preserve());
        }
        if (action instanceof Format format) {
            return format.fileSystem() + kept(format.preserve());
        }
        if (action instanceof Mount mount) {
            String path = mount.path();
            return path == null || path.equals("none") ? "used as swap" : "mounted at " + path;
        }
        return describeStacked(action);
    }

    private static String describeStacked(StorageAction action) {
        if (action instanceof Raid raid) {
            String spares = raid.spareDevices().isEmpty()
                    ? ""
                    : " and " + raid.spareDevices().size() + " spare";
            return "raid " + raid.level().text() + " of " + raid.devices().size() + spares
                    + table(raid.partitionTable()) + kept(raid.preserve());
        }
        if (action instanceof VolumeGroup group) {
            return "volume group " + group.name() + kept(group.preserve());
        }
        if (action instanceof LogicalVolume volume) {
            Long size = volume.size();
            return "volume " + volume.name() + ", " + (size == null ? "the rest" : Sizes.format(size))
                    + kept(volume.preserve());
        }
        if (action instanceof DmCrypt crypt) {
            return "encrypted as " + crypt.mappingName() + kept(crypt.preserve());
        }
        if (action instanceof Bcache bcache) {
            CacheMode mode = bcache.cacheMode();
            return "bcache" + (mode == null ? "" : ", " + mode.text()) + table(bcache.partitionTable())
                    + kept(bcache.preserve());
        }
        return action.type().text();
    }

    private static String identity(Disk disk) {
        List<String> known = new ArrayList<>();
        add(known, "serial", disk.serial());
        add(known, "wwn", disk.wwn());
        add(known, "path", disk.path());
        return known.stream().map(text -> " with " + text).collect(Collectors.joining());
    }

    private static void add(List<String> known, String key, @Nullable String value) {
        if (value != null) {
            // A path of an iSCSI disk may hold passwords.
            known.add(key + " " + (value.startsWith("iscsi:") ? "iscsi:…" : value));
        }
    }

    private static String table(@Nullable PartitionTable table) {
        return table == null ? "" : ", " + table.text();
    }

    private static String kept(boolean preserve) {
        return preserve ? ", kept" : "";
    }
}
