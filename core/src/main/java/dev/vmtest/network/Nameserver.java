package dev.vmtest.network;

import dev.vmtest.config.Placed;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Describe a {@code nameserver} entry of version 1.
 *
 * @param networkInterface the interface that it is for, or null for the whole system
 */
public record Nameserver(
        Mark mark,
        List<Placed<IpAddress>> addresses,
        List<Placed<String>> searchDomains,
        @Nullable Placed<String> networkInterface) {

    public Nameserver {
        addresses = List.copyOf(addresses);
        searchDomains = List.copyOf(searchDomains);
    }
}
