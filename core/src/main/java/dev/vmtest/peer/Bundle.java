package dev.vmtest.peer;

import dev.vmtest.config.Location;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Describe the other end of a bond.
 *
 * @param bond what the other elements call it
 * @param location where it begins
 * @param name its name in the installed system
 * @param nics the numbers of its members' NICs
 * @param partner the address of the system that negotiates with it (IEEE 802.1AX), or null if none is asked for
 * @param watched whether the bond notices that a member has lost its carrier
 * @param reached what is reached over it, or null
 */
public record Bundle(
        String bond,
        Location location,
        String name,
        List<Integer> nics,
        @Nullable String partner,
        boolean watched,
        @Nullable Goal reached) {

    public Bundle {
        nics = List.copyOf(nics);
    }

    /** Return what is reached over it while a member has no carrier, if that can be tried. */
    public Optional<Goal> reachedWithoutAMember() {
        return nics.size() > 1 && watched ? Optional.ofNullable(reached) : Optional.empty();
    }
}
