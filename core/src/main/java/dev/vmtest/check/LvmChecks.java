package dev.vmtest.check;

import dev.vmtest.facts.Facts;
import dev.vmtest.facts.LvmLogicalVolume;
import dev.vmtest.facts.LvmPhysicalVolume;
import dev.vmtest.facts.LvmVolumeGroup;
import dev.vmtest.installconfig.Promises;
import dev.vmtest.storage.LogicalVolume;
import dev.vmtest.storage.VolumeGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Check LVM: which devices a group stands on, and the size of each volume. */
final class LvmChecks {

    private final Devices devices;
    private final Promises promises;

    LvmChecks(Devices devices, Promises promises) {
        this.devices = devices;
        this.promises = promises;
    }

    List<Check> of(VolumeGroup group) {
        String name = "lvm_volgroup " + group.id();
        List<Check> checks = new ArrayList<>();
        checks.add(
                Check.of(name + ": present", group.origin().location("name"), facts -> present(facts, group.name())));
        checks.add(Check.of(
                name + ": physical volumes",
                group.origin().location("devices"),
                facts -> physicalVolumes(facts, group)));
        String id = group.lvmId();
        if (id != null && !group.preserve() && !promises.groupIds()) {
            checks.add(Check.notJudged(
                    name + ": uuid",
                    group.origin().location("uuid"),
                    promises.installer() + " leaves the id of a volume group to LVM"));
        } else if (id != null) {
            checks.add(Check.of(
                    name + ": uuid",
                    group.origin().location("uuid"),
                    facts -> PartitionChecks.text(
                            "the group's id", id, find(facts, group.name()).uuid())));
        }
        return checks;
    }

    List<Check> of(LogicalVolume volume) {
        String name = "lvm_partition " + volume.id();
        String group = groupName(volume);
        return List.of(
                Check.of(
                        name + ": active",
                        volume.origin().location(),
                        facts -> Outcome.passed(group + "/" + volume.name() + " is "
                                + devices.find(facts, volume.id()).kernelName())),
                Check.of(name + ": size", volume.origin().location("size"), facts -> size(facts, volume, group)));
    }

    private String groupName(LogicalVolume volume) {
        return devices.groupName(volume);
    }

    private static LvmVolumeGroup find(Facts facts, String name) {
        List<LvmVolumeGroup> groups = facts.stacks().volumeGroups();
        return groups.stream()
                .filter(group -> group.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AbsentException("no volume group is called " + name + ", only "
                        + groups.stream().map(LvmVolumeGroup::name).toList()));
    }

    private static Outcome present(Facts facts, String name) {
        LvmVolumeGroup group = find(facts, name);
        return group.missing() == 0
                ? Outcome.passed(name + " has " + group.size() + " bytes")
                : Outcome.failed(name + " should be whole but " + group.missing() + " physical volumes are missing");
    }

    private Outcome physicalVolumes(Facts facts, VolumeGroup group) {
        Set<String> expected = new TreeSet<>();
        group.devices().forEach(id -> expected.add(devices.find(facts, id).kernelName()));
        Set<String> actual = new TreeSet<>();
        for (LvmPhysicalVolume volume : facts.stacks().physicalVolumes()) {
            if (volume.group().equals(group.name())) {
                actual.add(FstabSpec.kernelName(facts, volume.path()).orElse(volume.path()));
            }
        }
        return Outcome.equal("the set of physical volumes", expected, actual);
    }

    /** LVM rounds a size up to whole extents (lvcreate(8), --size); no size takes all that remains. */
    private static Outcome size(Facts facts, LogicalVolume volume, String groupName) {
        LvmLogicalVolume actual = facts.stacks().logicalVolumes().stream()
                .filter(other -> other.group().equals(groupName) && other.name().equals(volume.name()))
                .findFirst()
                .orElseThrow(() -> new AbsentException(groupName + " has no volume " + volume.name()));
        LvmVolumeGroup group = find(facts, groupName);
        Long wanted = volume.size();
        if (wanted == null) {
            return group.free() == 0
                    ? Outcome.passed("the volume has all that remained, " + actual.size() + " bytes")
                    : Outcome.failed("the volume should have all that remained but leaves " + group.free() + " bytes");
        }
        long extent = Math.max(1, group.extentSize());
        long expected = (wanted + extent - 1) / extent * extent;
        return Outcome.equal("the size", expected + " bytes", actual.size() + " bytes");
    }
}
