package dev.vmtest.check;

import dev.vmtest.config.Location;
import dev.vmtest.facts.DiskLabel;
import dev.vmtest.facts.Facts;
import dev.vmtest.storage.Partition;
import dev.vmtest.storage.PartitionFlag;
import dev.vmtest.storage.PartitionNumbers;
import dev.vmtest.storage.PartitionTable;
import dev.vmtest.storage.StorageGraph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Check partitions: number, size, type, flag, name, UUID, attributes, place. */
final class PartitionChecks {

    private static final long MEBIBYTE = 1 << 20;

    private final Devices devices;

    PartitionChecks(Devices devices) {
        this.devices = devices;
    }

    List<Check> of(Partition partition) {
        List<Check> checks = new ArrayList<>();
        add(
                checks,
                partition,
                "number",
                partition.origin().location("number"),
                facts -> Outcome.passed(
                        "partition " + devices.slot(facts, partition).number() + " is on " + partition.device()));
        add(checks, partition, "size", partition.origin().location("size"), facts -> size(facts, partition));
        PartitionTable table = StorageGraph.partitionTable(devices.config(), partition.device());
        // A partition that is kept keeps its type where none is named.
        boolean typed = !partition.preserve() || partition.flag() != null || partition.partitionType() != null;
        if (typed && (table == PartitionTable.GPT || table == PartitionTable.MSDOS)) {
            String key = partition.partitionType() == null ? "flag" : "partition_type";
            add(checks, partition, "type", partition.origin().location(key), facts -> type(facts, partition, table));
        }
        if (table == PartitionTable.MSDOS && partition.flag() == PartitionFlag.BOOT) {
            add(
                    checks,
                    partition,
                    "boot flag",
                    partition.origin().location("flag"),
                    facts -> bootFlag(facts, partition));
        }
        if (devices.config().version() > 1) {
            addVersion2(checks, partition);
        }
        return checks;
    }

    /** Add what storage version 1 has no keys for. */
    private void addVersion2(List<Check> checks, Partition partition) {
        String name = partition.partitionName();
        if (name != null) {
            add(
                    checks,
                    partition,
                    "name",
                    partition.origin().location("partition_name"),
                    facts -> text(
                            "the gpt name", name, devices.slot(facts, partition).name()));
        }
        String uuid = partition.uuid();
        if (uuid != null) {
            add(checks, partition, "uuid", partition.origin().location("uuid"), facts -> uuid(facts, partition, uuid));
        }
        Long offset = partition.offset();
        if (offset != null) {
            add(
                    checks,
                    partition,
                    "offset",
                    partition.origin().location("offset"),
                    facts -> Outcome.equal(
                            "the first byte",
                            offset,
                            devices.slot(facts, partition).start()));
        }
        if (!partition.attributes().isEmpty()) {
            add(
                    checks,
                    partition,
                    "attributes",
                    partition.origin().location("attrs"),
                    facts -> attributes(facts, partition));
        }
    }

    private static void add(
            List<Check> checks, Partition partition, String what, Location location, Function<Facts, Outcome> judge) {
        checks.add(Check.of("partition " + partition.id() + ": " + what, location, judge));
    }

    /**
     * Compare sizes. Whole MiB must come out exactly. Other sizes are cut to whole sectors, and in
     * version 1 to what is left once the partitioning tool has aligned the beginning to the next MiB
     * (sgdisk(8), --set-alignment). An extended partition has up to one MiB more for each logical one
     * in it, and one for itself.
     */
    private Outcome size(Facts facts, Partition partition) {
        DiskLabel.Slot slot = devices.slot(facts, partition);
        long sector = devices.label(facts, devices.find(facts, partition.device()), partition.device())
                .sectorSize();
        long wanted = partition.size() / sector * sector;
        long least = wanted;
        long most = wanted;
        if (partition.flag() == PartitionFlag.EXTENDED) {
            most = wanted + (PartitionNumbers.logicals(devices.config(), partition.device()) + 1) * MEBIBYTE;
        } else if (partition.origin().source().entries().isEmpty()) {
            // The automatic layout takes what the disk leaves; its size is cut to a MiB.
            most = wanted + 2 * MEBIBYTE;
        } else if (!aligned(partition)) {
            least = wanted - MEBIBYTE + sector;
            most = wanted + MEBIBYTE - sector;
        }
        String range = least == most ? least + " bytes" : "between " + least + " and " + most + " bytes";
        String actual = slot.size() + " bytes";
        return slot.size() >= least && slot.size() <= most
                ? Outcome.passed("the size is " + actual)
                : Outcome.failed("the size should be " + range + " but is " + actual);
    }

    /** Return whether no partition up to this one can disturb the alignment. */
    private boolean aligned(Partition partition) {
        if (devices.config().version() > 1) {
            return true;
        }
        for (Partition other : devices.config().all(Partition.class)) {
            if (other.device().equals(partition.device()) && other.size() % MEBIBYTE != 0) {
                return false;
            }
            if (other.id().equals(partition.id())) {
                return true;
            }
        }
        return true;
    }

    private Outcome type(Facts facts, Partition partition, PartitionTable table) {
        Set<String> expected = new TreeSet<>(
                PartitionTypes.expected(partition, table, devices.config().version()));
        String actual = devices.slot(facts, partition).type();
        return expected.contains(actual)
                ? Outcome.passed("the partition type is " + actual)
                : Outcome.failed("the partition type should be " + String.join(" or ", expected) + " but is " + actual);
    }

    private Outcome bootFlag(Facts facts, Partition partition) {
        return devices.slot(facts, partition).bootable()
                ? Outcome.passed("the partition is active")
                : Outcome.failed("the partition should be active but is not");
    }

    private Outcome uuid(Facts facts, Partition partition, String uuid) {
        String actual = devices.slot(facts, partition).uuid();
        return actual != null && actual.equalsIgnoreCase(uuid)
                ? Outcome.passed("the partition's UUID is " + actual)
                : Outcome.failed("the partition's UUID should be " + uuid + " but is " + actual);
    }

    private Outcome attributes(Facts facts, Partition partition) {
        Set<String> actual = new TreeSet<>(
                Arrays.asList(devices.slot(facts, partition).attributes().split("[ ,]+", -1)));
        actual.remove("");
        Set<String> expected = new TreeSet<>(partition.attributes());
        return Outcome.equal("the set of attributes", expected, actual);
    }

    static Outcome text(String what, String expected, @Nullable String actual) {
        return expected.equals(actual)
                ? Outcome.passed(what + " is '" + expected + "'")
                : Outcome.failed(what + " should be '" + expected + "' but is "
                        + (actual == null ? "absent" : "'" + actual + "'"));
    }
}
