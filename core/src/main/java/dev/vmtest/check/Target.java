package dev.vmtest.check;

import dev.vmtest.facts.BootMode;
import dev.vmtest.facts.Distribution;
import dev.vmtest.installconfig.Promises;
import dev.vmtest.peer.PeerPlan;
import dev.vmtest.peer.PeerWord;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
 * @param peer who is at the other end of the machine's network, or null where nobody answers for a test
 * @param peerWord what that one had to say when the boot was over
 */
public record Target(
        BootMode bootMode,
        Distribution distribution,
        Map<String, String> diskSerials,
        Map<String, Integer> diskPaths,
        Promises promises,
        @Nullable PeerPlan peer,
        PeerWord peerWord) {

    public Target {
        diskSerials = Map.copyOf(diskSerials);
        diskPaths = Map.copyOf(diskPaths);
    }

    /** Describe a machine that nobody is at the other end of. */
    public Target(
            BootMode bootMode,
            Distribution distribution,
            Map<String, String> diskSerials,
            Map<String, Integer> diskPaths,
            Promises promises) {
        this(bootMode, distribution, diskSerials, diskPaths, promises, null, PeerWord.NONE);
    }

    /** Return the same machine with a peer, and what that one had to say. */
    public Target withPeer(PeerPlan plan, PeerWord word) {
        return new Target(bootMode, distribution, diskSerials, diskPaths, promises, plan, word);
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
