package dev.vmtest.image.build;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Hold one binary package source of the host's apt, whichever of apt's two formats it was written in (sources.list(5)).
 *
 * @param uri where the archive lies, without a slash at the end
 * @param suite such as {@code bookworm-updates}
 * @param components such as {@code main}
 * @param signedBy absolute paths of keyrings separated by commas, an embedded key, or null for apt's trusted keys
 * @param options other options in the one-line format's names, such as {@code trusted=yes}
 */
record AptSource(
        String uri,
        String suite,
        List<String> components,
        @Nullable String signedBy,
        Map<String, String> options) {

    AptSource {
        components = List.copyOf(components);
        options = Map.copyOf(options);
    }

    boolean hasEmbeddedKey() {
        return signedBy != null && signedBy.contains("BEGIN PGP");
    }

    AptSource withSuite(String newSuite) {
        return new AptSource(uri, newSuite, components, signedBy, options);
    }

    AptSource withSignedBy(String newSignedBy) {
        return new AptSource(uri, suite, components, newSignedBy, options);
    }

    /** Return it with one component more, if it is not among those that it has. */
    AptSource withComponent(String more) {
        List<String> all =
                Stream.concat(components.stream(), Stream.of(more)).distinct().toList();
        return new AptSource(uri, suite, all, signedBy, options);
    }

    /** Return the source as one line of a sources.list. */
    String line() {
        StringBuilder line = new StringBuilder("deb ");
        StringBuilder inBrackets = new StringBuilder();
        if (signedBy != null) {
            inBrackets.append(" signed-by=").append(signedBy);
        }
        options.keySet().stream()
                .sorted()
                .forEach(name -> inBrackets.append(' ').append(name).append('=').append(options.get(name)));
        if (!inBrackets.isEmpty()) {
            line.append('[').append(inBrackets.substring(1)).append("] ");
        }
        return line.append(uri)
                .append(' ')
                .append(suite)
                .append(' ')
                .append(String.join(" ", components))
                .toString();
    }
}
