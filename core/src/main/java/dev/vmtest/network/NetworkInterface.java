package dev.vmtest.network;

import dev.vmtest.config.MapValue;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Describe one network interface.
 *
 * @param name the name it has in the installed system
 * @param macAddress six octets in lower case, or null
 * @param members the interfaces of a bond or bridge
 * @param link the interface that a VLAN stands on
 * @param parameters the parameters of a bond or bridge, as written; values that are lists are in {@code source}
 * @param source the mapping that describes it
 */
public record NetworkInterface(
        MapValue source,
        InterfaceKind kind,
        String name,
        @Nullable String macAddress,
        @Nullable Integer mtu,
        List<Subnet> subnets,
        List<String> members,
        @Nullable String link,
        @Nullable Integer vlanId,
        Map<String, String> parameters) {}
