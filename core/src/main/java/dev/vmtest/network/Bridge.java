package dev.vmtest.network;

import dev.vmtest.config.Placed;
import java.util.List;

/**
 * Describe a bridge.
 *
 * @param ports what other elements call its ports
 * @param switched whether Open vSwitch makes it, and not the kernel
 */
public record Bridge(InterfaceSettings settings, List<Placed<String>> ports, List<Setting> parameters, boolean switched)
        implements NetworkInterface {

    public Bridge {
        ports = List.copyOf(ports);
        parameters = List.copyOf(parameters);
    }

    @Override
    public List<Reference> references() {
        return ports.stream()
                .map(port -> new Reference(port.location(), port.value(), Reference.Role.MEMBER))
                .toList();
    }

    @Override
    public <R> R match(Cases<R> cases) {
        return cases.bridge(this);
    }

    @Override
    public String kernelKind() {
        return switched ? "" : "bridge";
    }
}
