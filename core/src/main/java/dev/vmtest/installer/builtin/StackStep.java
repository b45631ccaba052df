package dev.vmtest.installer.builtin;

import dev.vmtest.secret.Secret;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Be a step that makes a device of other devices. Devices are named by the ids of the actions that describe them. */
public sealed interface StackStep extends Step {

    /** Use a device that an earlier step made: a disk action can name an array or a bcache device by its path. */
    record UseDevice(String device, String other) implements StackStep {
        @Override
        public String describe() {
            return "use the device of '" + other + "'";
        }

        @Override
        public void write(ScriptWriter script) {
            script.call("use_device", script.name(device), script.device(other));
        }
    }

    /**
     * Make an array.
     *
     * @param node its path: a number below {@code /dev}, or a name below {@code /dev/md}
     * @param name the name that its metadata keeps, or null for that of the node
     * @param level mdadm's word
     * @param metadata the metadata version, or {@code default}
     */
    record MakeArray(
            String device,
            String node,
            @Nullable String name,
            String level,
            String metadata,
            List<String> members,
            List<String> spares)
            implements StackStep {

        public MakeArray {
            members = List.copyOf(members);
            spares = List.copyOf(spares);
        }

        @Override
        public String describe() {
            return "make a raid" + level + " of " + members.size() + " devices"
                    + (spares.isEmpty() ? "" : " and " + spares.size() + " spares");
        }

        @Override
        public void write(ScriptWriter script) {
            List<Object> words = new ArrayList<>(List.of(
                    script.name(device),
                    node,
                    name == null ? "" : name,
                    level,
                    metadata,
                    Integer.toString(spares.size())));
            members.forEach(member -> words.add(script.device(member)));
            spares.forEach(spare -> words.add(script.device(spare)));
            script.call("make_array", words.toArray());
        }
    }

    /** Name an array and its partitions in {@code /dev/disk/by-dname}. */
    record NameArray(String device, String name) implements StackStep {
        @Override
        public String describe() {
            return "name it '" + name + "'";
        }

        @Override
        public void write(ScriptWriter script) {
            script.call("name_array", script.device(device), name);
        }
    }

    /**
     * Make a volume group.
     *
     * @param id its id as LVM writes it, or null for a random one
     */
    record MakeVolumeGroup(String name, @Nullable String id, List<String> devices) implements StackStep {

        public MakeVolumeGroup {
            devices = List.copyOf(devices);
        }

        @Override
        public String describe() {
            return "make volume group '" + name + "' of " + devices.size()
                    + (devices.size() == 1 ? " device" : " devices");
        }

        @Override
        public void write(ScriptWriter script) {
            List<Object> words = new ArrayList<>(List.of(name));
            devices.forEach(member -> words.add(script.device(member)));
            script.call("make_volume_group", words.toArray());
            if (id != null) {
                script.call("set_group_id", name, id);
            }
        }
    }

    /**
     * Make a logical volume.
     *
     * @param size bytes, which LVM rounds up to full extents, or null for all that remains
     */
    record MakeLogicalVolume(
            String device,
            String group,
            String name,
            @Nullable Long size) implements StackStep {
        @Override
        public String describe() {
            return "make logical volume '" + name + "' in '" + group + "'";
        }

        @Override
        public void write(ScriptWriter script) {
            script.call("make_logical_volume", script.name(device), group, name, size == null ? "" : size.toString());
        }
    }

    /** Name a logical volume in {@code /dev/disk/by-dname}. */
    record NameVolume(String device, String name) implements StackStep {
        @Override
        public String describe() {
            return "name it '" + name + "'";
        }

        @Override
        public void write(ScriptWriter script) {
            script.call("name_volume", script.device(device), name);
        }
    }

    /**
     * Encrypt a device with LUKS, open it, and note its crypttab line.
     *
     * @param key the passphrase, or null
     * @param keyFile a file of the install environment that holds it, or null
     * @param options crypttab's
     * @param recoveryKeyFile a file of the install environment that holds a second key, or null
     * @param formatOptions what cryptsetup is told when it makes the header
     */
    record Encrypt(
            String device,
            String volume,
            String name,
            @Nullable Secret key,
            @Nullable String keyFile,
            String options,
            @Nullable String recoveryKeyFile,
            List<String> formatOptions)
            implements StackStep {

        public Encrypt {
            formatOptions = List.copyOf(formatOptions);
        }

        @Override
        public String describe() {
            return "encrypt '" + volume + "' and open it as " + name;
        }

        @Override
        public void write(ScriptWriter script) {
            List<Object> words = new ArrayList<>(List.of(
                    script.name(device),
                    name,
                    script.device(volume),
                    key != null ? script.secretFile(key) : String.valueOf(keyFile),
                    options,
                    recoveryKeyFile == null ? "" : recoveryKeyFile));
            words.addAll(formatOptions);
            script.call("make_encrypted", words.toArray());
        }
    }

    /** Open a device with a key that is new at each boot, and note its crypttab line. */
    record MapRandom(String device, String volume, String name, String source, String options) implements StackStep {
        @Override
        public String describe() {
            return "open '" + volume + "' as " + name + " with a random key";
        }

        @Override
        public void write(ScriptWriter script) {
            script.call("make_random_mapping", script.name(device), name, script.device(volume), source, options);
        }
    }

    /** Make a bcache cache set of one device. */
    record MakeCache(String cache) implements StackStep {
        @Override
        public String describe() {
            return "make '" + cache + "' a cache";
        }

        @Override
        public void write(ScriptWriter script) {
            script.call("make_cache", script.device(cache));
        }
    }

    /**
     * Make a bcache device.
     *
     * @param cache the id of its cache, which an earlier step made, or null
     * @param mode the cache mode, or null for the kernel's
     */
    record MakeBcache(
            String device,
            String backing,
            @Nullable String cache,
            @Nullable String mode) implements StackStep {
        @Override
        public String describe() {
            return "make a bcache device of '" + backing + "'" + (cache == null ? "" : " cached by '" + cache + "'");
        }

        @Override
        public void write(ScriptWriter script) {
            script.call(
                    "make_bcache_device",
                    script.name(device),
                    script.device(backing),
                    cache == null ? "" : script.device(cache),
                    mode == null ? "" : mode);
        }
    }

    /** Name a bcache device and its partitions in {@code /dev/disk/by-dname}. */
    record NameBcache(String device, String name) implements StackStep {
        @Override
        public String describe() {
            return "name it '" + name + "'";
        }

        @Override
        public void write(ScriptWriter script) {
            script.call("name_bcache", script.device(device), name);
        }
    }
}
