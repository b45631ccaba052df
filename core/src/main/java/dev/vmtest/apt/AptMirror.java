package dev.vmtest.apt;

import dev.vmtest.config.Location;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Describe a mirror for some architectures, as an item of {@code primary} or {@code security}.
 *
 * @param location where the item stands
 * @param arches Debian's names of architectures; {@value #DEFAULT} stands for all that no item names
 * @param uri where it is, or null to look for it
 * @param search where to look: the first whose host has an address is taken; not read beside a {@code uri}
 */
public record AptMirror(
        Location location, List<String> arches, @Nullable String uri, List<String> search) {

    /** Stands for every architecture that no item names. */
    public static final String DEFAULT = "default";

    public AptMirror {
        arches = List.copyOf(arches);
        search = List.copyOf(search);
    }

    /** Return the item for an architecture: the first that names it, else the last for all others. */
    public static Optional<AptMirror> of(List<AptMirror> mirrors, String architecture) {
        AptMirror others = null;
        for (AptMirror mirror : mirrors) {
            if (mirror.arches.contains(architecture)) {
                return Optional.of(mirror);
            }
            others = mirror.arches.contains(DEFAULT) ? mirror : others;
        }
        return Optional.ofNullable(others);
    }

    /**
     * Return the addresses of which an install takes one: which hosts have an address is known only there, but an
     * address in numbers always is one, and a name below {@code .invalid} never has any (RFC 6761, section 6.4).
     */
    public List<String> candidates() {
        if (uri != null) {
            return List.of(uri);
        }
        List<String> candidates = new ArrayList<>();
        for (String address : search) {
            String host = host(address);
            if (!host.endsWith(".invalid")) {
                candidates.add(address);
            }
            if (host.matches("\\d+\\.\\d+\\.\\d+\\.\\d+|\\[.*]|localhost")) {
                return List.copyOf(candidates);
            }
        }
        return List.copyOf(candidates);
    }

    private static String host(String address) {
        try {
            String host = new URI(address).getHost();
            return host == null ? "" : host.toLowerCase(Locale.ROOT);
        } catch (URISyntaxException none) {
            return "";
        }
    }
}
