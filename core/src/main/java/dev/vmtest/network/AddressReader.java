package dev.vmtest.network;

import dev.vmtest.config.Location;
import dev.vmtest.config.MapReader;
import dev.vmtest.config.Placed;
import dev.vmtest.config.ScalarValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Read addresses and networks of one mapping, adding a problem for each that is none. */
final class AddressReader {

    private final MapReader reader;

    AddressReader(MapReader reader) {
        this.reader = reader;
    }

    /** Return the address under a key; null if it is absent or wrong. */
    @Nullable
    IpAddress address(String key) {
        String text = reader.filledText(key);
        return text == null ? null : address(reader.at(key), text).orElse(null);
    }

    /** Return the address under a key of one family; null if it is absent or wrong. */
    @Nullable
    IpAddress address(String key, Family family) {
        IpAddress address = address(key);
        if (address != null && address.family() != family) {
            reader.problem(key, "'" + address + "' is no " + family.word() + " address", "");
            return null;
        }
        return address;
    }

    /** Return the address with its place; null if it is absent or wrong. */
    @Nullable
    Placed<IpAddress> placed(String key) {
        IpAddress address = address(key);
        return address == null ? null : new Placed<>(reader.at(key), address);
    }

    /** Return a text as an address, adding a problem at a place where it is none. */
    Optional<IpAddress> address(Location location, String text) {
        Optional<IpAddress> address = IpAddress.parse(text);
        if (address.isEmpty()) {
            boolean hasPrefix = text.contains("/")
                    && IpAddress.parse(text.substring(0, text.indexOf('/'))).isPresent();
            reader.problems()
                    .add(
                            location,
                            reader.subject() + ": '" + text + "' is not an IP address",
                            hasPrefix
                                    ? "remove '" + text.substring(text.indexOf('/')) + "'"
                                    : "write e.g. 10.0.2.15 or fd00::15");
        }
        return address;
    }

    /** Return a text {@code address/prefix}, adding a problem at a place where it is none. */
    Optional<IpNetwork> network(Location location, String text, boolean prefixRequired) {
        Optional<IpNetwork> network = IpNetwork.parse(text);
        if (network.isPresent()) {
            return network;
        }
        int slash = text.indexOf('/');
        Optional<IpAddress> address = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
        if (address.isEmpty()) {
            reader.problems()
                    .add(
                            location,
                            reader.subject() + ": '" + text + "' is not an IP address, with or without a prefix",
                            "write e.g. 10.0.2.15/24 or fd00::15/64");
        } else if (slash >= 0) {
            badPrefix(location, text.substring(slash + 1), address.get().family());
        } else if (prefixRequired) {
            String missing = address.get().family() == Family.IPV4 ? "/24" : "/64";
            reader.problems()
                    .add(
                            location,
                            reader.subject() + ": '" + text + "' has no prefix",
                            "write e.g. " + address.get() + missing);
        } else {
            return address.map(single -> new IpNetwork(single, single.family().bits()));
        }
        return Optional.empty();
    }

    /** Add the problem that a text is no netmask. */
    void badPrefix(Location location, String text, Family family) {
        reader.problems()
                .add(
                        location,
                        reader.subject() + ": '" + text + "' is no netmask of " + family.word(),
                        family == Family.IPV4
                                ? "write a prefix from 0 to 32, or ones and then zeros such as 255.255.255.0"
                                : "write a prefix from 0 to 128, or ones and then zeros such as ffff:ffff:ffff:ffff::");
    }

    /** Return the addresses of a list, or of a text with blanks between them. */
    List<Placed<IpAddress>> addresses(String key) {
        List<Placed<IpAddress>> addresses = new ArrayList<>();
        for (Placed<String> word : words(key)) {
            address(word.location(), word.value())
                    .ifPresent(address -> addresses.add(new Placed<>(word.location(), address)));
        }
        return addresses;
    }

    /** Return the words of a list, or of a text with blanks between them. */
    List<Placed<String>> words(String key) {
        List<Placed<String>> words = new ArrayList<>();
        for (Placed<String> text : reader.placedTexts(key)) {
            for (String word : text.value().strip().split("\\s+", -1)) {
                if (!word.isEmpty()) {
                    words.add(new Placed<>(text.location(), word));
                }
            }
        }
        return words;
    }

    /** Return the domains of a list, adding a problem for each that no resolver takes. */
    List<Placed<String>> domains(String key) {
        List<Placed<String>> domains = words(key);
        for (Placed<String> domain : domains) {
            if (!domain.value().matches("~?\\.?[A-Za-z0-9_]([A-Za-z0-9_.-]{0,252})")
                    && !domain.value().equals("~.")) {
                reader.problems()
                        .add(
                                domain.location(),
                                reader.subject() + ": '" + domain.value() + "' is no domain",
                                "write e.g. example.com");
            }
        }
        return domains;
    }

    /** Return a number with its place; null if it is absent or wrong. */
    @Nullable
    Placed<Integer> number(String key, int least, int most) {
        Integer number = reader.integer(key, least, most);
        return number == null ? null : new Placed<>(reader.at(key), number);
    }

    /** Return whether the value of a key is an empty text, which curtin and cloud-init take for absent. */
    boolean isEmpty(String key) {
        return reader.value(key) instanceof ScalarValue scalar && scalar.text().isEmpty();
    }
}
