package dev.vmtest.facts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Read the files in which DHCP clients keep their leases. */
final class LeaseReader {

    private static final Pattern BLOCK = Pattern.compile("lease6? \\{(.*?)\\n\\}", Pattern.DOTALL);
    private static final Pattern ADDRESS = Pattern.compile("(?m)^\\s*(?:fixed-address|iaaddr) ([0-9a-fA-F.:]+)");
    private static final Pattern SERVER = Pattern.compile("dhcp-server-identifier ([0-9.]+);");
    private static final Pattern INTERFACE = Pattern.compile("interface \"([^\"]+)\";");

    private LeaseReader() {}

    /** Read a file of isc-dhcp-client, the last lease last (dhclient.leases(5)). */
    static List<Lease> dhclient(String text) {
        List<Lease> leases = new ArrayList<>();
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            String body = block.group(1);
            String name = first(INTERFACE, body);
            String address = first(ADDRESS, body);
            if (!name.isEmpty() && !address.isEmpty()) {
                leases.add(new Lease(name, address, first(SERVER, body)));
            }
        }
        return leases;
    }

    private static String first(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        return found.find() ? found.group(1) : "";
    }

    /** Read a file of variables, as networkd and NetworkManager keep them. */
    static List<Lease> variables(String text, String networkInterface) {
        Map<String, String> values = new LinkedHashMap<>(TableReader.variables(text));
        String address = values.getOrDefault("ADDRESS", "");
        return address.isEmpty()
                ? List.of()
                : List.of(new Lease(networkInterface, address, values.getOrDefault("SERVER_ADDRESS", "")));
    }
}
