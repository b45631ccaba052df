package dev.vmtest.peer;

import dev.vmtest.network.Bond;
import dev.vmtest.network.Bridge;
import dev.vmtest.network.DummyDevice;
import dev.vmtest.network.Ethernet;
import dev.vmtest.network.Loopback;
import dev.vmtest.network.NetworkConfig;
import dev.vmtest.network.NetworkInterface;
import dev.vmtest.network.Tunnel;
import dev.vmtest.network.VirtualEthernet;
import dev.vmtest.network.Vlan;
import dev.vmtest.network.Vrf;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Find the cables that lead to an interface. */
final class Cables {

    /** Deeper than anything stands; a configuration that leads back to where it began is refused before. */
    private static final int DEEPEST = 16;

    private final NetworkConfig config;
    private final List<String> macAddresses;

    /**
     * Prepare.
     *
     * @param macAddresses those of the machine's NICs, in order
     */
    Cables(NetworkConfig config, List<String> macAddresses) {
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
        return depth > DEEPEST ? List.of() : each.match(new Below(depth + 1));
    }

    /** Return the wires below each kind of interface. */
    private final class Below implements NetworkInterface.Cases<List<List<Wire>>> {

        private final int depth;

        Below(int depth) {
            this.depth = depth;
        }

        private List<List<Wire>> of(String id) {
            return config.find(id).map(found -> groups(found, depth)).orElse(List.of());
        }

        @Override
        public List<List<Wire>> bond(Bond bond) {
            List<Wire> wires = bond.members().stream()
                    .flatMap(member -> of(member.value()).stream())
                    .flatMap(List::stream)
                    .toList();
            return wires.isEmpty() ? List.of() : List.of(wires);
        }

        @Override
        public List<List<Wire>> bridge(Bridge bridge) {
            return bridge.ports().stream()
                    .flatMap(port -> of(port.value()).stream())
                    .toList();
        }

        @Override
        public List<List<Wire>> ethernet(Ethernet card) {
            return card(card);
        }

        @Override
        public List<List<Wire>> vlan(Vlan vlan) {
            return of(vlan.link().value()).stream()
                    .map(group -> group.stream()
                            .map(wire -> wire.tagged(vlan.vlanId().value()))
                            .toList())
                    .toList();
        }

        /** No cable leads to what is only within the machine, nor, as far as this is known, through a tunnel. */
        @Override
        public List<List<Wire>> dummyDevice(DummyDevice device) {
            return List.of();
        }

        @Override
        public List<List<Wire>> loopback(Loopback loopback) {
            return List.of();
        }

        @Override
        public List<List<Wire>> tunnel(Tunnel tunnel) {
            return List.of();
        }

        @Override
        public List<List<Wire>> virtualEthernet(VirtualEthernet end) {
            return List.of();
        }

        /** Its members have their own addresses. */
        @Override
        public List<List<Wire>> vrf(Vrf vrf) {
            return List.of();
        }
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
