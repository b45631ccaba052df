package dev.vmtest.check;

import dev.vmtest.facts.BlockDevice;
import dev.vmtest.facts.DeviceLink;
import dev.vmtest.facts.Facts;
import dev.vmtest.facts.MappedDevice;
import dev.vmtest.installconfig.Promises;
import dev.vmtest.storage.Bcache;
import dev.vmtest.storage.Disk;
import dev.vmtest.storage.LogicalVolume;
import dev.vmtest.storage.Partition;
import dev.vmtest.storage.PartitionFlag;
import dev.vmtest.storage.Raid;
import dev.vmtest.storage.StorageAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Check the stable names below {@code /dev/disk/by-dname} and the udev rules that make them. */
final class NameChecks {

    private static final String DIRECTORY = "/dev/disk/by-dname/";

    private final Devices devices;
    private final Promises promises;

    NameChecks(Devices devices, Promises promises) {
        this.devices = devices;
        this.promises = promises;
    }

    /** Return what a disk's {@code name} asks for: links to it and to each partition, and a rule. */
    List<Check> of(Disk disk) {
        List<Check> checks = new ArrayList<>();
        String name = disk.name();
        if (name == null || name.isEmpty()) {
            return checks;
        }
        String link = sanitize(name);
        checks.add(Check.of(
                "disk " + disk.id() + ": dname",
                disk.origin().location("name"),
                facts -> leadsTo(facts, link, devices.find(facts, disk.id()))));
        for (Partition partition : devices.config().all(Partition.class)) {
            if (partition.device().equals(disk.id()) && partition.flag() != PartitionFlag.EXTENDED) {
                String partitionLink = link + "-part" + devices.number(partition);
                checks.add(Check.of(
                        "partition " + partition.id() + ": dname " + partitionLink,
                        disk.origin().location("name"),
                        facts -> leadsTo(facts, partitionLink, devices.find(facts, partition.id()))));
            }
        }
        checks.add(Check.of(
                "disk " + disk.id() + ": dname rule",
                disk.origin().location("name"),
                facts -> rule(facts, link, devices.find(facts, disk.id()))));
        return checks;
    }

    /** Return what a partition's own {@code name} asks for. */
    List<Check> of(Partition partition) {
        String name = partition.name();
        if (name == null || name.isEmpty()) {
            return List.of();
        }
        String check = "partition " + partition.id() + ": dname";
        if (!promises.lonePartitionNames() && devices.action(partition.device()).name() == null) {
            return List.of(Check.notJudged(
                    check,
                    partition.origin().location("name"),
                    promises.installer() + " names a partition only on a device that has a name"));
        }
        return List.of(Check.of(
                check,
                partition.origin().location("name"),
                facts -> leadsTo(facts, sanitize(name), devices.find(facts, partition.id()))));
    }

    /** Return the check of an array's name. */
    List<Check> of(Raid raid) {
        return stacked("raid ", raid.name(), raid);
    }

    /** Return the check of the name of a bcache device. */
    List<Check> of(Bcache bcache) {
        return bcache.backingDevice() == null ? List.of() : stacked("bcache ", bcache.name(), bcache);
    }

    /** Return the check of the name that the device mapper joins from group and volume. */
    List<Check> of(LogicalVolume volume) {
        String group = devices.groupName(volume);
        return group.isEmpty()
                ? List.of()
                : stacked("lvm_partition ", LogicalVolume.mapping(group, volume.name()), volume);
    }

    private List<Check> stacked(String kind, @Nullable String name, StorageAction stacked) {
        if (name == null || name.isEmpty()) {
            return List.of();
        }
        String link = sanitize(name);
        return List.of(Check.of(
                kind + stacked.id() + ": dname",
                stacked.origin().location("name"),
                facts -> leadsTo(facts, link, devices.find(facts, stacked.id()))));
    }

    /** Replace, as curtin does, all but letters, digits, {@code -} and {@code _} by {@code -}. */
    static String sanitize(String name) {
        return name.replaceAll("[^A-Za-z0-9_-]", "-");
    }

    static Outcome leadsTo(Facts facts, String name, BlockDevice device) {
        Optional<DeviceLink> link = facts.link(DIRECTORY + name);
        if (link.isEmpty()) {
            return Outcome.failed(DIRECTORY + name + " should lead to " + device.kernelName() + " but does not exist");
        }
        return Outcome.equal(
                DIRECTORY + name + "'s target", device.kernelName(), link.get().target());
    }

    /** The rule must know the disk by what udev calls its serial or wwn, or by its table's UUID. */
    private static Outcome rule(Facts facts, String name, BlockDevice device) {
        String text = facts.text("udev_rules.d/" + name + ".rules");
        List<String> identities = new ArrayList<>();
        Optional<String> map = device.type().equals("mpath")
                ? facts.stacks().mapped(device.kernelName()).map(MappedDevice::uuid)
                : Optional.empty();
        if (map.isPresent()) {
            return text.contains("ENV{DM_UUID}==\"" + map.get() + "\"") && text.contains("disk/by-dname/" + name + "\"")
                    ? Outcome.passed(name + ".rules names the map of the disk's paths by its UUID", text)
                    : Outcome.failed(
                            name + ".rules should name the map of the disk's paths by the DM_UUID " + map.get()
                                    + " and link disk/by-dname/" + name,
                            text);
        }
        if (device.serial() != null) {
            identities.add("\"" + device.serial().replace(' ', '_') + "\"");
        }
        if (device.wwn() != null) {
            identities.add("\"" + device.wwn() + "\"");
        }
        boolean byIdentity = (text.contains("ID_SERIAL") || text.contains("ID_WWN"))
                && identities.stream()
                        .anyMatch(identity -> text.contains(identity) || text.contains(identity.substring(1)));
        boolean links = text.contains("disk/by-dname/" + name + "\"");
        if (byIdentity && links) {
            return Outcome.passed(name + ".rules names the disk by " + identities, text);
        }
        return Outcome.failed(
                name + ".rules should name the disk by ID_SERIAL or ID_WWN_WITH_EXTENSION with one of " + identities
                        + " and link disk/by-dname/" + name,
                text);
    }
}
