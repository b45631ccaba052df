package dev.vmtest.installconfig;

import dev.vmtest.config.ListValue;
import dev.vmtest.config.Location;
import dev.vmtest.config.MapReader;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.ScalarValue;
import dev.vmtest.config.Value;
import dev.vmtest.release.SourceKind;
import dev.vmtest.secret.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Describe where the target's files come from.
 *
 * @param name its key, or its index in a list
 * @param type {@code tgz}, {@code fsimage}, {@code dd-xz}, …, or null where the URI says it
 * @param uri shown without a password in it
 */
public record InstallSource(
        Location location, String name, @Nullable String type, Secret uri) {

    /** Where a booted image has its own system, unchanged. */
    public static final String IMAGE_ROOT = "/media/root-ro";

    /** The prefix of a directory that is copied. */
    private static final String COPY = "cp://";

    /** The type of such a source, which curtin knows by its prefix alone. */
    private static final String COPIED = "cp";

    private static final List<String> SQUASHFS = List.of("squashfs://", "squashfs:");

    /** Read the {@code sources} key: a list, or a mapping of names. */
    static List<InstallSource> readAll(MapReader root) {
        Value value = root.value("sources");
        List<InstallSource> sources = new ArrayList<>();
        if (value instanceof MapValue map) {
            map.entries()
                    .forEach((name, entry) -> read(root, name, entry.value()).ifPresent(sources::add));
        } else if (value instanceof ListValue list) {
            for (int index = 0; index < list.items().size(); index++) {
                read(root, Integer.toString(index), list.items().get(index)).ifPresent(sources::add);
            }
        } else if (value != null) {
            root.problem("sources", "'sources' must be a list or a mapping, not " + value.describe(), "");
        }
        boolean isNamed = value instanceof MapValue;
        sources.stream()
                .filter(source -> source.isDisk() && (source.type() == null || !isNamed))
                .forEach(source -> root.problems()
                        .add(
                                source.location(),
                                "source '" + source.name() + "': curtin looks for a disk image only among sources that"
                                        + " have a name and a type, so it would write nothing",
                                "write 'sources: {image: {type: "
                                        + source.kind().orElseThrow() + ", uri: …}}'"));
        return List.copyOf(sources);
    }

    /**
     * Return what an installer is told on its command line.
     *
     * @param location what it is said of
     */
    public static InstallSource of(Location location, String written) {
        return new InstallSource(location, "", null, address(written));
    }

    /** Return what it is; nothing for a directory that is copied. */
    public Optional<SourceKind> kind() {
        String written = uri.reveal();
        if (written.startsWith(COPY) || COPIED.equals(type)) {
            return Optional.empty();
        }
        return Optional.of(type == null ? kindOf(written) : SourceKind.of(type).orElse(SourceKind.TGZ));
    }

    /** Return the path or the address, without what stands before it. */
    public Secret address() {
        String written = uri.reveal();
        if (type != null) {
            return uri;
        }
        Optional<String> prefix = named(written)
                .map(kind -> kind + ":")
                .or(() -> SQUASHFS.stream().filter(written::startsWith).findFirst());
        return prefix.map(text -> address(written.substring(text.length()))).orElse(uri);
    }

    /** Return the directory whose files are copied, if it is one. */
    public Optional<String> directory() {
        String written = uri.reveal();
        if (written.startsWith(COPY) && (type == null || COPIED.equals(type))) {
            return Optional.of(written.substring(COPY.length()));
        }
        return COPIED.equals(type) && written.startsWith("/") ? Optional.of(written) : Optional.empty();
    }

    /** Say whether it is a whole disk. */
    public boolean isDisk() {
        return kind().filter(SourceKind::isDisk).isPresent();
    }

    /** A text says its kind as curtin's {@code sanitize_source} reads it. */
    private static SourceKind kindOf(String written) {
        boolean isSquashfs = SQUASHFS.stream().anyMatch(written::startsWith)
                || written.endsWith("squashfs")
                || written.endsWith("squash");
        return named(written).orElse(isSquashfs ? SourceKind.FSIMAGE : SourceKind.TGZ);
    }

    private static Optional<SourceKind> named(String written) {
        int colon = written.indexOf(':');
        return colon < 0 ? Optional.empty() : SourceKind.of(written.substring(0, colon));
    }

    private static Secret address(String uri) {
        return Objects.requireNonNull(Secret.ofAddress(uri));
    }

    private static Optional<InstallSource> read(MapReader root, String name, Value value) {
        if (value instanceof ScalarValue scalar && scalar.value() instanceof String uri) {
            return Optional.of(new InstallSource(value.location(), name, null, address(uri)));
        }
        if (value instanceof MapValue map) {
            MapReader reader = root.within(map, "source '" + name + "'");
            String type = reader.text("type");
            InstallSource source = new InstallSource(value.location(), name, type, address(reader.requiredText("uri")));
            if (type != null && !COPIED.equals(type) && SourceKind.of(type).isEmpty()) {
                reader.problem("type", "no source is of the type '" + type + "'", "take cp, " + SourceKind.names());
            }
            reader.refuseUnknown();
            return Optional.of(source);
        }
        root.problems().add(value.location(), "source '" + name + "' must be a URI, not " + value.describe());
        return Optional.empty();
    }
}
