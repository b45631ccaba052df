package dev.vmtest.installer.builtin;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Know the tool that makes a file system and how it is told label and UUID (the tools' manual pages).
 *
 * @param program the tool
 * @param options what it is always told: to go on without a question, and to be quiet
 * @param label the option for a label
 * @param uuid the option for a UUID, or null where only {@code later} can set one
 * @param uuidPrefix what stands before the UUID in the option's argument
 */
record FileSystemTool(
        String program,
        List<String> options,
        String label,
        @Nullable String uuid,
        String uuidPrefix) {

    /** Without --mbr=n a whole disk gets a partition table that pretends there is one partition. */
    private static final FileSystemTool FAT = new FileSystemTool("mkfs.vfat", List.of("-I", "--mbr=n"), "-n", "-i", "");

    private static final Map<String, FileSystemTool> TOOLS = Map.ofEntries(
            Map.entry("btrfs", tool("mkfs.btrfs", "--label", "--uuid", "--quiet", "--force")),
            Map.entry("ext2", tool("mkfs.ext2", "-L", "-U", "-q", "-F")),
            Map.entry("ext3", tool("mkfs.ext3", "-L", "-U", "-q", "-F")),
            Map.entry("ext4", tool("mkfs.ext4", "-L", "-U", "-q", "-F")),
            Map.entry("f2fs", tool("mkfs.f2fs", "-l", "-U", "-q", "-f")),
            Map.entry("fat", FAT),
            Map.entry("vfat", FAT),
            Map.entry("fat12", fat("12")),
            Map.entry("fat16", fat("16")),
            Map.entry("fat32", fat("32")),
            Map.entry("jfs", tool("jfs_mkfs", "-L", null, "-q")),
            Map.entry("ntfs", tool("mkntfs", "--label", null, "--quiet", "--fast", "--force")),
            Map.entry("reiserfs", tool("mkfs.reiserfs", "--label", "--uuid", "-q", "-f", "-f")),
            Map.entry("swap", tool("mkswap", "--label", "--uuid", "--force")),
            Map.entry("xfs", new FileSystemTool("mkfs.xfs", List.of("-q", "-f"), "-L", "-m", "uuid=")));

    private static FileSystemTool tool(String program, String label, @Nullable String uuid, String... options) {
        return new FileSystemTool(program, List.of(options), label, uuid, "");
    }

    private static FileSystemTool fat(String bits) {
        return new FileSystemTool("mkfs.vfat", List.of("-I", "--mbr=n", "-F", bits), "-n", "-i", "");
    }

    /** Return the tool of a file system that we can make. */
    static FileSystemTool of(String fileSystem) {
        return find(fileSystem).orElseThrow(() -> new IllegalArgumentException("no tool is known for " + fileSystem));
    }

    /** Return the tool of a file system, or empty if we can't make it. */
    static Optional<FileSystemTool> find(String fileSystem) {
        return Optional.ofNullable(TOOLS.get(fileSystem));
    }

    /** Return whether a UUID has the shape that the file system can carry. */
    static boolean accepts(String fileSystem, String uuid) {
        return isFat(fileSystem)
                ? uuid.matches("[0-9A-Fa-f]{4}-?[0-9A-Fa-f]{4}")
                : fileSystem.equals("ntfs") ? uuid.matches("[0-9A-Fa-f]{16}") : uuid.contains("-");
    }

    /** Return whether a type is one of the FAT family. */
    static boolean isFat(String fileSystem) {
        return TOOLS.containsKey(fileSystem) && TOOLS.get(fileSystem).program().equals(FAT.program());
    }

    /** Return the type that the kernel mounts it as. */
    static String mountType(String fileSystem) {
        return isFat(fileSystem) ? "vfat" : fileSystem;
    }

    void write(ScriptWriter script, StorageStep.MakeFileSystem step) {
        List<Object> words = new ArrayList<>();
        words.add(program);
        words.addAll(options);
        if (step.label() != null) {
            words.add(label);
            words.add(step.label());
        }
        if (step.uuid() != null && uuid != null) {
            words.add(uuid);
            words.add(uuidPrefix + (isFat(step.fileSystem()) ? step.uuid().replace("-", "") : step.uuid()));
        }
        words.addAll(step.extraOptions());
        words.add(script.device(step.device()));
        script.call("need_tool", program, step.fileSystem());
        script.call("run", words.toArray());
        if (step.uuid() != null && uuid == null) {
            writeLater(script, step, step.uuid());
        }
    }

    private void writeLater(ScriptWriter script, StorageStep.MakeFileSystem step, String value) {
        if (program.equals("mkntfs")) {
            script.call(
                    "run", "ntfslabel", "--new-serial=" + value.toUpperCase(Locale.ROOT), script.device(step.device()));
        } else {
            script.call("run", "jfs_tune", "-U", value, script.device(step.device()));
        }
    }
}
