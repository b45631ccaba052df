package dev.vmtest.installer.builtin;

import dev.vmtest.config.ConfigText;
import dev.vmtest.config.Location;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.Problems;
import dev.vmtest.installconfig.InstallConfig;
import dev.vmtest.network.NetworkConfig;
import dev.vmtest.secret.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Plan the network stage as curtin's does it: a network section is always written, whatever the mode but
 * {@code disabled}; without one the mode decides.
 */
final class NetworkPlanner {

    private static final String SUBJECT = "network";

    private final InstallConfig config;
    private final Problems problems;

    NetworkPlanner(InstallConfig config, Problems problems) {
        this.config = config;
        this.problems = problems;
    }

    /**
     * Return the steps of a call.
     *
     * @param place where the call stands
     */
    List<PlannedStep> plan(NetMeta call, Location place) {
        if (call.mode().equals("disabled")) {
            return List.of();
        }
        NetworkConfig network = config.network();
        if (network != null) {
            return written(network);
        }
        return switch (call.mode()) {
            case "custom" -> {
                problems.add(
                        place, "'net-meta custom' writes the network section, and there is none", "add 'network:'");
                yield List.of();
            }
            case "copy" -> List.of(new PlannedStep(new SystemStep.KeepInterfaces(), SUBJECT, place));
            default -> dhcp(call, place);
        };
    }

    private List<PlannedStep> written(NetworkConfig network) {
        MapValue section = new MapValue(
                network.location(),
                Map.of(SUBJECT, Objects.requireNonNull(config.root().entries().get(SUBJECT))));
        List<PlannedStep> steps = new ArrayList<>();
        steps.add(new PlannedStep(
                new SystemStep.WriteNetwork(new Secret(ConfigText.yaml(section))), SUBJECT, network.location()));
        if (network.version() == 1) {
            steps.add(new PlannedStep(
                    new SystemStep.RenderNetwork(InterfacesFile.render(network), InterfacesFile.rules(network)),
                    SUBJECT,
                    network.location()));
        }
        return steps;
    }

    private List<PlannedStep> dhcp(NetMeta call, Location place) {
        if (call.devices().contains("netboot")) {
            problems.add(place, "curtin does not know yet what 'netboot' means", "name the interface");
            return List.of();
        }
        boolean auto = call.mode().equals("auto") && call.devices().isEmpty();
        boolean booted = call.devices().contains("connected") || call.devices().contains("configured");
        return auto || booted
                ? List.of(new PlannedStep(new SystemStep.UseBootNic(), SUBJECT, place))
                : List.of(new PlannedStep(new SystemStep.UseNics(call.devices()), SUBJECT, place));
    }
}
