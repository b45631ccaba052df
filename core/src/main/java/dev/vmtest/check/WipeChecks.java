package dev.vmtest.check;

import dev.vmtest.facts.BlockDevice;
import dev.vmtest.facts.CollectScript;
import dev.vmtest.facts.Facts;
import dev.vmtest.facts.FileSystem;
import dev.vmtest.storage.Disk;
import dev.vmtest.storage.Partition;
import dev.vmtest.storage.PartitionFlag;
import dev.vmtest.storage.StorageAction;
import dev.vmtest.storage.StorageGraph;
import dev.vmtest.storage.Wipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Check that what was to be wiped, and was not used again, holds nothing any more. */
final class WipeChecks {

    private static final String LISTING = "zeroed";
    private static final long MOST_BYTES = 8 << 20;
    private static final int SHOWN_SERIAL = 20;

    private final Devices devices;
    private final StorageGraph graph;

    WipeChecks(Devices devices) {
        this.devices = devices;
        this.graph = new StorageGraph(devices.config());
    }

    List<Check> of(Partition partition) {
        List<Check> checks = new ArrayList<>();
        if (partition.flag() == PartitionFlag.EXTENDED || !unused(partition, partition.wipe(), partition.preserve())) {
            return checks;
        }
        checks.add(Check.of(
                "partition " + partition.id() + ": wiped",
                partition.origin().location("wipe"),
                facts -> empty(facts, partition)));
        if (partition.wipe() == Wipe.ZERO && !partition.grubDevice()) {
            checks.add(Check.of(
                    "partition " + partition.id() + ": zeros",
                    partition.origin().location("wipe"),
                    facts -> zeros(facts, partition)));
        }
        if (partition.wipe() == Wipe.RANDOM) {
            checks.add(Check.of(
                    "partition " + partition.id() + ": random",
                    partition.origin().location("wipe"),
                    facts -> random(facts, partition)));
        }
        return checks;
    }

    List<Check> of(Disk disk) {
        if (disk.partitionTable() != null || !unused(disk, disk.wipe(), disk.preserve())) {
            return List.of();
        }
        return List.of(
                Check.of("disk " + disk.id() + ": wiped", disk.origin().location("wipe"), facts -> empty(facts, disk)));
    }

    /** Return the script that looks at the beginnings of partitions that are zeroed or randomized. */
    static Optional<CollectScript> script(Devices devices) {
        WipeChecks checks = new WipeChecks(devices);
        StringBuilder text = new StringBuilder();
        for (Partition partition : devices.config().all(Partition.class)) {
            Wipe wipe = partition.wipe();
            boolean looked =
                    (wipe == Wipe.ZERO || wipe == Wipe.RANDOM) && checks.unused(partition, wipe, partition.preserve());
            String identity = devices.config()
                    .find(partition.device(), Disk.class)
                    .map(devices::identity)
                    .orElse(null);
            if (looked && identity != null) {
                String shown = identity.length() > SHOWN_SERIAL ? identity.substring(0, SHOWN_SERIAL) : identity;
                text.append(wipe == Wipe.ZERO ? "zeroed " : "randomized ")
                        .append(FileChecks.quote(shown.replace(' ', '_')));
                text.append(' ')
                        .append(devices.number(partition))
                        .append(' ')
                        .append(bytes(partition))
                        .append('\n');
            }
        }
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String functions = """
                zeroed() {
                    for link in /dev/disk/by-id/*"$1"*-part"$2"; do
                        if [ -e "$link" ]; then
                            device=$(readlink -f "$link")
                            cmp -s -n "$3" "$device" /dev/zero
                            echo "${device##*/} $3 $?" >>zeroed
                        fi
                    done
                }
                randomized() {
                    for link in /dev/disk/by-id/*"$1"*-part"$2"; do
                        if [ -e "$link" ]; then
                            device=$(readlink -f "$link")
                            echo "${device##*/} $3 $(head -c "$3" "$device" | gzip -1 | wc -c)" >>randomized
                        fi
                    done
                }
                : >>zeroed
                : >>randomized
                """;
        return Optional.of(new CollectScript("zeroed-partitions", functions + text));
    }

    private boolean unused(StorageAction action, @Nullable Wipe wipe, boolean preserve) {
        return wipe != null && !preserve && graph.dependents(action.id()).isEmpty();
    }

    private Outcome empty(Facts facts, StorageAction action) {
        BlockDevice device = devices.find(facts, action.id());
        Map<String, FileSystem> found = facts.fileSystems();
        FileSystem left = found.get(device.kernelName());
        return left == null
                ? Outcome.passed("a probe finds nothing on " + device.kernelName())
                : Outcome.failed(action.id() + " (" + device.kernelName() + ") should be empty but holds " + left.type()
                        + " with the UUID " + left.uuid());
    }

    private Outcome zeros(Facts facts, Partition partition) {
        String name = devices.find(facts, partition.id()).kernelName();
        String wanted = name + " " + bytes(partition) + " ";
        List<String> lines = facts.lines(LISTING).stream()
                .filter(line -> line.startsWith(wanted))
                .toList();
        if (lines.isEmpty()) {
            return Outcome.failed("the first bytes of " + partition.id() + " (" + name + ") were not compared");
        }
        return lines.stream().allMatch(line -> line.equals(wanted + "0"))
                ? Outcome.passed("the first " + bytes(partition) + " bytes of " + name + " are zero")
                : Outcome.failed("the first " + bytes(partition) + " bytes of " + name + " should be zero but are not");
    }

    /** Random bytes cannot be compressed, so that gzip makes them no smaller; a disk's old content can be. */
    private Outcome random(Facts facts, Partition partition) {
        String name = devices.find(facts, partition.id()).kernelName();
        String wanted = name + " " + bytes(partition) + " ";
        List<String> lines = facts.lines("randomized").stream()
                .filter(line -> line.startsWith(wanted))
                .toList();
        if (lines.isEmpty()) {
            return Outcome.failed("the first bytes of " + partition.id() + " (" + name + ") were not looked at");
        }
        for (String line : lines) {
            long compressed = Long.parseLong(line.substring(wanted.length()));
            if (compressed < bytes(partition)) {
                return Outcome.failed("the first " + bytes(partition) + " bytes of " + name
                        + " should be random but compress to " + compressed);
            }
        }
        return Outcome.passed("the first " + bytes(partition) + " bytes of " + name + " cannot be compressed");
    }

    private static long bytes(Partition partition) {
        return Math.min(partition.size(), MOST_BYTES);
    }
}
