package dev.vmtest.storage;

import dev.vmtest.config.ListValue;
import dev.vmtest.config.MapReader;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.ScalarValue;
import dev.vmtest.secret.Secret;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Read the actions that make block devices of block devices: LVM, RAID, bcache and encryption. */
final class VolumeActions {

    private static final Pattern LVM_NAME = Pattern.compile("(?!-)(?!\\.\\.?$)[a-zA-Z0-9+_.-]{1,127}");

    /** LVM's own alphabet and length (lib/uuid/uuid.c, {@code _c} and {@code ID_LEN}). */
    private static final Pattern LVM_ID = Pattern.compile("[a-zA-Z0-9!#]{32}");

    private VolumeActions() {}

    static VolumeGroup volumeGroup(Origin origin, MapReader reader) {
        return new VolumeGroup(
                origin,
                lvmName(reader),
                requiredDevices(reader, "devices"),
                reader.bool("preserve", false),
                lvmId(reader));
    }

    private static @Nullable String lvmId(MapReader reader) {
        String id = reader.text("uuid");
        if (id != null && !LVM_ID.matcher(id.replace("-", "")).matches()) {
            reader.problem("uuid", "LVM takes no id '" + id + "'", "write 32 letters and digits, dashes aside");
            return null;
        }
        return id;
    }

    static LogicalVolume logicalVolume(Origin origin, MapReader reader) {
        reader.accept("path");
        return new LogicalVolume(
                origin,
                lvmName(reader),
                reader.requiredText("volgroup"),
                reader.filledText("size") == null ? null : Sizes.read(reader, "size"),
                reader.bool("preserve", false),
                DeviceActions.wipe(reader));
    }

    private static String lvmName(MapReader reader) {
        String name = reader.requiredText("name");
        if (!name.isEmpty() && !LVM_NAME.matcher(name).matches()) {
            reader.problem("name", "LVM allows no name '" + name + "'", "use letters, digits and + _ . - (not first)");
        }
        return name;
    }

    static DmCrypt dmCrypt(Origin origin, MapReader reader) {
        MapValue source = reader.source();
        Secret key = reader.has("key") ? new Secret(reader.requiredText("key")) : null;
        String keyFile = reader.has("keyfile") ? reader.requiredText("keyfile") : null;
        if (source.get("key") != null && source.get("keyfile") != null) {
            reader.problem("keyfile", "'key' and 'keyfile' exclude each other", "remove one of them");
        } else if (key == null && keyFile == null) {
            reader.problem("id", "nothing says what opens it", "add 'key:' or 'keyfile:'");
        }
        reader.accept("path");
        String name = reader.filledText("dm_name");
        DmCrypt crypt = new DmCrypt(
                origin,
                reader.requiredText("volume"),
                name == null ? origin.id() : name,
                key,
                keyFile,
                reader.filledText("cipher"),
                keySize(reader),
                reader.has("recovery_keyfile") ? reader.requiredText("recovery_keyfile") : null,
                List.copyOf(cryptOptions(reader)),
                reader.bool("preserve", false),
                DeviceActions.wipe(reader));
        if (crypt.hasRandomKey()) {
            refuseBesideRandomKey(reader);
        }
        return crypt;
    }

    /** One text would be taken apart into its letters, and an empty list writes an incomplete line of crypttab. */
    private static List<String> cryptOptions(MapReader reader) {
        List<String> options = reader.texts("options");
        if (options.isEmpty() && reader.value("options") instanceof ListValue) {
            reader.problem("options", "'options' is empty", "remove it to get [luks]");
        }
        return options;
    }

    /** The size is a word of cryptsetup's command line, so it must be a text. */
    private static @Nullable Integer keySize(MapReader reader) {
        if (reader.value("keysize") instanceof ScalarValue scalar
                && scalar.text().isEmpty()) {
            return null;
        }
        String size = reader.string("keysize");
        if (size == null) {
            return null;
        }
        if (!size.matches("[1-9][0-9]{1,3}") || Integer.parseInt(size) % 8 != 0) {
            reader.problem("keysize", "'" + size + "' is no size of a key in bits", "write one such as '256' or '512'");
            return null;
        }
        return Integer.valueOf(size);
    }

    private static void refuseBesideRandomKey(MapReader reader) {
        for (String key : List.of("cipher", "keysize", "recovery_keyfile")) {
            if (reader.has(key)) {
                reader.problem(
                        key,
                        "'" + key + "' has no effect with a random key",
                        "remove it, or say it in 'options', as crypttab(5) does");
            }
        }
    }

    static Raid raid(Origin origin, MapReader reader) {
        if (!reader.has("raidlevel")) {
            reader.missing("raidlevel");
        }
        RaidLevel level = reader.choice("raidlevel", raidLevels());
        String container = reader.filledText("container");
        if (container != null && reader.has("devices")) {
            reader.problem("container", "'devices' and 'container' exclude each other", "remove one of them");
        }
        List<String> devices = container == null ? requiredDevices(reader, "devices") : reader.texts("devices");
        reader.accept("path");
        return new Raid(
                origin,
                reader.requiredText("name"),
                level == null ? RaidLevel.RAID1 : level,
                devices,
                List.copyOf(reader.texts("spare_devices")),
                container,
                reader.filledText("mdname"),
                reader.filledChoice(
                        "metadata",
                        DeviceActions.same("default", "0", "0.90", "0.9", "1", "1.0", "1.1", "1.2", "ddf", "imsm")),
                DeviceActions.partitionTable(reader),
                reader.bool("preserve", false),
                DeviceActions.wipe(reader));
    }

    static Bcache bcache(Origin origin, MapReader reader) {
        String backing = reader.filledText("backing_device");
        String cache = reader.filledText("cache_device");
        if (backing == null && cache == null) {
            reader.problem("id", "it has no device", "add 'backing_device:', 'cache_device:' or both");
        }
        reader.accept("path");
        return new Bcache(
                origin,
                reader.filledText("name"),
                backing,
                cache,
                reader.filledChoice("cache_mode", DeviceActions.words(CacheMode.values(), CacheMode::text)),
                DeviceActions.partitionTable(reader),
                reader.bool("preserve", false),
                DeviceActions.wipe(reader));
    }

    static List<String> requiredDevices(MapReader reader, String key) {
        List<String> devices = reader.texts(key);
        if (!reader.has(key)) {
            reader.missing(key);
        } else if (reader.value(key) instanceof ListValue list && list.items().isEmpty()) {
            reader.problem(key, "'" + key + "' is empty", "list at least one device");
        }
        return List.copyOf(devices);
    }

    private static Map<String, RaidLevel> raidLevels() {
        Map<String, RaidLevel> words = new LinkedHashMap<>();
        for (RaidLevel level : RaidLevel.values()) {
            words.put(level.text(), level);
            if (Character.isDigit(level.text().charAt(0))) {
                words.put("raid" + level.text(), level);
            }
        }
        words.put("stripe", RaidLevel.RAID0);
        words.put("mirror", RaidLevel.RAID1);
        return words;
    }
}
