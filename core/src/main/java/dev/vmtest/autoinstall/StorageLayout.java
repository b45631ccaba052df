package dev.vmtest.autoinstall;

import dev.vmtest.config.ListValue;
import dev.vmtest.config.MapReader;
import dev.vmtest.config.ScalarValue;
import dev.vmtest.config.Value;
import dev.vmtest.storage.Sizes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turn a layout that has a name into actions, as subiquity's documentation and its sizes have it.
 *
 * <p>The firmware is that of the machine: BIOS unless {@code vmtest: {firmware: uefi}} asks for the other.
 */
final class StorageLayout {

    /** The id of the action that is the layout's disk. */
    static final String DISK = "disk0";

    private static final long MIB = DiskRoom.MIB;
    private static final long GIB = 1024 * MIB;

    /** Large enough that a scaled root volume leaves room in its group. */
    private static final long LVM_DISK = 25 * GIB;

    private static final long PLAIN_DISK = 10 * GIB;

    /** The smallest disks with room for a system beside what boots it. */
    private static final long LEAST_LVM_DISK = 7 * GIB;

    private static final long LEAST_PLAIN_DISK = 5 * GIB;

    /** What a group of volumes and its extents cost a device. */
    private static final long EXTENT = 4 * MIB;

    /** The header of LUKS 2. */
    private static final long LUKS_HEADER = 16 * MIB;

    private final MapReader reader;
    private final Draft draft;
    private final List<Value> actions = new ArrayList<>();
    private final Place place;

    StorageLayout(MapReader reader, Draft draft) {
        this.reader = reader;
        this.draft = draft;
        this.place = new Place(reader.source().location());
    }

    /** Return the actions; none where the layout is refused. */
    ListValue actions() {
        String name = reader.text("name");
        String taken = name == null ? "lvm" : name;
        if (name == null && !reader.source().entries().isEmpty()) {
            reader.problem("name", "'name' is missing", "write 'name: lvm' or 'name: direct'");
            return place.list(List.of());
        }
        String refused = refusal(taken);
        if (!refused.isEmpty()) {
            reader.problem("name", refused, "use lvm, direct, or 'config:' with actions");
            return place.list(List.of());
        }
        boolean lvm = taken.equals("lvm");
        String policy = reader.choice("sizing-policy", "scaled", "all");
        Value password = reader.value("password");
        checkKeys(lvm);
        DiskMatch match = DiskMatch.read(reader.value("match"), draft, reader.problems());
        String written = reader.choice("ptable", "gpt", "msdos");
        reader.refuseUnknown();
        boolean uefi = draft.own().get("firmware") instanceof ScalarValue scalar
                && scalar.text().equals("uefi");
        String table = written == null ? "gpt" : written;
        DiskRoom room = new DiskRoom(size(match, lvm ? LVM_DISK : PLAIN_DISK), table.equals("gpt"));
        if (room.diskSize() < (lvm ? LEAST_LVM_DISK : LEAST_PLAIN_DISK)) {
            reader.problems()
                    .add(
                            place.location(),
                            "layout: a disk of " + Sizes.format(room.diskSize()) + " is too small for the layout "
                                    + taken,
                            "give '" + DISK + "' at least " + Sizes.format(lvm ? LEAST_LVM_DISK : LEAST_PLAIN_DISK)
                                    + " in 'vmtest: disks'");
            return place.list(List.of());
        }
        disk(match, table, uefi);
        boot(room, table, uefi);
        if (lvm) {
            volumes(room, "all".equals(policy), password);
        } else {
            partition("root", room.rest(), Map.of());
            fileSystem("root", "partition-root", "ext4", "/");
        }
        return place.list(actions);
    }

    private static String refusal(String name) {
        return switch (name) {
            case "lvm", "direct" -> "";
            case "zfs" ->
                "layout zfs is not done: it names what is in its pools by chance, so that nothing could be expected of"
                        + " it";
            case "hybrid" ->
                "layout hybrid is not done: it installs Ubuntu's kernel as a snap, sealed by a TPM that the machine has not";
            case "dd" -> "layout dd is not done: it copies the image of a disk, and the run installs files";
            default -> "'name' can't be '" + name + "'";
        };
    }

    private void checkKeys(boolean lvm) {
        String mode = reader.choice("mode", "reformat_disk", "use_gap");
        if ("use_gap".equals(mode)) {
            draft.notJudged(reader.at("mode"), "layout: a gap beside what is there; the machine's disk is empty");
        }
        for (String key : new String[] {"password", "sizing-policy"}) {
            if (reader.has(key) && !lvm) {
                draft.notDone(reader.source().locationOf(key), "layout: '" + key + "' belongs to the layout lvm");
            }
        }
        if (reader.value("password") instanceof ScalarValue password
                && password.text().isEmpty()) {
            reader.problem("password", "'password' is empty", "write a passphrase, or remove the key");
        }
        if (reader.value("recovery-key") instanceof ScalarValue flag
                ? !Boolean.FALSE.equals(flag.value())
                : reader.has("recovery-key")) {
            if (!reader.has("password")) {
                reader.problem("recovery-key", "a recovery key needs encryption", "add 'password:'");
            }
            draft.notDone(reader.source().locationOf("recovery-key"), "layout: no recovery key is added");
        }
        if (reader.has("encrypted")) {
            draft.notDone(reader.source().locationOf("encrypted"), "layout: 'encrypted' belongs to the layout hybrid");
        }
        resetPartition();
    }

