package dev.vmtest.network;

import dev.vmtest.config.Placed;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Hold what every kind of interface has.
 *
 * @param id what other elements call it
 * @param name the name that it has in the installed system; null where the hardware decides
 * @param macAddress the address that it is to take, six octets in lower case; null leaves it to the system
 * @param mtu bytes; null leaves it to the system
 * @param ipv6Mtu bytes; null leaves it to the system
 * @param renderer who configures it, or null for whoever configures the others
 * @param notJudged keys that are passed on, and that no check is about
 */
public record InterfaceSettings(
        Mark mark,
        String id,
        @Nullable Placed<String> name,
        @Nullable Placed<String> macAddress,
        @Nullable Placed<Integer> mtu,
        @Nullable Placed<Integer> ipv6Mtu,
        Activation activation,
        Addressing addressing,
        @Nullable Placed<String> renderer,
        List<Placed<String>> notJudged) {

    public InterfaceSettings {
        notJudged = List.copyOf(notJudged);
    }

    /** Return how messages and checks call the interface. */
    public String shownName() {
        return name == null ? id : name.value();
    }

    /** Return the size that was asked for. */
    public Optional<Integer> askedMtu() {
        return mtu == null ? Optional.empty() : Optional.of(mtu.value());
    }
}
