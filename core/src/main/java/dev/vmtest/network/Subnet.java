package dev.vmtest.network;

import dev.vmtest.config.Location;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Describe how an interface gets an address.
 *
 * @param type {@code dhcp}, {@code dhcp4}, {@code dhcp6}, {@code static}, {@code static6} or {@code manual}
 * @param address address with or without prefix length, or null
 * @param searchDomains DNS search domains
 */
public record Subnet(
        Location location,
        String type,
        @Nullable String control,
        @Nullable String address,
        @Nullable String netmask,
        @Nullable String gateway,
        List<String> nameservers,
        List<String> searchDomains,
        @Nullable Integer mtu,
        List<NetworkRoute> routes) {}
