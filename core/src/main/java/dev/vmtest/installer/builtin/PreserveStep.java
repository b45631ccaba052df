package dev.vmtest.installer.builtin;

import dev.vmtest.secret.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Be a step that finds something which exists and is kept, and ends the install if it is not what
 * the configuration says. Devices are named by the ids of the actions that describe them.
 */
public sealed interface PreserveStep extends Step {

    /**
     * Hold a partition table against its kind.
     *
     * @param table sfdisk's word
     */
    record VerifyTable(String device, String table) implements PreserveStep {
        @Override
        public String describe() {
            return "verify its " + table + " partition table";
        }

        @Override
        public void write(ScriptWriter script) {
            script.call("verify_table", script.device(device), table);
        }
    }

    /**
     * Hold a partition against its place and its type.
     *
     * @param start its first byte, or null for any
     * @param type its type in the table, or null for any
     */
    record VerifyPartition(
            String device,
            long size,
            @Nullable Long start,
            @Nullable String type) implements PreserveStep {
        @Override
        public String describe() {
            return "verify the partition";
        }

        @Override
        public void write(ScriptWriter script) {
            script.call(
                    "verify_partition",
                    script.device(device),
                    Long.toString(size),
                    start == null ? "" : start.toString(),
                    type == null ? "" : type);
        }
    }

    /** Remove the partitions that a configuration of version 2 does not mention. */
    record RemoveOtherPartitions(String device, List<Integer> numbers) implements PreserveStep {

        public RemoveOtherPartitions {
            numbers = List.copyOf(numbers);
        }

        @Override
        public String describe() {
            return "remove all partitions but " + numbers;
        }

        @Override
        public void write(ScriptWriter script) {
            String kept = numbers.stream().map(String::valueOf).collect(Collectors.joining(" "));
            script.call("remove_other_partitions", script.device(device), kept);
        }
    }

    /** Give partitions other sizes, with the file systems on them. */
    record ResizePartitions(String device, List<Resizing> partitions) implements PreserveStep {

        /**
         * Say what one partition becomes.
         *
         * @param start its first byte, or null for any
         * @param keepsContent whether a file system on it gets its size
         */
        public record Resizing(
                int number, long size, @Nullable Long start, boolean keepsContent) {
            private String line() {
                return number + " " + size + " " + (start == null ? "-" : start) + " "
                        + (keepsContent ? "keep" : "drop");
            }
        }

        public ResizePartitions {
            partitions = List.copyOf(partitions);
        }

        @Override
        public String describe() {
            return "resize the partitions "
                    + partitions.stream().map(Resizing::number).toList();
        }

        @Override
        public void write(ScriptWriter script) {
            script.callWithInput(
                    partitions.stream().map(Resizing::line).toList(), "resize_partitions", script.device(device));
        }
    }

    /** Hold a file system against its type. */
    record VerifyFileSystem(String device, String fileSystem) implements PreserveStep {
        @Override
        public String describe() {
            return "verify the " + fileSystem;
        }

        @Override
        public void write(ScriptWriter script) {
            script.call("verify_file_system", script.device(device), fileSystem);
        }
    }

    /** Assemble an array, and hold it against its level and its members. */
    record FindArray(String device, String node, String level, List<String> members, List<String> spares)
            implements PreserveStep {

        public FindArray {
            members = List.copyOf(members);
            spares = List.copyOf(spares);
        }

        @Override
        public String describe() {
            return "assemble the raid" + level;
        }

        @Override
        public void write(ScriptWriter script) {
            List<Object> words =
                    new ArrayList<>(List.of(script.name(device), node, level, Integer.toString(spares.size())));
            members.forEach(member -> words.add(script.device(member)));
            spares.forEach(spare -> words.add(script.device(spare)));
            script.call("find_array", words.toArray());
        }
    }

    /** Activate a volume group, and hold it against its devices. */
    record FindVolumeGroup(String name, List<String> devices) implements PreserveStep {

        public FindVolumeGroup {
            devices = List.copyOf(devices);
        }

        @Override
        public String describe() {
            return "activate volume group '" + name + "'";
        }

        @Override
        public void write(ScriptWriter script) {
            List<Object> words = new ArrayList<>(List.of(name));
            devices.forEach(member -> words.add(script.device(member)));
            script.call("find_volume_group", words.toArray());
        }
    }

    /**
     * Find a logical volume.
     *
     * @param size bytes, or null for any
     */
    record FindLogicalVolume(
            String device,
            String group,
            String name,
            @Nullable Long size) implements PreserveStep {
        @Override
        public String describe() {
            return "find logical volume '" + name + "' in '" + group + "'";
        }

        @Override
        public void write(ScriptWriter script) {
            script.call("find_logical_volume", script.name(device), group, name);
            if (size != null) {
                script.call("verify_volume_size", script.device(device), size.toString());
            }
        }
    }

    /** Open an encrypted device, and note its crypttab line. */
    record FindEncrypted(
            String device,
            String volume,
            String name,
            @Nullable Secret key,
            @Nullable String keyFile,
            String options) implements PreserveStep {
        @Override
        public String describe() {
            return "open '" + volume + "' as " + name;
        }

        @Override
        public void write(ScriptWriter script) {
            script.call(
                    "find_encrypted",
                    script.name(device),
                    name,
                    script.device(volume),
                    key != null ? script.secretFile(key) : String.valueOf(keyFile),
                    options);
        }
    }

    /** Start a bcache device, and hold it against its cache. */
    record FindBcache(
            String device, String backing, @Nullable String cache) implements PreserveStep {
        @Override
        public String describe() {
            return "start the bcache device of '" + backing + "'";
        }

        @Override
        public void write(ScriptWriter script) {
            script.call(
                    "find_bcache_device",
                    script.name(device),
                    script.device(backing),
                    cache == null ? "" : script.device(cache));
        }
    }
}
