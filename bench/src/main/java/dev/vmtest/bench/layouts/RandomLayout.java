package dev.vmtest.bench.layouts;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/**
 * Compose one valid layout: a system disk or two with a root that boots, and data on stacks that are up to four deep,
 * such as an encrypted volume of a group on bcache on an array.
 *
 * <p>The same seed gives the same text. Mutable and confined to one thread.
 */
final class RandomLayout {

    /** The most devices that stand on one another above a partition. */
    static final int DEEPEST = 4;

    private static final int LEAF = 512;
    private static final int ROOT = 3072;
    private static final int CACHE = 320;

    private final SplittableRandom random;
    private final Map<String, List<String>> disks = new LinkedHashMap<>();
    private final List<String> stacks = new ArrayList<>();
    private final List<String> formats = new ArrayList<>();
    private final List<String> mounts = new ArrayList<>();
    private final long seed;
    private final boolean uefi;
    private int count;
    private int dataDisks;
    private int deepest;

    /** Hold a device that can be used: its id, its MiB, and how many devices it stands on. */
    private record Block(String id, int size, int depth) {}

    private RandomLayout(long seed) {
        this.seed = seed;
        this.random = new SplittableRandom(seed);
        this.uefi = random.nextInt(4) == 0;
    }

    /** Return the configuration of a seed as YAML. */
    static String yaml(long seed) {
        return new RandomLayout(seed).compose();
    }

    /** Return how many devices stand on one another above a partition in the configuration of a seed. */
    static int depth(long seed) {
        RandomLayout layout = new RandomLayout(seed);
        layout.compose();
        return layout.deepest;
    }

    private String compose() {
        dataDisks = 2 + random.nextInt(3);
        int systemDisks = 1 + random.nextInt(2);
        for (int index = 0; index < systemDisks; index++) {
            addSystemDisk("system" + index);
        }
        for (int index = 0; index < dataDisks; index++) {
            disks.put("data" + index, new ArrayList<>());
        }
        addRoot(systemDisks);
        int stackCount = 1 + random.nextInt(4);
        for (int index = 0; index < stackCount; index++) {
            use(stack(1 + random.nextInt(DEEPEST)));
        }
        return text();
    }

    private void addSystemDisk(String disk) {
        disks.put(disk, new ArrayList<>());
        if (uefi) {
            String esp = partition(disk, 512, "boot");
            if (disk.equals("system0")) {
                format(esp, "fat32", "/boot/efi", "defaults");
            }
        } else {
            partition(disk, 1, "bios_grub");
        }
    }

    /** Make a root that the firmware and GRUB reach; what GRUB can't read gets a /boot of its own. */
    private void addRoot(int systemDisks) {
        boolean mirrored = systemDisks == 2 && random.nextBoolean();
        Block root = mirrored ? mirror(systemDisks, ROOT) : new Block(partition("system0", ROOT, ""), ROOT, 0);
        boolean readable = true;
        switch (random.nextInt(5)) {
            case 0 -> root = group(root, ROOT * 3 / 4);
            case 1 -> {
                root = encrypted(root);
                readable = false;
            }
            case 2 -> {
                root = encrypted(group(root, ROOT * 3 / 4));
                readable = false;
            }
            case 3 -> {
                root = cached(root);
                readable = false;
            }
            default -> {
                // The partition or the mirror itself.
            }
        }
        if (!readable) {
            Block boot = mirrored ? mirror(systemDisks, LEAF) : new Block(partition("system0", LEAF, ""), LEAF, 0);
            format(boot.id(), "ext4", "/boot", "defaults");
        }
        format(root.id(), random.nextBoolean() ? "ext4" : "xfs", "/", "defaults");
    }

    private Block mirror(int systemDisks, int size) {
        List<String> members = new ArrayList<>();
        for (int index = 0; index < systemDisks; index++) {
            members.add(partition("system" + index, size, "raid"));
        }
        return array(members, 1, size - 8);
    }

    /** Make devices on devices, as many as asked for if their sizes allow it. */
    private Block stack(int depth) {
        Block block = random.nextInt(3) == 0 ? leaf(0) : randomArray();
        while (block.depth() < depth) {
            List<UnaryOperator<Block>> makers = new ArrayList<>(List.of(this::encrypted));
            // Neither bcache nor LVM takes a device of its own.
            if (!block.id().startsWith("cached")) {
                makers.add(this::cached);
            }
            if (!block.id().startsWith("volume")) {
                makers.add(below -> group(below, below.size() / 2));
            }
            block = makers.get(random.nextInt(makers.size())).apply(block);
        }
        return block;
    }

    private Block leaf(int disk) {
        return new Block(partition("data" + (disk % dataDisks), LEAF, ""), LEAF, 0);
    }

