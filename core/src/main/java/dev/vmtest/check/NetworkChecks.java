package dev.vmtest.check;

import dev.vmtest.config.Location;
import dev.vmtest.config.Placed;
import dev.vmtest.config.Value;
import dev.vmtest.facts.Facts;
import dev.vmtest.installconfig.InstallConfig;
import dev.vmtest.installconfig.Stage;
import dev.vmtest.installconfig.StageCommand;
import dev.vmtest.installconfig.StageCommands;
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
import dev.vmtest.release.Renderer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Derive the checks of a network section, and of an install that is to write none. */
final class NetworkChecks {

    private final InstallConfig config;
    private final OwnNetworkFiles own;

    NetworkChecks(InstallConfig config) {
        this.config = config;
        this.own = new OwnNetworkFiles(config);
    }

    List<Check> list() {
        List<Check> checks = new ArrayList<>();
        Placed<Renderer> renderer = config.vmtest().renderer();
        if (renderer != null) {
            checks.add(Check.of(
                    "network: renderer",
                    renderer.location(),
                    facts -> Outcome.equal(
                            "what configures the network",
                            renderer.value().text(),
                            facts.network().renderer())));
        }
        checks.addAll(ofSection());
        return checks;
    }

    private List<Check> ofSection() {
        CloudNetworkChecks cloud = new CloudNetworkChecks(own);
        StageCommands commands = config.commands().getOrDefault(Stage.NETWORK, StageCommands.NONE);
        Optional<StageCommand> disabled =
                commands.commands().stream().filter(NetworkChecks::isDisabled).findFirst();
        boolean written = commands.runsBuiltin()
                || commands.commands().stream().anyMatch(each -> isNetMeta(each) && !isDisabled(each));
        if (disabled.isPresent() && !written) {
            return List.of(cloud.nothingPassedOn(disabled.get().location()));
        }
        NetworkConfig network = config.network();
        if (network == null) {
            return List.of();
        }
        if (!written) {
            return List.of(Check.notJudged(
                    "network: interfaces", network.location(), "the network stage has only commands of the author's"));
        }
        Location place = config.root().locationOf("network");
        Value section = Objects.requireNonNull(config.root().get("network"));
        List<Check> checks =
                new ArrayList<>(cloud.passedOn(place, section, network.version() == 2 && !network.disabled()));
        if (network.disabled()) {
            checks.addAll(cloud.disabled(network.location()));
            return checks;
        }
        Links links = new Links(network);
        for (NetworkInterface each : network.interfaces()) {
            checks.addAll(new InterfaceChecks(links).of(each));
            checks.addAll(ofKind(links, each));
            if (!each.isOfEverySystem()) {
                checks.addAll(new AddressChecks(links, own).of(each));
            }
            checks.addAll(new RouteChecks(links).of(each));
        }
        checks.addAll(new RouteChecks(links).ofAll());
        checks.addAll(new ResolverChecks(links).list());
        for (Placed<String> key : network.notJudged()) {
            checks.add(
                    Check.notJudged("network: " + key.value(), key.location(), "nothing that is collected shows it"));
        }
        return checks;
    }

    private static List<Check> ofKind(Links links, NetworkInterface each) {
        return each.match(new OfKind(new StackedLinkChecks(links)));
    }

    /** Return the checks that only one kind of interface has. */
    private record OfKind(StackedLinkChecks stacked) implements NetworkInterface.Cases<List<Check>> {

        @Override
        public List<Check> bond(Bond bond) {
            return with(tool(bond, bond.switched(), "ifenslave"), stacked.of(bond));
        }

        @Override
        public List<Check> bridge(Bridge bridge) {
            return with(tool(bridge, bridge.switched(), "bridge-utils"), stacked.of(bridge));
        }

        @Override
        public List<Check> dummyDevice(DummyDevice device) {
            return List.of();
        }

        @Override
        public List<Check> ethernet(Ethernet card) {
            return List.of();
        }

        @Override
        public List<Check> loopback(Loopback loopback) {
            return List.of();
        }

        @Override
        public List<Check> tunnel(Tunnel tunnel) {
            return stacked.of(tunnel);
        }

        @Override
        public List<Check> virtualEthernet(VirtualEthernet end) {
            return stacked.of(end);
        }

        @Override
        public List<Check> vlan(Vlan vlan) {
            return with(tool(vlan, vlan.switched(), "vlan"), stacked.of(vlan));
        }

        @Override
        public List<Check> vrf(Vrf vrf) {
            return stacked.of(vrf);
        }

        private static List<Check> with(List<Check> tool, List<Check> checks) {
            return Stream.concat(checks.stream(), tool.stream()).toList();
        }
    }

    /** What curtin installs for ifupdown (its deps module); netplan's renderers make the same by themselves. */
    private static List<Check> tool(NetworkInterface each, boolean switched, String name) {
        return switched
                ? List.of()
                : List.of(Check.of(Links.name(each) + ": package", each.mark().location(), facts -> tool(facts, name)));
    }

    private static Outcome tool(Facts facts, String name) {
        return facts.network().renderer().equals("ifupdown")
                ? SystemChecks.installedPackage(facts, name)
                : Outcome.passed(facts.network().renderer() + " does without " + name);
    }

    private static boolean isNetMeta(StageCommand command) {
        return words(command).contains("net-meta");
    }

    private static boolean isDisabled(StageCommand command) {
        List<String> words = words(command);
        return words.contains("net-meta") && words.get(words.size() - 1).equals("disabled");
    }

    private static List<String> words(StageCommand command) {
        return command.shell() ? List.of(command.argv().get(0).strip().split("\\s+", -1)) : command.argv();
    }
}
