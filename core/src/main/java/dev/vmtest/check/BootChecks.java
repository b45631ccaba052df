package dev.vmtest.check;

import dev.vmtest.config.Location;
import dev.vmtest.facts.BlockDevice;
import dev.vmtest.facts.BootMode;
import dev.vmtest.facts.BootSector;
import dev.vmtest.facts.DiskLabel;
import dev.vmtest.facts.Facts;
import dev.vmtest.installconfig.GrubConfig;
import dev.vmtest.storage.Disk;
import dev.vmtest.storage.Format;
import dev.vmtest.storage.GrubDevices;
import dev.vmtest.storage.Mount;
import dev.vmtest.storage.StorageAction;
import dev.vmtest.storage.StorageGraph;
import dev.vmtest.storage.ZfsLayout;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Check how the system starts: firmware, bootloader on each disk that must have it, kernel root. */
final class BootChecks {

    private static final String BIOS_BOOT = "21686148-6449-6E6F-744E-656564454649";
    private static final Pattern LOADER = Pattern.compile(
            "(?i)efi/([^/]+/(grub|shim)(x64|aa64|ia32|arm|riscv64)\\.efi|boot/boot(x64|aa64|ia32|arm|riscv64)\\.efi)");

    private final Devices devices;
    private final StorageGraph graph;
    private final GrubConfig grub;

    BootChecks(Devices devices, GrubConfig grub) {
        this.devices = devices;
        this.grub = grub;
        this.graph = new StorageGraph(devices.config());
    }

    List<Check> of(Target target) {
        List<Check> checks = new ArrayList<>();
        Mount root = mount("/");
        Optional<ZfsLayout.Root> pooled = ZfsLayout.root(devices.config());
        if (root == null && pooled.isEmpty()) {
            return checks;
        }
        StorageAction action = root == null ? pooled.map(ZfsLayout.Root::action).orElseThrow() : root;
        Location location = action.origin().location();
        checks.add(Check.of(
                "boot: firmware",
                location,
                facts -> Outcome.equal("the boot mode", target.bootMode(), facts.bootMode())));
        checks.add(Check.of(
                "boot: kernel root",
                location,
                facts -> root == null ? kernelRoot(facts, pooled.orElseThrow().dataset()) : kernelRoot(facts, root)));
        switch (target.bootMode()) {
            case BIOS -> addBios(checks, action);
            case UEFI -> {
                Mount esp = mount("/boot/efi");
                Location place = esp == null ? location : esp.origin().location("path");
                checks.add(Check.of("boot: loader on the ESP", place, BootChecks::loader));
            }
        }
        return checks;
    }

    private @Nullable Mount mount(String path) {
        return devices.config().all(Mount.class).stream()
                .filter(mount -> path.equals(mount.path()))
                .findFirst()
                .orElse(null);
    }

    /**
     * GRUB must be on what is marked {@code grub_device}; else on what {@code install_devices} lists; else on the disks
     * that carry {@code /boot}.
     */
    private void addBios(List<Check> checks, StorageAction root) {
        List<StorageAction> marked = GrubDevices.of(devices.config());
        List<String> listed = marked.isEmpty() ? grub.installDevices() : null;
        Set<StorageAction> wanted = new LinkedHashSet<>(marked);
        if (listed != null) {
            devices.config().all(Disk.class).stream()
                    .filter(disk -> disk.path() != null && listed.contains(disk.path()))
                    .forEach(wanted::add);
        } else if (marked.isEmpty()) {
            StorageAction boot =
                    Optional.<StorageAction>ofNullable(mount("/boot")).orElse(root);
            wanted.addAll(graph.disks(boot.id()));
        }
        // Which disk a listed name of the kernel means is known only where an action has it as its path.
        boolean allKnown = listed == null || wanted.size() == listed.size();
        for (Disk disk : devices.config().all(Disk.class)) {
            Location location = listed == null ? disk.origin().location("grub_device") : grub.location();
            if (wanted.contains(disk)) {
                checks.add(Check.of("disk " + disk.id() + ": bootloader", location, facts -> grub(facts, disk)));
            } else if (allKnown && disk.wipe() != null && !disk.preserve()) {
                checks.add(Check.of("disk " + disk.id() + ": no bootloader", location, facts -> noGrub(facts, disk)));
            }
        }
    }

