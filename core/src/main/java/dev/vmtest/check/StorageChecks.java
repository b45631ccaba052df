package dev.vmtest.check;

import dev.vmtest.facts.Facts;
import dev.vmtest.facts.FstabEntry;
import dev.vmtest.installconfig.GrubConfig;
import dev.vmtest.storage.Mount;
import dev.vmtest.storage.StorageAction;
import dev.vmtest.storage.StorageConfig;
import dev.vmtest.storage.ZfsLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Derive the checks of every storage action. */
final class StorageChecks {

    private final Devices devices;
    private final Target target;
    private final GrubConfig grub;

    StorageChecks(StorageConfig config, Target target, GrubConfig grub) {
        this.devices = new Devices(ZfsLayout.expand(config), target.diskSerials());
        this.target = target;
        this.grub = grub;
    }

    /**
     * Return the checks in the order of the actions.
     *
     * @param swapFiles files that may be in fstab without a mount action
     */
    List<Check> list(Set<String> swapFiles) {
        List<Check> checks = new ArrayList<>();
        for (StorageAction action : devices.config().actions()) {
            checks.addAll(of(action));
        }
        List<Mount> mounts = devices.config().all(Mount.class);
        Optional<StorageAction> first = mounts.stream()
                .map(StorageAction.class::cast)
                .findFirst()
                .or(() -> ZfsLayout.root(devices.config()).map(ZfsLayout.Root::action));
        if (first.isPresent()) {
            checks.add(Check.of(
                    "fstab: no other entry",
                    first.get().origin().location(),
                    facts -> noOtherEntry(facts, mounts, swapFiles)));
        }
        checks.addAll(new BootChecks(devices, grub).of(target));
        return checks;
    }

    private List<Check> of(StorageAction action) {
        return action.match(new ActionChecks(devices, target));
    }

    private Outcome noOtherEntry(Facts facts, List<Mount> mounts, Set<String> swapFiles) {
        MountChecks checks = new MountChecks(devices);
        List<String> others = new ArrayList<>();
        for (FstabEntry entry : facts.fstab()) {
            boolean asked = swapFiles.contains(entry.spec())
                    || mounts.stream().anyMatch(mount -> checks.owns(facts, mount, entry));
            if (!asked) {
                others.add(entry.toString());
            }
        }
        return others.isEmpty()
                ? Outcome.passed("every entry of fstab was asked for")
                : Outcome.failed("fstab has entries that nothing asked for: " + others);
    }
}
