package dev.vmtest.network;

import dev.vmtest.config.Placed;
import java.util.List;

/**
 * Describe one end of a pair of interfaces.
 *
 * @param peer what other elements call the other end
 */
public record VirtualEthernet(InterfaceSettings settings, Placed<String> peer) implements NetworkInterface {

    @Override
    public List<Reference> references() {
        return peer.value().isEmpty()
                ? List.of()
                : List.of(new Reference(peer.location(), peer.value(), Reference.Role.PEER));
    }

    @Override
    public <R> R match(Cases<R> cases) {
        return cases.virtualEthernet(this);
    }

    @Override
    public String kernelKind() {
        return "veth";
    }
}
