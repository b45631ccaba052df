package dev.vmtest.check;

import dev.vmtest.config.Location;
import dev.vmtest.config.Placed;
import dev.vmtest.facts.BlockDevice;
import dev.vmtest.facts.BootMode;
import dev.vmtest.facts.CollectScript;
import dev.vmtest.facts.DiskLabel;
import dev.vmtest.facts.Facts;
import dev.vmtest.facts.FileSystem;
import dev.vmtest.facts.MountPoint;
import dev.vmtest.installconfig.InstallConfig;
import dev.vmtest.release.DiskImageLayout;
import dev.vmtest.release.SourceKind;
import dev.vmtest.storage.Disk;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Check that the system is the one of the source that the run made: by a mark in it, and of a whole disk by what lies on
 * the disk.
 */
final class SourceChecks {

    private static final int SECTOR = 512;
    private static final String DIRECTORY = "source";
    private static final String MARK = DIRECTORY + "/mark";
    private static final String BELOW = DIRECTORY + "/mark-below";

    private final InstallConfig config;
    private final boolean uefi;

    SourceChecks(InstallConfig config, BootMode bootMode) {
        this.config = config;
        this.uefi = bootMode == BootMode.UEFI;
    }

    /** Return the script that collects the marks; nothing where the run makes no source. */
    static Optional<CollectScript> script(InstallConfig config) {
        return config.vmtest().source() == null
                ? Optional.empty()
                : Optional.of(new CollectScript(
                        DIRECTORY,
                        "mkdir -p " + DIRECTORY
                                + "\nfor mark in /usr/lib/vmtest/source /usr/lib/vmtest/source-below; do\n"
                                + "    [ ! -e \"$mark\" ] || cp \"$mark\" \"" + DIRECTORY
                                + "/mark${mark#/usr/lib/vmtest/source}\"\ndone\n"));
    }

    List<Check> list() {
        Placed<SourceKind> source = config.vmtest().source();
        if (source == null) {
            return List.of();
        }
        SourceKind kind = source.value();
        Location place = source.location();
        List<Check> checks = new ArrayList<>();
        checks.add(Check.of("source: mark", place, facts -> mark(facts, kind)));
        if (kind == SourceKind.FSIMAGE_LAYERED) {
            checks.add(Check.of("source: upper layer", place, SourceChecks::upperLayer));
        }
        if (!kind.isDisk()) {
            return checks;
        }
        checks.add(Check.of("source: partition table", place, this::table));
        for (DiskImageLayout.Part part : DiskImageLayout.parts()) {
            checks.add(Check.of("source: partition " + part.number(), place, facts -> partition(facts, part)));
            if (!part.fileSystem().isEmpty()) {
                checks.add(Check.of(
                        "source: file system of partition " + part.number(), place, facts -> fileSystem(facts, part)));
            }
        }
        checks.add(Check.of("source: root", place, this::root));
        checks.add(Check.of("source: bytes outside of partitions", place, this::stamp));
        if (!uefi) {
            checks.add(Check.of("source: boot sector", place, this::bootSector));
        }
        return checks;
    }

    private static Outcome mark(Facts facts, SourceKind kind) {
        if (!facts.has(MARK)) {
            return Outcome.failed("the system should be that of a source of kind " + kind
                    + ", but has no /usr/lib/vmtest/source, which that brings");
        }
        return Outcome.equal("the kind of the source, as /usr/lib/vmtest/source says", kind.text(), firstLine(facts));
    }

    private static String firstLine(Facts facts) {
        return facts.text(MARK).lines().findFirst().orElse("");
    }

    private static Outcome upperLayer(Facts facts) {
        return facts.has(BELOW)
                ? Outcome.failed("/usr/lib/vmtest/source-below is there, which the upper layer removes")
                : Outcome.passed("what the upper layer removes is not there");
    }

    private BlockDevice disk(Facts facts) {
        Disk disk = config.diskAlone().all(Disk.class).get(0);
        String serial = Objects.requireNonNull(disk.serial());
        return facts.diskBySerial(serial)
                .orElseThrow(() -> new AbsentException("there is no disk with serial " + serial));
    }

    private DiskLabel label(Facts facts) {
        BlockDevice disk = disk(facts);
        return facts.label(disk)
                .orElseThrow(() -> new AbsentException("the disk " + disk.kernelName() + " has no partition table"));
    }

    private Outcome table(Facts facts) {
        DiskLabel label = label(facts);
        String found = label.type() + " " + label.id();
        return Outcome.equal("the partition table and its UUID", "gpt " + DiskImageLayout.TABLE, found);
    }

    private DiskLabel.Slot slot(Facts facts, DiskImageLayout.Part part) {
        return label(facts)
                .slot(part.number())
                .orElseThrow(() -> new AbsentException("the disk has no partition " + part.number()));
    }

    private Outcome partition(Facts facts, DiskImageLayout.Part part) {
        DiskLabel.Slot slot = slot(facts, part);
        return Outcome.equal(
                "the partition's start, size, type and UUID",
                part.start() * SECTOR + " " + part.size() * SECTOR + " " + part.type() + " " + part.uuid(),
                slot.start() + " " + slot.size() + " " + slot.type() + " " + slot.uuid());
    }

    private Outcome fileSystem(Facts facts, DiskImageLayout.Part part) {
        String device = slot(facts, part).kernelName();
        FileSystem found = facts.fileSystem(device)
                .orElseThrow(() -> new AbsentException("the partition " + device + " has no file system"));
        return Outcome.equal(
                "the file system's type and UUID",
                part.fileSystem() + " " + part.fileSystemUuid(),
                found.type() + " " + found.uuid());
    }

    private Outcome root(Facts facts) {
        String device = slot(facts, DiskImageLayout.ROOT).kernelName();
        String mounted = facts.mount("/").map(MountPoint::source).orElse("nothing");
        return Outcome.equal("what is mounted at /", "/dev/" + device, mounted);
    }

    private Outcome stamp(Facts facts) {
        byte[] head = facts.bytes("facts/boot/" + disk(facts).kernelName() + ".first");
        int from = DiskImageLayout.STAMP_START * SECTOR;
        int to = from + DiskImageLayout.STAMP_SECTORS * SECTOR;
        byte[] line = (DiskImageLayout.STAMP + "\n").getBytes(StandardCharsets.US_ASCII);
        byte[] expected = new byte[to - from];
        for (int at = 0; at < expected.length; at++) {
            expected[at] = line[at % line.length];
        }
        boolean same = head.length >= to && Arrays.equals(expected, 0, expected.length, head, from, to);
        return same
                ? Outcome.passed("sectors " + DiskImageLayout.STAMP_START + " to " + (to / SECTOR - 1)
                        + " of the disk have the bytes of the image")
                : Outcome.failed("sectors " + DiskImageLayout.STAMP_START + " to " + (to / SECTOR - 1)
                        + " of the disk should have the bytes of the image, but have others");
    }

    private Outcome bootSector(Facts facts) {
        var sector = facts.bootSector(disk(facts));
        return sector.grub() && sector.core() && sector.coreSector() == DiskImageLayout.LOADER.start()
                ? Outcome.passed("GRUB's first sector goes on at sector " + sector.coreSector() + ", where the rest is")
                : Outcome.failed("GRUB's first sector should go on at sector " + DiskImageLayout.LOADER.start()
                        + ", where the image has the rest of it, but what is there is: " + sector);
    }
}
