package dev.vmtest.network;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Describe a network card.
 *
 * @param match which hardware it is; null for the one that has the name
 */
public record Ethernet(InterfaceSettings settings, @Nullable Match match) implements NetworkInterface {

    @Override
    public List<Reference> references() {
        return List.of();
    }

    @Override
    public <R> R match(Cases<R> cases) {
        return cases.ethernet(this);
    }

    @Override
    public String kernelKind() {
        return "";
    }

    @Override
    public Optional<Match> hardware() {
        return Optional.ofNullable(match);
    }
}
