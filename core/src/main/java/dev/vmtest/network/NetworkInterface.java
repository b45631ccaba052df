package dev.vmtest.network;

import dev.vmtest.config.Placed;
import java.util.List;
import java.util.Optional;

/** Be one interface of a network section, of version 1 or 2. Each answers for itself what it needs and what it is. */
public sealed interface NetworkInterface
        permits Bond, Bridge, DummyDevice, Ethernet, Loopback, Tunnel, VirtualEthernet, Vlan, Vrf {

    /** Return what every kind has. */
    InterfaceSettings settings();

    /** Return the other interfaces that it needs, each with its place. */
    List<Reference> references();

    /** Return the word that the kernel has for its kind ({@code ip -d link}); empty for hardware. */
    String kernelKind();

    /** Return what the interface's own case answers. */
    <R> R match(Cases<R> cases);

    /**
     * Answer a question for each kind of interface. A further kind is a further method, so that no place that must know
     * it compiles without.
     *
     * @param <R> the answer
     */
    interface Cases<R> {
        R bond(Bond bond);

        R bridge(Bridge bridge);

        R dummyDevice(DummyDevice device);

        R ethernet(Ethernet card);

        R loopback(Loopback loopback);

        R tunnel(Tunnel tunnel);

        R virtualEthernet(VirtualEthernet end);

        R vlan(Vlan vlan);

        R vrf(Vrf vrf);
    }

    /** Return where it stands. */
    default Mark mark() {
        return settings().mark();
    }

    /** Return what other elements call it. */
    default String id() {
        return settings().id();
    }

    /** Return the name that it has in the installed system; nothing where the hardware decides. */
    default Optional<String> name() {
        var name = settings().name();
        return name == null ? Optional.empty() : Optional.of(name.value());
    }

    /** Return whether every system has it, whatever a section says. */
    default boolean isOfEverySystem() {
        return false;
    }

    /** Return which hardware it is; nothing for what is none, and for a card that has its name anyway. */
    default Optional<Match> hardware() {
        return Optional.empty();
    }

    /** Return the address of the card that it is, if that says which. */
    default Optional<String> cardAddress() {
        return hardware().map(Match::macAddress).map(Placed::value);
    }

    /** Return what other elements call the interface whose carrier is its carrier; nothing if it has its own. */
    default Optional<String> carrier() {
        return Optional.empty();
    }

    /** Return its addresses, routes and nameservers. */
    default Addressing addressing() {
        return settings().addressing();
    }
}
