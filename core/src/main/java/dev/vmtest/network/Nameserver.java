package dev.vmtest.network;

import dev.vmtest.config.Location;
import java.util.List;

/** Describe a {@code nameserver} entry: addresses and search domains for the whole system. */
public record Nameserver(Location location, List<String> addresses, List<String> searchDomains) {}
