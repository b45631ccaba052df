package dev.vmtest.installer.builtin;

import dev.vmtest.config.Placed;
import dev.vmtest.network.Bond;
import dev.vmtest.network.Bridge;
import dev.vmtest.network.DummyDevice;
import dev.vmtest.network.Ethernet;
import dev.vmtest.network.Loopback;
import dev.vmtest.network.NetworkInterface;
import dev.vmtest.network.Setting;
import dev.vmtest.network.Tunnel;
import dev.vmtest.network.VirtualEthernet;
import dev.vmtest.network.Vlan;
import dev.vmtest.network.Vrf;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Say what ifupdown is told of an interface because of its kind.
 *
 * @param order where it stands in the file: cards before what stands on them
 * @param options its own, beside those that every kind has
 * @param optionsOfMembers what each of its members is told beside its own
 */
record IfupdownKind(int order, List<Option> options, List<Option> optionsOfMembers) {

    /** What ifupdown knows by itself is not told. */
    private static final int NEVER = -1;

    /** What stands on anything else. */
    private static final IfupdownKind LAST = new IfupdownKind(3, List.of(), List.of());

    /**
     * Hold one line of a stanza.
     *
     * @param values in their order; without any there is no line
     */
    record Option(String key, List<String> values) {

        static Option of(Setting setting) {
            String port = setting.port();
            return new Option(
                    setting.key(), port == null ? List.of(setting.written()) : List.of(port, setting.written()));
        }
    }

    IfupdownKind {
        options = List.copyOf(options);
        optionsOfMembers = List.copyOf(optionsOfMembers);
    }

    static IfupdownKind of(NetworkInterface each) {
        return each.match(KINDS);
    }

    boolean isTold() {
        return order != NEVER;
    }

    private static List<Option> with(List<Option> first, List<Setting> parameters) {
        List<Option> all = new ArrayList<>(first);
        parameters.forEach(setting -> all.add(Option.of(setting)));
        return all;
    }

    private static final NetworkInterface.Cases<IfupdownKind> KINDS = new NetworkInterface.Cases<>() {

        @Override
        public IfupdownKind ethernet(Ethernet card) {
            return new IfupdownKind(0, List.of(), List.of());
        }

        /** Its members name it, and know its parameters too: the first that comes up makes it. */
        @Override
        public IfupdownKind bond(Bond bond) {
            return new IfupdownKind(
                    1,
                    with(List.of(new Option("bond-slaves", List.of("none"))), bond.parameters()),
                    with(
                            List.of(new Option(
                                    "bond-master", List.of(bond.settings().shownName()))),
                            bond.parameters()));
        }

        @Override
        public IfupdownKind bridge(Bridge bridge) {
            List<String> ports = bridge.ports().stream().map(Placed::value).toList();
            return new IfupdownKind(
                    2, with(List.of(new Option("bridge_ports", ports)), bridge.parameters()), List.of());
        }

        @Override
        public IfupdownKind vlan(Vlan vlan) {
            List<Option> options = Stream.of(
                            new Option("vlan-raw-device", List.of(vlan.link().value())),
                            new Option("vlan_id", List.of(vlan.vlanId().value().toString())))
                    .toList();
            return new IfupdownKind(LAST.order(), options, List.of());
        }

        @Override
        public IfupdownKind loopback(Loopback loopback) {
            return new IfupdownKind(NEVER, List.of(), List.of());
        }

        @Override
        public IfupdownKind dummyDevice(DummyDevice device) {
            return LAST;
        }

        @Override
        public IfupdownKind tunnel(Tunnel tunnel) {
            return LAST;
        }

        @Override
        public IfupdownKind virtualEthernet(VirtualEthernet end) {
            return LAST;
        }

        @Override
        public IfupdownKind vrf(Vrf vrf) {
            return LAST;
        }
    };
}
