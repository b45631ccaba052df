package dev.vmtest.network;

import dev.vmtest.config.Placed;
import dev.vmtest.config.Places;
import dev.vmtest.drawing.Box;
import dev.vmtest.drawing.BoxDrawing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Draw a network section as an SVG document: who is at the other end at the left, then the network cards with their
 * addresses and segments, then what stands on them.
 */
public final class NetworkDrawing {

    private static final int MOST_LINES = 8;

    private final NetworkConfig config;
    private final List<String> macAddresses;
    private final List<FarSide> farSides;
    private final List<Box> boxes = new ArrayList<>();
    private final Set<String> drawn = new HashSet<>();

    /**
     * Describe who is at the other end of some network cards.
     *
     * @param heading what it is
     * @param lines what is said of it
     * @param nics the numbers of the cards, counted from 0
     */
    public record FarSide(String heading, List<String> lines, Set<Integer> nics) {

        public FarSide {
            lines = List.copyOf(lines);
            nics = Set.copyOf(nics);
        }
    }

    private NetworkDrawing(NetworkConfig config, List<String> macAddresses, List<FarSide> farSides) {
        this.config = config;
        this.macAddresses = macAddresses;
        this.farSides = farSides;
    }

    /**
     * Return the drawing of a valid section.
     *
     * @param macAddresses those of the machine's cards, in order
     * @param farSides who is at their other ends; nobody where the test has no peer
     */
    public static String svg(NetworkConfig config, List<String> macAddresses, List<FarSide> farSides) {
        NetworkDrawing drawing = new NetworkDrawing(config, macAddresses, farSides);
        for (int number = 0; number < farSides.size(); number++) {
            drawing.boxes.add(new Box(
                    farSide(number),
                    farSides.get(number).heading(),
                    bounded(farSides.get(number).lines()),
                    List.of()));
        }
        config.interfaces().forEach(drawing::draw);
        return BoxDrawing.svg("Network", drawing.boxes);
    }

    private static String farSide(int number) {
        return "far side " + number;
    }

    /** Draw what it stands on before it; a valid section has no circle, but for ends that name each other. */
    private void draw(NetworkInterface each) {
        if (!drawn.add(each.id())) {
            return;
        }
        List<String> below = new ArrayList<>();
        for (Reference reference : each.references()) {
            config.find(reference.id()).ifPresent(this::draw);
            below.add(interfaceId(reference.id()));
        }
        int nic = each.cardAddress().map(macAddresses::indexOf).orElse(-1);
        for (int number = 0; nic >= 0 && number < farSides.size(); number++) {
            if (farSides.get(number).nics().contains(nic)) {
                below.add(farSide(number));
            }
        }
        boxes.add(new Box(
                interfaceId(each.id()),
                each.settings().shownName(),
                bounded(lines(each, nic)),
                below,
                each.mark().location().file(),
                Places.lines(each.mark().source())));
    }

    private static String interfaceId(String id) {
        return "interface " + id;
    }

    private List<String> lines(NetworkInterface each, int nic) {
        List<String> lines = new ArrayList<>();
        lines.add(each.match(new Kinds()));
        each.cardAddress().ifPresent(lines::add);
        if (nic >= 0) {
            lines.add("segment " + (nic + 1));
        }
        InterfaceSettings settings = each.settings();
        Stream.of(settings.macAddress())
                .filter(Objects::nonNull)
                .map(Placed::value)
                .filter(mac -> !each.cardAddress().equals(Optional.of(mac)))
                .forEach(mac -> lines.add("takes " + mac));
        settings.askedMtu().ifPresent(mtu -> lines.add("MTU " + mtu));
        Addressing addressing = each.addressing();
        addressing.dhcp().stream()
                .filter(Dhcp::givesAddress)
                .forEach(dhcp -> lines.add("DHCP of " + dhcp.family().word()));
        if (addressing.heedsAdvertisements()) {
            lines.add("router advertisements");
        }
        addressing.addresses().forEach(address -> lines.add(address.network().toString()));
        return lines;
    }

    private static List<String> bounded(List<String> lines) {
        if (lines.size() <= MOST_LINES) {
            return lines;
        }
        List<String> shown = new ArrayList<>(lines.subList(0, MOST_LINES - 1));
        shown.add("… and " + (lines.size() - MOST_LINES + 1) + " more");
        return shown;
    }

    /** Say of each kind what it is. */
    private static final class Kinds implements NetworkInterface.Cases<String> {

        @Override
        public String bond(Bond bond) {
            return "bond, " + bond.mode();
        }

        @Override
        public String bridge(Bridge bridge) {
            return bridge.switched() ? "bridge of Open vSwitch" : "bridge";
        }

        @Override
        public String dummyDevice(DummyDevice device) {
            return "dummy device";
        }

        @Override
        public String ethernet(Ethernet card) {
            return "network card";
        }

        @Override
        public String loopback(Loopback loopback) {
            return "loopback";
        }

        @Override
        public String tunnel(Tunnel tunnel) {
            return "tunnel, " + tunnel.mode().value();
        }

        @Override
        public String virtualEthernet(VirtualEthernet end) {
            return "virtual Ethernet";
        }

        @Override
        public String vlan(Vlan vlan) {
            return "VLAN " + vlan.vlanId().value();
        }

        @Override
        public String vrf(Vrf vrf) {
            return "VRF, table " + vrf.table().value();
        }
    }
}
