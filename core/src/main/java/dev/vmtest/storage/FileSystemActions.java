package dev.vmtest.storage;

import dev.vmtest.config.MapReader;
import dev.vmtest.config.Suggestion;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Read the actions that make directories and files possible: format, mount, zpool, zfs. */
final class FileSystemActions {

    static final List<String> FILE_SYSTEMS = List.of(
            "btrfs",
            "ext2",
            "ext3",
            "ext4",
            "f2fs",
            "fat",
            "fat12",
            "fat16",
            "fat32",
            "iso9660",
            "jfs",
            "ntfs",
            "reiserfs",
            "swap",
            "vfat",
            "xfs",
            "zfsroot");

    /** Label limits of the file systems' own tools, in bytes. */
    private static final Map<String, Integer> LABEL_LIMITS = Map.ofEntries(
            Map.entry("btrfs", 255),
            Map.entry("ext2", 16),
            Map.entry("ext3", 16),
            Map.entry("ext4", 16),
            Map.entry("f2fs", 512),
            Map.entry("fat", 11),
            Map.entry("fat12", 11),
            Map.entry("fat16", 11),
            Map.entry("fat32", 11),
            Map.entry("vfat", 11),
            Map.entry("jfs", 16),
            Map.entry("ntfs", 32),
            Map.entry("reiserfs", 16),
            Map.entry("swap", 15),
            Map.entry("xfs", 12));

    private static final Pattern TOKEN = Pattern.compile("__.*__");
    private static final Pattern VOLUME_ID = Pattern.compile("[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}|[0-9a-fA-F]{16}");
    private static final Pattern MOUNT_PATH = Pattern.compile("/|(/[^/]+)+/?");

    private FileSystemActions() {}

    static Format format(Origin origin, MapReader reader) {
        String fileSystem = reader.requiredText("fstype");
        boolean preserve = reader.bool("preserve", false);
        if (!fileSystem.isEmpty()
                && !FILE_SYSTEMS.contains(fileSystem)
                && !TOKEN.matcher(fileSystem).matches()
                && !preserve) {
            reader.problem(
                    "fstype", "unknown file system '" + fileSystem + "'", Suggestion.oneOf(fileSystem, FILE_SYSTEMS));
        }
        reader.accept("name");
        return new Format(
                origin,
                reader.requiredText("volume"),
                fileSystem,
                label(reader, fileSystem),
                fileSystemUuid(reader, fileSystem),
                List.copyOf(reader.texts("extra_options")),
                preserve);
    }

    private static @Nullable String label(MapReader reader, String fileSystem) {
        String label = reader.text("label");
        if (label == null || label.isEmpty()) {
            return null;
        }
        Integer limit = LABEL_LIMITS.get(fileSystem);
        int length = label.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
        if (limit != null && length > limit) {
            reader.problem(
                    "label", "label '" + label + "' has " + length + " bytes", fileSystem + " allows at most " + limit);
        }
        return label;
    }

    private static @Nullable String fileSystemUuid(MapReader reader, String fileSystem) {
        boolean volumeId = fileSystem.contains("fat") || fileSystem.equals("ntfs");
        return reader.matching(
                "uuid",
                text -> DeviceActions.UUID.matcher(text).matches()
                        || (volumeId && VOLUME_ID.matcher(text).matches()),
                DeviceActions.UUID_SHAPE);
    }

    static Mount mount(Origin origin, MapReader reader) {
        String path = reader.text("path");
        String device = reader.has("device") ? reader.requiredText("device") : null;
        String spec = reader.filledText("spec");
        String fileSystem = reader.filledText("fstype");
        if (path != null
                && !path.equals("none")
                && !path.isEmpty()
                && !MOUNT_PATH.matcher(path).matches()) {
            reader.problem("path", "'path' must be an absolute path or 'none', not '" + path + "'", "");
        }
        if (path != null && List.of(path.split("/")).contains("..")) {
            reader.problem("path", "'path' must not contain '..'", "");
        }
        if (device == null && path == null && spec == null) {
            reader.problem("id", "nothing says what is mounted", "add 'device:' and 'path:'");
        } else if (device == null && (spec == null || fileSystem == null)) {
            String missing = spec == null ? (fileSystem == null ? "'spec' and 'fstype'" : "'spec'") : "'fstype'";
            reader.problem("id", "without 'device' a mount needs " + missing, "add " + missing + " or 'device'");
        }
        String options = reader.text("options");
        if (options != null && options.matches(".*\\s.*")) {
            reader.problem(
                    "options", "'options' must not contain spaces: '" + options + "'", "separate them by commas");
        }
        Integer frequency = reader.integer("freq", 0, 9);
        return new Mount(
                origin,
                path == null || path.isEmpty() ? null : path,
                device,
                spec,
                fileSystem,
                options == null || options.isEmpty() ? null : options,
                frequency == null ? 0 : frequency,
                reader.integer("passno", 0, 9));
    }

    static Zpool zpool(Origin origin, MapReader reader) {
        List<String> devices = VolumeActions.requiredDevices(reader, "vdevs");
        String style = reader.choice("encryption_style", DeviceActions.same("luks_keystore"));
        String keyFile = reader.text("keyfile");
        if (style != null && keyFile == null) {
            reader.problem("encryption_style", "an encrypted pool needs a key", "add 'keyfile:'");
        }
        if (style == null && keyFile != null) {
            reader.problem("keyfile", "a pool that nothing encrypts has no use for a key", "add 'encryption_style:'");
        }
        return new Zpool(
                origin,
                reader.requiredText("pool"),
                devices,
                reader.matching(
                        "mountpoint",
                        text -> text.equals("none") || MOUNT_PATH.matcher(text).matches(),
                        "an absolute path or 'none'"),
                ZfsProperties.ofPool(reader, "pool_properties"),
                ZfsProperties.ofFileSystem(reader, "fs_properties"),
                reader.bool("default_features", true),
                style,
                keyFile);
    }

    static Zfs zfs(Origin origin, MapReader reader) {
        return new Zfs(
                origin,
                reader.requiredText("pool"),
                reader.requiredText("volume"),
                ZfsProperties.ofFileSystem(reader, "properties"));
    }
}
