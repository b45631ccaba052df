package dev.vmtest.check;

import dev.vmtest.config.Location;
import dev.vmtest.facts.BlockDevice;
import dev.vmtest.facts.DeviceLink;
import dev.vmtest.facts.Facts;
import dev.vmtest.facts.IscsiNode;
import dev.vmtest.facts.IscsiSession;
import dev.vmtest.facts.MappedDevice;
import dev.vmtest.facts.MountPoint;
import dev.vmtest.facts.Swap;
import dev.vmtest.storage.Disk;
import dev.vmtest.storage.IscsiPath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Check how disks are reached: by several paths, over iSCSI, as NVMe. */
final class PathChecks {

    private final Devices devices;
    private final Map<String, Integer> paths;

    /**
     * Hold what is checked.
     *
     * @param paths by how many paths the machine reaches disks, by the id of their action
     */
    PathChecks(Devices devices, Map<String, Integer> paths) {
        this.devices = devices;
        this.paths = Map.copyOf(paths);
    }

    List<Check> of(Disk disk) {
        List<Check> checks = new ArrayList<>();
        String name = "disk " + disk.id();
        if (disk.multipath() != null) {
            checks.add(Check.of(name + ": paths", disk.origin().location("multipath"), facts -> paths(facts, disk)));
            checks.add(Check.of(name + ": WWID", disk.origin().location(), facts -> wwid(facts, disk)));
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
        if (IscsiPath.isIscsi(disk.path())) {
            addIscsi(checks, disk, name);
        }
        return checks;
    }

    private void addIscsi(List<Check> checks, Disk disk, String name) {
        Location location = disk.origin().location("path");
        checks.add(Check.of(name + ": iSCSI session", location, facts -> session(facts, disk, address(disk))));
        checks.add(Check.of(name + ": iSCSI credentials", location, facts -> credentials(facts, disk, address(disk))));
        checks.add(Check.of(name + ": iSCSI node record", location, facts -> node(facts, address(disk))));
        checks.add(Check.of(name + ": iSCSI path", location, facts -> link(facts, disk, address(disk))));
    }

    private static IscsiPath address(Disk disk) {
        return IscsiPath.parse(disk.path())
                .orElseThrow(() -> new AbsentException("disk " + disk.id() + " has no address"));
    }

    /** The map must join all paths that the machine has, and each must lead to this disk. */
    private Outcome paths(Facts facts, Disk disk) {
        BlockDevice map = devices.find(facts, disk.id());
        if (!map.type().equals("mpath")) {
            return Outcome.failed(
                    disk.id() + " should be a map of several paths but is " + map.kernelName() + ", a " + map.type());
        }
        Integer expected = paths.get(disk.id());
        boolean all =
                expected == null ? map.parents().size() > 1 : map.parents().size() == expected;
        return all
                ? Outcome.passed(map.kernelName() + " joins the paths " + map.parents())
                : Outcome.failed(disk.id() + " (" + map.kernelName() + ") should join "
                        + (expected == null ? "several" : expected) + " paths but joins " + map.parents());
    }

    /** The map and each of its paths must be this disk: a name that a map has proves nothing. */
    private Outcome wwid(Facts facts, Disk disk) {
        BlockDevice map = devices.find(facts, disk.id());
        String identity = Objects.requireNonNullElse(devices.identity(disk), "");
        String wanted = identity.replaceFirst("^0x", "").replace(' ', '_');
        String uuid =
                facts.stacks().mapped(map.kernelName()).map(MappedDevice::uuid).orElse("");
        if (!uuid.startsWith("mpath-") || wanted.isEmpty() || !uuid.endsWith(wanted)) {
            return Outcome.failed(
                    "the map of " + disk.id() + " should be known by " + identity + " but is known by '" + uuid + "'");
        }
        List<String> strangers = facts.devices().stream()
                .filter(device -> map.parents().contains(device.kernelName()))
                .filter(device -> !identity.equals(device.serial()) && !identity.equals(device.wwn()))
                .map(BlockDevice::kernelName)
                .toList();
        return strangers.isEmpty()
                ? Outcome.passed(map.kernelName() + " and its paths are " + identity)
                : Outcome.failed("these paths of " + disk.id() + " lead to another disk: " + strangers);
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

    /** A target proves itself only to an initiator that does so too (RFC 7143, 12.1.3): else nobody logs in. */
    private Outcome credentials(Facts facts, Disk disk, IscsiPath iscsi) {
        IscsiSession session = find(facts, disk);
        String user = Objects.requireNonNullElse(iscsi.user(), "");
        String targetUser = user.isEmpty() ? "" : Objects.requireNonNullElse(iscsi.targetUser(), "");
        return Outcome.equal(
                "the list of names logged in with",
                List.of(user, targetUser),
                List.of(session.user(), session.targetUser()));
    }

    /** The record must bring the disk back at every boot, from the same portal and with the same credentials. */
    private static Outcome node(Facts facts, IscsiPath iscsi) {
        List<IscsiNode> records = facts.stacks().iscsiNodes().stream()
                .filter(node -> node.target().equals(iscsi.target()))
                .toList();
        boolean open = iscsi.user() == null && iscsi.targetUser() == null;
        IscsiNode expected = new IscsiNode(
                iscsi.target(),
                iscsi.portal(),
                "automatic",
                open ? "None" : "CHAP",
                Objects.requireNonNullElse(iscsi.user(), ""),
                Objects.requireNonNullElse(iscsi.targetUser(), ""));
        if (open && records.size() == 1) {
            // Without credentials the method that is offered makes no difference.
            IscsiNode only = records.get(0);
            expected = new IscsiNode(
                    expected.target(),
                    expected.portal(),
                    expected.startup(),
                    only.authenticationMethod(),
                    expected.user(),
                    expected.targetUser());
        }
        return Outcome.equal("the list of records", List.of(expected), records);
    }

    private Outcome link(Facts facts, Disk disk, IscsiPath iscsi) {
        String path = "/dev/disk/by-path/ip-" + iscsi.portal() + "-iscsi-" + iscsi.target() + "-lun-" + iscsi.lun();
        String device = devices.find(facts, disk.id()).kernelName();
        return PartitionChecks.text(
                "the device of " + path,
                device,
                facts.link(path).map(DeviceLink::target).orElse(null));
    }
}
