package dev.vmtest.check;

import dev.vmtest.facts.BlockDevice;
import dev.vmtest.facts.DiskLabel;
import dev.vmtest.facts.Facts;
import dev.vmtest.storage.Disk;
import dev.vmtest.storage.Origin;
import dev.vmtest.storage.Partition;
import dev.vmtest.storage.PartitionTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Check disks: their identity, and the partition table of disks and of what else can carry one. */
final class DiskChecks {

    private final Devices devices;

    DiskChecks(Devices devices) {
        this.devices = devices;
    }

    List<Check> of(Disk disk) {
        List<Check> checks = new ArrayList<>();
        String name = "disk " + disk.id();
        checks.add(Check.of(name + ": present", disk.origin().location(), facts -> present(facts, disk)));
        checks.addAll(table(name, disk.origin(), disk.partitionTable(), disk.preserve()));
        return checks;
    }

    /**
     * Return the checks of a partition table.
     *
     * @param name the type and id of the action that asks for it
     */
    List<Check> table(String name, Origin origin, @Nullable PartitionTable table, boolean preserve) {
        List<Check> checks = new ArrayList<>();
        if (table == null) {
            return checks;
        }
        String type = switch (table) {
            case GPT -> "gpt";
            case MSDOS -> "dos";
            case VTOC -> "dasd";
            case UNSUPPORTED -> "";
        };
        if (!type.isEmpty()) {
            checks.add(Check.of(
                    name + ": partition table",
                    origin.location("ptable"),
                    facts -> Outcome.equal(
                            "the partition table's type",
                            type,
                            label(facts, origin.id()).type())));
        }
        checks.add(Check.of(
                name + ": partitions", origin.location("ptable"), facts -> partitions(facts, origin.id(), preserve)));
        return checks;
    }

    private Outcome present(Facts facts, Disk disk) {
        BlockDevice device = devices.find(facts, disk.id());
        String wwn = disk.wwn();
        if (wwn != null && facts.diskByWwn(wwn).filter(device::equals).isEmpty()) {
            return Outcome.failed("the disk's wwn should be " + wwn + " but is " + device.wwn());
        }
        return Outcome.passed("the disk is " + device.kernelName() + ", " + device.size() + " bytes");
    }

    private DiskLabel label(Facts facts, String id) {
        return devices.label(facts, devices.find(facts, id), id);
    }

    /** Compare the set of partition numbers; what was there before may stay only if it is preserved. */
    private Outcome partitions(Facts facts, String id, boolean preserve) {
        Set<Integer> expected = new TreeSet<>();
        for (Partition partition : devices.config().all(Partition.class)) {
            if (partition.device().equals(id)) {
                expected.add(devices.number(partition));
            }
        }
        DiskLabel label = label(facts, id);
        Set<Integer> actual =
                label.slots().stream().map(DiskLabel.Slot::number).collect(Collectors.toCollection(TreeSet::new));
        boolean right =
                (preserve && devices.config().version() == 1) ? actual.containsAll(expected) : actual.equals(expected);
        return right
                ? Outcome.passed("the disk has the partitions " + actual)
                : Outcome.failed("the disk should have the partitions " + expected + " but has " + actual);
    }
}