    private Block randomArray() {
        int[] levels = {0, 1, 5, 6, 10};
        int level = levels[random.nextInt(levels.length)];
        int least = level == 5 ? 3 : level == 6 ? 4 : 2;
        int number = level == 10 ? 4 : least + random.nextInt(2);
        List<String> members = new ArrayList<>();
        for (int index = 0; index < number; index++) {
            members.add(partition("data" + (index % dataDisks), LEAF, "raid"));
        }
        int each = LEAF - 8;
        return array(
                members,
                level,
                switch (level) {
                    case 0 -> each * number;
                    case 1 -> each;
                    case 5 -> each * (number - 1);
                    case 6 -> each * (number - 2);
                    default -> each * number / 2;
                });
    }

    private Block array(List<String> members, int level, int size) {
        String id = next("array");
        String spare = level > 0 && dataDisks > 2 && random.nextInt(3) == 0
                ? ", spare_devices: [" + partition("data2", size + 8 < ROOT ? LEAF : ROOT, "raid") + "]"
                : "";
        stacks.add("{id: %s, type: raid, name: md%d, raidlevel: %d, devices: [%s]%s}"
                .formatted(id, count, level, String.join(", ", members), spare));
        return new Block(id, size, 1);
    }

    private Block encrypted(Block below) {
        String id = next("secret");
        stacks.add(
                "{id: %s, type: dm_crypt, volume: %s, dm_name: %s, key: key of %s}".formatted(id, below.id(), id, id));
        return new Block(id, below.size() - 16, below.depth() + 1);
    }

    private Block cached(Block below) {
        String id = next("cached");
        String[] modes = {"writethrough", "writeback", "writearound"};
        stacks.add("{id: %s, type: bcache, name: %s, backing_device: %s, cache_device: %s, cache_mode: %s}"
                .formatted(id, id, below.id(), partition("data1", CACHE, ""), modes[random.nextInt(modes.length)]));
        return new Block(id, below.size() - 1, below.depth() + 1);
    }

    /** Make a group with a volume of a size, and sometimes one with the rest. */
    private Block group(Block below, int size) {
        String group = next("group");
        String volume = next("volume");
        stacks.add("{id: %s, type: lvm_volgroup, name: %s, devices: [%s]}".formatted(group, group, below.id()));
        stacks.add("{id: %s, type: lvm_partition, name: %s, volgroup: %s, size: %dM}"
                .formatted(volume, volume, group, size));
        if (random.nextBoolean()) {
            String rest = next("rest");
            stacks.add("{id: %s, type: lvm_partition, name: %s, volgroup: %s}".formatted(rest, rest, group));
            use(new Block(rest, below.size() - size - 8, below.depth() + 1));
        }
        return new Block(volume, size, below.depth() + 1);
    }

    private void use(Block block) {
        deepest = Math.max(deepest, block.depth());
        List<String> types = new ArrayList<>(List.of("ext4", "ext3", "ext2"));
        // Least sizes of mkfs.xfs and mkfs.btrfs, with room for what is lost on the way.
        if (block.size() > 350) {
            types.add("xfs");
        }
        if (block.size() > 160) {
            types.add("btrfs");
        }
        format(block.id(), types.get(random.nextInt(types.size())), "/srv/" + block.id(), "defaults,nofail");
    }

    private void format(String volume, String type, String path, String options) {
        String id = next("format");
        formats.add("{id: %s, type: format, volume: %s, fstype: %s}".formatted(id, volume, type));
        mounts.add("{id: %s, type: mount, device: %s, path: %s, options: '%s'}"
                .formatted(next("mount"), id, path, options));
    }

    private String partition(String disk, int size, String flag) {
        String id = next("part");
        disks.computeIfAbsent(disk, added -> new ArrayList<>())
                .add("{id: %s, type: partition, device: %s, size: %dM%s}"
                        .formatted(id, disk, size, flag.isEmpty() ? "" : ", flag: " + flag));
        return id;
    }

    private String next(String word) {
        return word + ++count;
    }

    private String text() {
        StringBuilder text = new StringBuilder("# The random layout of seed " + seed + ".\n");
        text.append("storage:\n  version: 1\n  config:\n");
        disks.forEach((disk, partitions) -> {
            boolean boots = disk.startsWith("system");
            text.append("    - {id: %s, type: disk, serial: %s, ptable: gpt, wipe: superblock, name: %s%s}\n"
                    .formatted(disk, disk, disk, boots ? ", grub_device: true" : ""));
            partitions.forEach(
                    partition -> text.append("    - ").append(partition).append('\n'));
        });
        stacks.forEach(action -> text.append("    - ").append(action).append('\n'));
        formats.forEach(action -> text.append("    - ").append(action).append('\n'));
        mounts.stream()
                .sorted(Comparator.comparing(RandomLayout::path))
                .forEach(action -> text.append("    - ").append(action).append('\n'));
        return text.append("swap: {size: 0}\n").toString();
    }

    private static String path(String mount) {
        return mount.substring(mount.indexOf("path: "), mount.indexOf(", options"));
    }
}
