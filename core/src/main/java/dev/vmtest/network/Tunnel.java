package dev.vmtest.network;

import dev.vmtest.config.Placed;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Describe a tunnel.
 *
 * @param mode the protocol, in netplan's word
 * @param local the address of this end, or null
 * @param remote the address of the other end, or null
 * @param vxlanId the number of a VXLAN, or null
 * @param link what other elements call the interface that a VXLAN stands on, or null
 */
public record Tunnel(
        InterfaceSettings settings,
        Placed<String> mode,
        @Nullable Placed<IpAddress> local,
        @Nullable Placed<IpAddress> remote,
        @Nullable Placed<Integer> vxlanId,
        @Nullable Placed<String> link)
        implements NetworkInterface {

    @Override
    public List<Reference> references() {
        return link == null ? List.of() : List.of(new Reference(link.location(), link.value(), Reference.Role.LINK));
    }

    @Override
    public <R> R match(Cases<R> cases) {
        return cases.tunnel(this);
    }

    @Override
    public String kernelKind() {
        return switch (mode.value()) {
            case "ipip6", "ip6ip6" -> "ip6tnl";
            default -> mode.value();
        };
    }
}
