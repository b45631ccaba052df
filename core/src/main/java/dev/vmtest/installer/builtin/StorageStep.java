package dev.vmtest.installer.builtin;

import dev.vmtest.storage.PartitionTable;
import dev.vmtest.storage.Wipe;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Be a step of partitioning. Devices are named by the ids of the actions that describe them. */
public sealed interface StorageStep extends Step {

    /** Say by which of its identities a disk is found. */
    enum Identity {
        SERIAL,
        WWN,
        PATH;

        /** Return the word that the YAML uses. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Find a disk and wait for it. */
    record FindDisk(String device, Identity identity, String value) implements StorageStep {
        @Override
        public String describe() {
            return "find the disk with " + identity.text() + " '" + value + "'";
        }

        @Override
        public void write(ScriptWriter script) {
            script.call("find_disk", script.name(device), identity.text(), value);
        }
    }

    /** Destroy what a device holds. */
    record WipeDevice(String device, Wipe mode) implements StorageStep {
        @Override
        public String describe() {
            return "wipe (" + mode.text() + ")";
        }

        @Override
        public void write(ScriptWriter script) {
            script.call("release_disk", script.device(device));
            script.call("wipe_device", script.device(device), mode.text());
        }
    }

    /** Write a partition table with all its partitions at once. */
    record WritePartitionTable(String device, PartitionTable table, List<PartitionEntry> entries)
            implements StorageStep {

        public WritePartitionTable {
            entries = List.copyOf(entries);
        }

        @Override
        public String describe() {
            return "write a " + table.text() + " partition table with " + entries.size() + " partitions";
        }

        @Override
        public void write(ScriptWriter script) {
            List<String> lines = entries.stream().map(PartitionEntry::line).toList();
            script.callWithInput(
                    lines, "partition_disk", script.device(device), table == PartitionTable.MSDOS ? "dos" : "gpt");
        }
    }

    /** Find the device of a partition. */
    record FindPartition(String partition, String device, int number) implements StorageStep {
        @Override
        public String describe() {
            return "find partition " + number;
        }

        @Override
        public void write(ScriptWriter script) {
            script.call("find_partition", script.name(partition), script.device(device), Integer.toString(number));
        }
    }

    /** Name a disk and its partitions in {@code /dev/disk/by-dname}. */
    record NameDisk(String device, String name) implements StorageStep {
        @Override
        public String describe() {
            return "name it '" + name + "'";
        }

        @Override
        public void write(ScriptWriter script) {
            script.call("name_disk", script.device(device), name);
        }
    }

    /** Name one partition in {@code /dev/disk/by-dname}. */
    record NamePartition(String device, String name) implements StorageStep {
        @Override
        public String describe() {
            return "name it '" + name + "'";
        }

        @Override
        public void write(ScriptWriter script) {
            script.call("name_partition", script.device(device), name);
        }
    }

    /** Make a file system or a swap area. */
    record MakeFileSystem(
            String device,
            String fileSystem,
            @Nullable String label,
            @Nullable String uuid,
            List<String> extraOptions) implements StorageStep {

        public MakeFileSystem {
            extraOptions = List.copyOf(extraOptions);
        }

        @Override
        public String describe() {
            return "make " + fileSystem;
        }

        @Override
        public void write(ScriptWriter script) {
            FileSystemTool.of(fileSystem).write(script, this);
        }
    }

    /**
     * Mount something below the target.
     *
     * @param device the id of a volume, or null
     * @param spec what is mounted where there is no device: a path of the target or a word
     * @param fileSystem the type, or null to let mount find out
     */
    record MountVolume(
            @Nullable String device,
            @Nullable String spec,
            String path,
            @Nullable String fileSystem,
            String options) implements StorageStep {
        @Override
        public String describe() {
            return "mount at " + path;
        }

        @Override
        public void write(ScriptWriter script) {
            ScriptWriter.Word source;
            if (device != null) {
                source = script.device(device);
            } else {
                String text = spec == null ? "none" : spec;
                boolean inTarget = text.startsWith("/") && !text.startsWith("/dev/");
                source = inTarget ? script.inTarget(text) : ScriptWriter.quoted(text);
            }
            script.call("mount_below", source, path, fileSystem == null ? "" : fileSystem, options);
        }
    }

    /**
     * Note a line for the target's fstab.
     *
     * @param device the id of a volume, or null
     * @param spec the first field, or null to name the device by its UUID
     */
    record AddFstab(
            @Nullable String device,
            @Nullable String spec,
            String path,
            String fileSystem,
            String options,
            int frequency,
            int passNumber)
            implements StorageStep {
        @Override
        public String describe() {
            return "note the fstab line of " + (path.equals("none") ? fileSystem : path);
        }

        @Override
        public void write(ScriptWriter script) {
            ScriptWriter.Word source;
            if (spec != null) {
                source = ScriptWriter.quoted(escape(spec));
            } else {
                source = script.substitute("volume_spec", script.device(String.valueOf(device)));
            }
            ScriptWriter.Word comment = device == null ? source : script.device(device);
            script.call(
                    "add_fstab",
                    source,
                    escape(path),
                    fileSystem,
                    options,
                    Integer.toString(frequency),
                    Integer.toString(passNumber),
                    comment);
        }
    }

    /** Write white space and backslashes as fstab(5) does: as octal codes. */
    private static String escape(String field) {
        return field.replace("\\", "\\134")
                .replace(" ", "\\040")
                .replace("\t", "\\011")
                .replace("\n", "\\012");
    }
}