    private void resetPartition() {
        Value reset = reader.value("reset-partition");
        boolean wanted = reset instanceof ScalarValue scalar && !Boolean.FALSE.equals(scalar.value());
        if (wanted && reset instanceof ScalarValue scalar && scalar.value() instanceof String) {
            Sizes.read(reader, "reset-partition");
        } else if (reset != null && !(reset instanceof ScalarValue)) {
            reader.problem("reset-partition", "'reset-partition' must be true, false or a size", "");
        }
        if (reader.bool("reset-partition-only", false)) {
            reader.problem(
                    "reset-partition-only",
                    "'reset-partition-only' installs no system that could be booted",
                    "remove the key");
        } else if (wanted) {
            draft.notDone(
                    reader.source().locationOf("reset-partition"),
                    "layout: no partition to reset from is made; a run has no medium to copy into it");
        }
    }

    private long size(DiskMatch match, long otherwise) {
        Long own = DiskPlan.ownSize(draft.own(), DISK);
        long size = own == null ? otherwise : own;
        Map<String, Value> disk = new LinkedHashMap<>();
        disk.put("id", place.text(DISK));
        disk.put("size", place.size(size));
        if (match.driver() != null) {
            disk.put("driver", place.text(match.driver()));
        }
        draft.disk(place.map(disk));
        return size;
    }

    private void disk(DiskMatch match, String table, boolean uefi) {
        Map<String, Value> disk = new LinkedHashMap<>();
        disk.put("serial", at("match").text(match.serial() == null ? DISK : match.serial()));
        disk.put("ptable", at("ptable").text(table));
        disk.put("wipe", place.text("superblock-recursive"));
        if (!uefi) {
            disk.put("grub_device", place.flag(true));
        }
        action(at("name"), "disk", DISK, disk);
    }

    private void boot(DiskRoom room, String table, boolean uefi) {
        if (uefi) {
            long size = room.take(LayoutSizes.efiPartition(room.diskSize()));
            partition("efi", size, keys("flag", place.text("boot"), "grub_device", place.flag(true)));
            fileSystem("efi", "partition-efi", "fat32", "/boot/efi");
        } else if (table.equals("gpt")) {
            partition("bios", room.take(MIB), Map.of("flag", place.text("bios_grub")));
        }
    }

    private void volumes(DiskRoom room, boolean all, @Nullable Value password) {
        long boot = room.take(LayoutSizes.bootPartition(room.rest()));
        partition("boot", boot, Map.of());
        fileSystem("boot", "partition-boot", "ext4", "/boot");
        long volume = room.rest();
        partition("volumes", volume, Map.of());
        String device = "partition-volumes";
        if (password instanceof ScalarValue phrase) {
            Map<String, Value> crypt = new LinkedHashMap<>();
            crypt.put("volume", place.text(device));
            crypt.put("dm_name", place.text("dm_crypt-0"));
            crypt.put("key", new Place(phrase.location()).text(phrase.text()));
            action(new Place(phrase.location()), "dm_crypt", "dm_crypt-0", crypt);
            device = "dm_crypt-0";
            volume -= LUKS_HEADER;
        }
        action(
                place,
                "lvm_volgroup",
                "volgroup-0",
                keys("name", place.text("ubuntu-vg"), "devices", place.texts(device)));
        long group = (volume - MIB) / EXTENT * EXTENT;
        Map<String, Value> root = new LinkedHashMap<>();
        root.put("name", place.text("ubuntu-lv"));
        root.put("volgroup", place.text("volgroup-0"));
        if (!all && LayoutSizes.rootVolume(group) < group) {
            long size = LayoutSizes.rootVolume(group) / EXTENT * EXTENT;
            root.put("size", at("sizing-policy").size(size));
        }
        action(at("sizing-policy"), "lvm_partition", "volume-root", root);
        fileSystem("root", "volume-root", "ext4", "/");
    }

    private void partition(String name, long size, Map<String, ? extends Value> more) {
        Map<String, Value> partition = new LinkedHashMap<>();
        partition.put("device", place.text(DISK));
        partition.put("size", place.size(size));
        partition.putAll(more);
        action(place, "partition", "partition-" + name, partition);
    }

    private void fileSystem(String name, String volume, String type, String path) {
        action(place, "format", "format-" + name, keys("volume", place.text(volume), "fstype", place.text(type)));
        action(place, "mount", "mount-" + name, keys("device", place.text("format-" + name), "path", place.text(path)));
    }

    private void action(Place at, String type, String id, Map<String, ? extends Value> more) {
        Map<String, Value> action = new LinkedHashMap<>();
        action.put("type", at.text(type));
        action.put("id", at.text(id));
        action.putAll(more);
        actions.add(at.map(action));
    }

    /** Two keys in their order, which Map.of would not keep. */
    private static Map<String, Value> keys(String first, Value one, String second, Value two) {
        Map<String, Value> keys = new LinkedHashMap<>();
        keys.put(first, one);
        keys.put(second, two);
        return keys;
    }

    private Place at(String key) {
        return Place.of(reader, key);
    }
}
