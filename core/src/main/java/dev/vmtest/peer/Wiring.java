package dev.vmtest.peer;

import dev.vmtest.network.Bond;
import dev.vmtest.network.Bridge;
import dev.vmtest.network.Ethernet;
import dev.vmtest.network.NetworkConfig;
import dev.vmtest.network.NetworkInterface;
import dev.vmtest.network.Vlan;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Find the cables that lead to an interface. */
final class Wiring {

    /** Deeper than anything stands; a configuration that leads back to where it began is refused before. */
    private static final int DEEPEST = 16;

    private final NetworkConfig config;
    private final List<String> macAddresses;

    /**
     * Prepare.
     *
     * @param macAddresses those of the machine's NICs, in order
     */
    Wiring(NetworkConfig config, List<String> macAddresses) {
        this.config = config;
        this.macAddresses = macAddresses;
    }

    /**
     * Return the wires by which an interface is reached, in groups: the wires of a group lead to the same neighbours, as
     * those of a bond's members do, and each port of a bridge leads to others. Nothing where no cable leads to it, or
     * nothing says which.
     */
    List<List<Wire>> groups(NetworkInterface each) {
        return groups(each, 0);
    }

    private List<List<Wire>> groups(NetworkInterface each, int depth) {
        if (depth > DEEPEST) {
            return List.of();
        }
        if (each instanceof Ethernet card) {
            return card(card);
        }
        Function<String, List<List<Wire>>> below =
                id -> config.find(id).map(found -> groups(found, depth + 1)).orElse(List.of());
        if (each instanceof Vlan vlan) {
            return below.apply(vlan.link().value()).stream()
                    .map(group -> group.stream()
                            .map(wire -> wire.tagged(vlan.vlanId().value()))
                            .toList())
                    .toList();
        }
        if (each instanceof Bond bond) {
            List<Wire> wires = bond.members().stream()
                    .flatMap(member -> below.apply(member.value()).stream())
                    .flatMap(List::stream)
                    .toList();
            return wires.isEmpty() ? List.of() : List.of(wires);
        }
        if (each instanceof Bridge bridge) {
            return bridge.ports().stream()
                    .flatMap(port -> below.apply(port.value()).stream())
                    .toList();
        }
        return List.of();
    }

    private List<List<Wire>> card(Ethernet card) {
        int nic = card.cardAddress()
                .map(macAddresses::indexOf)
                .orElse(macAddresses.size() == 1 && config.all(Ethernet.class).count() == 1 ? 0 : -1);
        return nic < 0 ? List.of() : List.of(List.of(new Wire(nic, List.of())));
    }

    /** Return an interface with all that it stands on and that stands between it and the cables. */
    List<NetworkInterface> stack(NetworkInterface each) {
        List<NetworkInterface> stack = new ArrayList<>(List.of(each));
        for (int index = 0; index < stack.size() && index < DEEPEST * DEEPEST; index++) {
            below(stack.get(index)).filter(found -> !stack.contains(found)).forEach(stack::add);
        }
        return stack;
    }

    private Stream<NetworkInterface> below(NetworkInterface each) {
        return each.references().stream().flatMap(reference -> config.find(reference.id()).stream());
    }
}
