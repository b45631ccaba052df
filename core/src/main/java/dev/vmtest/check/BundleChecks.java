package dev.vmtest.check;

import dev.vmtest.facts.Facts;
import dev.vmtest.facts.ReachFacts;
import dev.vmtest.network.Bond;
import dev.vmtest.network.NetworkConfig;
import dev.vmtest.network.NetworkInterface;
import dev.vmtest.peer.Bundle;
import dev.vmtest.peer.Goal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Check what a bond agrees on with its partner, and what becomes of it when a member loses its carrier. */
final class BundleChecks {

    private final BothEnds word;

    BundleChecks(BothEnds word) {
        this.word = word;
    }

    private static String agreement(NetworkInterface bond) {
        return Links.name(bond) + ": agreement with its partner";
    }

    /** Say what is not judged where nobody is at the other end. */
    static List<Check> withoutPeer(NetworkConfig config) {
        return config.all(Bond.class)
                .filter(bond -> !bond.switched() && bond.mode().equals("802.3ad"))
                .map(bond -> Check.notJudged(
                        agreement(bond),
                        bond.mark().location(),
                        "nobody is at the other end; 'vmtest: {network_peer: true}' puts a partner there"))
                .toList();
    }

    /**
     * Return the checks of one bond.
     *
     * @param causes the names of the checks that may say why it fails
     */
    List<Check> of(Bundle bundle, NetworkInterface owner, List<String> causes) {
        List<Check> checks = new ArrayList<>();
        String partner = bundle.partner();
        if (partner != null) {
            checks.add(Check.of(
                    agreement(owner),
                    bundle.location(),
                    word.judge(causes, facts -> negotiated(facts, bundle, partner))));
        }
        String name = Links.name(owner) + ": survives the loss of a member";
        Optional<Goal> reached = bundle.reachedWithoutAMember();
        checks.add(
                reached.isPresent()
                        ? Check.of(name, bundle.location(), word.judge(causes, facts -> survives(facts, bundle)))
                        : Check.notJudged(name, bundle.location(), whyNot(bundle)));
        return checks;
    }

    private static String whyNot(Bundle bundle) {
        return bundle.nics().size() < 2
                ? "it has one member"
                : bundle.watched()
                        ? "nobody is reached over it"
                        : "it does not watch its members; give it a miimon (v1: bond-miimon, v2: mii-monitor-interval)";
    }

    private Outcome negotiated(Facts facts, Bundle bundle, String partner) {
        var attributes = facts.network().bond(bundle.name());
        if (attributes.isEmpty()) {
            return Outcome.failed("there is no bond " + bundle.name());
        }
        String found = attributes.get().getOrDefault("ad_partner_mac", "nobody");
        String ports = attributes.get().getOrDefault("ad_num_ports", "0");
        boolean isWhole = ports.equals(String.valueOf(bundle.nics().size()));
        return found.equals(partner) && isWhole
                ? Outcome.passed("all " + ports + " members of " + bundle.name() + " have agreed with " + partner)
                : Outcome.failed(bundle.name() + " should have agreed with " + partner + " on "
                        + bundle.nics().size() + " members but has with " + found + " on " + ports
                        + word.recording(bundle.nics()));
    }

    private Outcome survives(Facts facts, Bundle bundle) {
        Optional<ReachFacts.LostMember> found = facts.network().reach().bond(bundle.name());
        if (found.isEmpty()) {
            return Outcome.failed(bundle.name() + " was not tried" + word.recording(bundle.nics()));
        }
        ReachFacts.LostMember lost = found.get();
        boolean hasLost = bundle.nics().stream().anyMatch(word.word().unplugged()::contains);
        if (!lost.answered() || !hasLost || lost.active().equals(lost.lost())) {
            return Outcome.failed(bundle.name() + " should go on when a member loses its carrier but "
                    + (lost.error().isEmpty()
                            ? hasLost ? "without " + lost.lost() + " nobody answered" : lost.lost() + " kept its own"
                            : lost.error())
                    + word.recording(bundle.nics()));
        }
        return Outcome.passed("without " + lost.lost() + ", " + bundle.name() + " went on"
                + (lost.active().isEmpty() ? "" : " with " + lost.active()));
    }
}
