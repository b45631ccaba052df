package dev.vmtest.check;

import dev.vmtest.facts.BlockDevice;
import dev.vmtest.facts.Facts;
import dev.vmtest.facts.IscsiSession;
import dev.vmtest.facts.MountPoint;
import dev.vmtest.facts.Swap;
import dev.vmtest.storage.Disk;
import dev.vmtest.storage.IscsiPath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Check how disks are reached: by several paths, over iSCSI, as NVMe. */
final class PathChecks {

    private final Devices devices;

    PathChecks(Devices devices) {
        this.devices = devices;
    }

    List<Check> of(Disk disk) {
        List<Check> checks = new ArrayList<>();
        String name = "disk " + disk.id();
        if (disk.multipath() != null) {
            checks.add(Check.of(name + ": paths", disk.origin().location("multipath"), facts -> paths(facts, disk)));
            checks.add(Check.of(
                    name + ": no single path used",
                    disk.origin().location("multipath"),
                    facts -> noSinglePath(facts, disk)));
        }
        if (disk.nvmeController() != null) {
            checks.add(Check.of(
                    name + ": NVMe",
                    disk.origin().location("nvme_controller"),
                    facts -> Outcome.equal(
                            "the transport",
                            "nvme",
                            Objects.requireNonNullElse(
                                    devices.find(facts, disk.id()).transport(), "unknown"))));
        }
        String path = disk.path();
        if (path != null) {
            IscsiPath.parse(path).ifPresent(iscsi -> {
                checks.add(Check.of(
                        name + ": iSCSI session",
                        disk.origin().location("path"),
                        facts -> session(facts, disk, iscsi)));
                checks.add(Check.of(
                        name + ": iSCSI credentials",
                        disk.origin().location("path"),
                        facts -> credentials(facts, disk, iscsi)));
            });
        }
        return checks;
    }

    private Outcome paths(Facts facts, Disk disk) {
        BlockDevice map = devices.find(facts, disk.id());
        return map.type().equals("mpath") && map.parents().size() > 1
                ? Outcome.passed(map.kernelName() + " joins the paths " + map.parents())
                : Outcome.failed(disk.id() + " should be one map of several paths but is " + map.kernelName() + ", a "
                        + map.type() + " on " + map.parents());
    }

    /** Whatever is mounted or swapped on must be the map or stand on it, never on one of its paths. */
    private Outcome noSinglePath(Facts facts, Disk disk) {
        BlockDevice map = devices.find(facts, disk.id());
        Set<String> forbidden = new HashSet<>(map.parents());
        if (!map.type().equals("mpath")) {
            return Outcome.failed(disk.id() + " is " + map.kernelName() + ", a single path");
        }
        for (BlockDevice device : facts.devices()) {
            if (device.type().equals("part") && device.parents().stream().anyMatch(map.parents()::contains)) {
                forbidden.add(device.kernelName());
            }
        }
        List<String> used = new ArrayList<>();
        for (MountPoint mount : facts.mounts()) {
            BindMounts.kernelName(facts, mount)
                    .filter(forbidden::contains)
                    .ifPresent(device -> used.add(device + " at " + mount.path()));
        }
        for (Swap swap : facts.swaps()) {
            if (forbidden.contains(swap.path().substring(swap.path().lastIndexOf('/') + 1))) {
                used.add(swap.path() + " as swap");
            }
        }
        return used.isEmpty()
                ? Outcome.passed("nothing uses one of the paths " + map.parents() + " alone")
                : Outcome.failed("single paths of " + disk.id() + " are in use: " + used);
    }

    private IscsiSession find(Facts facts, Disk disk) {
        String device = devices.find(facts, disk.id()).kernelName();
        String id = facts.stacks().iscsiDisks().stream()
                .filter(other -> other.device().equals(device))
                .findFirst()
                .orElseThrow(() -> new AbsentException(device + " does not come over iSCSI"))
                .session();
        return facts.stacks().iscsiSessions().stream()
                .filter(session -> session.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AbsentException("the session " + id + " is not there"));
    }

    private Outcome session(Facts facts, Disk disk, IscsiPath iscsi) {
        IscsiSession session = find(facts, disk);
        return session.state().equals("LOGGED_IN")
                ? PartitionChecks.text("the target", iscsi.target(), session.target())
                : Outcome.failed(
                        "the session with " + session.target() + " should be LOGGED_IN but is " + session.state());
    }

    private Outcome credentials(Facts facts, Disk disk, IscsiPath iscsi) {
        IscsiSession session = find(facts, disk);
        return Outcome.equal(
                "the list of names logged in with",
                List.of(
                        Objects.requireNonNullElse(iscsi.user(), ""),
                        Objects.requireNonNullElse(iscsi.targetUser(), "")),
                List.of(session.user(), session.targetUser()));
    }
}
