package dev.vmtest.trial;

import dev.vmtest.check.Target;
import dev.vmtest.facts.BootMode;
import dev.vmtest.installconfig.DiskNeed;
import dev.vmtest.installconfig.MachineNeeds;
import dev.vmtest.machine.DiskSpec;
import dev.vmtest.machine.Firmware;
import dev.vmtest.peer.PeerWord;
import dev.vmtest.testcase.Releases;
import dev.vmtest.testcase.TestCase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Say what the machine and the release of a test add to the expectations of its configuration. */
final class Targets {

    private Targets() {}

    static Target of(TestCase test) {
        // The serials of the disks that the configuration finds by path, by the id of the disk's action.
        Map<String, String> serials = new HashMap<>();
        Map<String, Integer> paths = new HashMap<>();
        List<DiskNeed> needs = MachineNeeds.of(test.config()).disks();
        List<DiskSpec> disks = test.machine().disks();
        for (int index = 0; index < needs.size(); index++) {
            DiskNeed need = needs.get(index);
            DiskSpec disk = disks.get(index);
            if (need.path() != null && disk.serial() != null) {
                serials.put(need.id(), disk.serial());
            } else if (need.serial() == null && need.wwn() == null) {
                serials.put(need.id(), disk.name());
            }
            if (disk.paths() > 1) {
                paths.put(need.id(), disk.paths());
            }
        }
        Target target = new Target(
                test.machine().firmware() == Firmware.UEFI ? BootMode.UEFI : BootMode.BIOS,
                Releases.distribution(test),
                serials,
                paths,
                test.installer().promises());
        return FarEnd.plan(test)
                .map(plan -> target.withPeer(plan, PeerWord.NONE))
                .orElse(target);
    }

    /** Return the same with what the other end of the machine's network had to say. */
    static Target of(TestCase test, PeerWord word) {
        Target target = of(test);
        return target.peer() == null ? target : target.withPeer(target.peer(), word);
    }
}
