package dev.vmtest.check;

import dev.vmtest.facts.Facts;
import dev.vmtest.facts.MdArray;
import dev.vmtest.storage.Raid;
import dev.vmtest.storage.RaidLevel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Check MD arrays: level, members, spares, name, metadata and state. */
final class RaidChecks {

    /** What mdadm(8) chooses where nothing is asked for. */
    private static final String DEFAULT_METADATA = "1.2";

    /** The kernel's words for an array that works (kernel documentation, admin-guide/md, array_state). */
    private static final Set<String> WORKING = Set.of("clean", "active", "active-idle", "write-pending", "read-auto");

    private static final Set<String> REBUILDING = Set.of("resync", "recover");

    private final Devices devices;

    RaidChecks(Devices devices) {
        this.devices = devices;
    }

    List<Check> of(Raid raid) {
        String name = "raid " + raid.id();
        if (raid.container() != null || raid.level() == RaidLevel.CONTAINER) {
            return List.of(Check.of(
                    name,
                    raid.origin().location(),
                    facts -> Outcome.failed("there is no check for arrays with a container yet, so nothing proves"
                            + " this one right; no virtual machine has the firmware RAID that it needs")));
        }
        List<Check> checks = new ArrayList<>();
        checks.add(Check.of(name + ": level", raid.origin().location("raidlevel"), facts -> level(facts, raid)));
        checks.add(Check.of(
                name + ": members",
                raid.origin().location("devices"),
                facts -> Outcome.equal(
                        "the set of members",
                        kernelNames(facts, raid.devices()),
                        find(facts, raid).members())));
        checks.add(Check.of(
                name + ": spares",
                raid.origin().location("spare_devices"),
                facts -> Outcome.equal(
                        "the set of spares",
                        kernelNames(facts, raid.spareDevices()),
                        find(facts, raid).spares())));
        String arrayName = raid.arrayName();
        if (arrayName != null) {
            checks.add(Check.of(
                    name + ": array name",
                    raid.origin().location("mdname"),
                    facts -> arrayName(find(facts, raid), arrayName)));
        }
        checks.add(Check.of(
                name + ": metadata",
                raid.origin().location("metadata"),
                facts -> Outcome.equal(
                        "the metadata's version",
                        metadata(raid),
                        find(facts, raid).metadata())));
        checks.add(Check.of(name + ": state", raid.origin().location(), facts -> state(find(facts, raid))));
        return checks;
    }

    private MdArray find(Facts facts, Raid raid) {
        String device = devices.find(facts, raid.id()).kernelName();
        return facts.stacks().arrays().stream()
                .filter(array -> array.device().equals(device))
                .findFirst()
                .orElseThrow(() -> new AbsentException(device + " is no running array"));
    }

    private Outcome level(Facts facts, Raid raid) {
        MdArray array = find(facts, raid);
        String expected = raid.level() == RaidLevel.LINEAR
                ? "linear"
                : "raid" + raid.level().text();
        return array.level().equals(expected)
                        && array.deviceCount() != raid.devices().size()
                ? Outcome.failed("the array should be made for "
                        + raid.devices().size() + " devices but is for " + array.deviceCount())
                : Outcome.equal("the level", expected, array.level());
    }

    private Set<String> kernelNames(Facts facts, Collection<String> ids) {
        Set<String> names = new TreeSet<>();
        ids.forEach(id -> names.add(devices.find(facts, id).kernelName()));
        return names;
    }

    /** The metadata of version 1 keeps {@code host:name}, or the name alone if no host was given. */
    private static Outcome arrayName(MdArray array, String expected) {
        String actual = array.name();
        String plain = actual.substring(actual.indexOf(':') + 1);
        return PartitionChecks.text("the array's name", expected, expected.contains(":") ? actual : plain);
    }

    private static String metadata(Raid raid) {
        String given = raid.metadata();
        return given == null || given.equals("default") ? DEFAULT_METADATA : given;
    }

    /** A new array may still be filling its redundancy; a member that failed or is missing may not be. */
    private static Outcome state(MdArray array) {
        boolean whole = array.degraded() == 0 || REBUILDING.contains(array.syncAction());
        String shown = array.arrayState() + ", " + array.degraded() + " members missing"
                + (array.syncAction().isEmpty() ? "" : ", " + array.syncAction());
        return WORKING.contains(array.arrayState()) && whole
                ? Outcome.passed("the array " + array.device() + " is " + shown)
                : Outcome.failed("the array " + array.device() + " should be working and whole but is " + shown);
    }
}
