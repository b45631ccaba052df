package dev.vmtest.check;

import dev.vmtest.facts.BootMode;
import dev.vmtest.facts.Distribution;
import dev.vmtest.installconfig.Promises;
import java.util.Map;

/**
 * Say what the machine and the release add to the expectations of a configuration.
 *
 * @param bootMode how the machine starts
 * @param distribution the family of the installed system
 * @param diskSerials the serial that the machine gave each disk which the configuration finds by path,
 *     by the id of its action
 * @param diskPaths by how many paths the machine reaches each disk that it reaches by several, by the id of its
 *     action
 * @param promises what the installer promises
 */
public record Target(
        BootMode bootMode,
        Distribution distribution,
        Map<String, String> diskSerials,
        Map<String, Integer> diskPaths,
        Promises promises) {

    public Target {
        diskSerials = Map.copyOf(diskSerials);
        diskPaths = Map.copyOf(diskPaths);
    }

    /** Describe a machine whose installer promises everything. */
    public Target(
            BootMode bootMode,
            Distribution distribution,
            Map<String, String> diskSerials,
            Map<String, Integer> diskPaths) {
        this(bootMode, distribution, diskSerials, diskPaths, Promises.EVERYTHING);
    }

    /** Describe a machine whose disks the configuration finds by serial or wwn. */
    public Target(BootMode bootMode, Distribution distribution) {
        this(bootMode, distribution, Map.of(), Map.of());
    }
}
