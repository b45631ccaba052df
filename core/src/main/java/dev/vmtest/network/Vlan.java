package dev.vmtest.network;

import dev.vmtest.config.Placed;
import java.util.List;
import java.util.Optional;

/**
 * Describe a virtual network on another interface.
 *
 * @param link what other elements call the interface that it stands on
 * @param vlanId from 0 to 4094
 * @param switched whether Open vSwitch makes it, and not the kernel
 */
public record Vlan(InterfaceSettings settings, Placed<String> link, Placed<Integer> vlanId, boolean switched)
        implements NetworkInterface {

    /** The largest number of a VLAN (IEEE 802.1Q keeps 4095 for itself). */
    public static final int MOST = 4094;

    @Override
    public List<Reference> references() {
        return link.value().isEmpty()
                ? List.of()
                : List.of(new Reference(link.location(), link.value(), Reference.Role.LINK));
    }

    @Override
    public <R> R match(Cases<R> cases) {
        return cases.vlan(this);
    }

    @Override
    public String kernelKind() {
        return switched ? "" : "vlan";
    }

    @Override
    public Optional<String> carrier() {
        return Optional.of(link.value());
    }
}