    private Outcome grub(Facts facts, Disk disk) {
        BlockDevice device = devices.find(facts, disk.id());
        BootSector sector = facts.bootSector(device);
        if (!sector.grub()) {
            return Outcome.failed("the first sector of " + disk.id() + " (" + device.kernelName()
                    + ") should start GRUB but does not");
        }
        if (!sector.core()) {
            return Outcome.failed(
                    "GRUB on " + disk.id() + " continues at sector " + sector.coreSector() + ", where its core is not");
        }
        long place = sector.coreSector() * 512;
        Optional<DiskLabel> label = facts.label(device);
        Optional<DiskLabel.Slot> slot = label.stream()
                .flatMap(table -> table.slots().stream())
                .filter(other -> place >= other.start() && place < other.start() + other.size())
                .findFirst();
        if (label.filter(table -> table.type().equals("gpt")).isPresent()
                && slot.filter(other -> other.type().equals(BIOS_BOOT)).isEmpty()) {
            return Outcome.failed("GRUB's core on " + disk.id() + " should be in a BIOS boot partition but is in "
                    + slot.map(DiskLabel.Slot::kernelName).orElse("no partition"));
        }
        return Outcome.passed("GRUB is on " + disk.id() + " (" + device.kernelName() + "), its core at sector "
                + sector.coreSector());
    }

    private Outcome noGrub(Facts facts, Disk disk) {
        BlockDevice device = devices.find(facts, disk.id());
        return facts.bootSector(device).grub()
                ? Outcome.failed("GRUB is on " + disk.id() + " (" + device.kernelName() + ") but should not be")
                : Outcome.passed("GRUB is not on " + disk.id());
    }

    private static Outcome loader(Facts facts) {
        if (facts.bootMode() == BootMode.UEFI && !facts.has("facts/esp-files")) {
            return Outcome.failed("no EFI system partition is mounted at /boot/efi");
        }
        String listing = facts.text("facts/esp-files");
        return listing.lines().map(line -> line.split("\t", -1)).anyMatch(BootChecks::isLoader)
                ? Outcome.passed("the EFI system partition has a loader", listing)
                : Outcome.failed("the EFI system partition has no loader of GRUB, shim or EFI/BOOT", listing);
    }

    private static boolean isLoader(String[] sizeAndPath) {
        return sizeAndPath.length == 2
                && !sizeAndPath[0].equals("0")
                && LOADER.matcher(sizeAndPath[1]).matches();
    }

    private static String rootArgument(Facts facts) {
        return facts.commandLine().stream()
                .filter(argument -> argument.startsWith("root="))
                .reduce((first, last) -> last)
                .map(argument -> argument.substring("root=".length()))
                .orElse("");
    }

    /** A file system of ZFS is told by its name. */
    private static Outcome kernelRoot(Facts facts, String dataset) {
        return Outcome.equal("the kernel's root=", "ZFS=" + dataset, rootArgument(facts));
    }

    /** The kernel must have been told the root by UUID, or by a name that its mapping keeps. */
    private Outcome kernelRoot(Facts facts, Mount mount) {
        String device = mount.device();
        if (device == null || devices.config().find(device, Format.class).isEmpty()) {
            return Outcome.failed("the mount of / names no formatted volume");
        }
        BlockDevice volume = devices.find(facts, device);
        String root = rootArgument(facts);
        Optional<String> actual = FstabSpec.kernelName(facts, root);
        if (actual.filter(volume.kernelName()::equals).isEmpty()) {
            return Outcome.failed("the kernel's root=" + root + " should mean " + volume.kernelName() + " but means "
                    + actual.orElse("no device"));
        }
        return root.equals("/dev/" + volume.kernelName())
                ? Outcome.failed("the kernel's root=" + root + " may mean another device after each boot")
                : Outcome.passed("the kernel's root=" + root + " means " + volume.kernelName());
    }
}
