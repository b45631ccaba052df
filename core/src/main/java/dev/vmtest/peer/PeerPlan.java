package dev.vmtest.peer;

import java.util.List;

/**
 * Hold the opposite of a network section: who is at the other end, and what the machine is to reach there. Made by
 * {@link PeerPlanner}.
 *
 * @param macAddresses those of the machine's NICs, in order
 * @param lans who is on which network
 * @param bundles the other ends of bonds
 * @param goals what is to be reached
 * @param unreached what has no other end
 */
public record PeerPlan(
        List<String> macAddresses, List<Lan> lans, List<Bundle> bundles, List<Goal> goals, List<Unreached> unreached) {

    public PeerPlan {
        macAddresses = List.copyOf(macAddresses);
        lans = List.copyOf(lans);
        bundles = List.copyOf(bundles);
        goals = List.copyOf(goals);
        unreached = List.copyOf(unreached);
    }
}
