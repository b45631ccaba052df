package dev.vmtest.image.mirror;

import dev.vmtest.image.ImageFilter;
import dev.vmtest.image.StreamItem;
import dev.vmtest.text.MistakeException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Say what to mirror.
 *
 * @param stream where it is mirrored from
 * @param selection what of it
 * @param keep how many versions of each product (IMAGES_TO_KEEP)
 * @param jobs how many downloads at a time
 * @param dryRun whether to change nothing
 * @param clean whether everything that was mirrored before and is not asked for now goes
 * @param lockTimeout how long to wait for others (CURTIN_VMTEST_IMAGE_LOCK_TIMEOUT); negative is for ever
 */
public record SyncRequest(
        Stream stream, Selection selection, int keep, int jobs, boolean dryRun, boolean clean, Duration lockTimeout) {

    /**
     * Say where to mirror from.
     *
     * @param source an index or products file of a simplestreams server, or the directory that has {@code streams/}; if
     *     its name ends in {@code sjson} everything must be signed
     * @param keyring what signatures are verified against
     */
    public record Stream(URI source, Path keyring) {}

    /**
     * Select what to mirror.
     *
     * @param releases codenames; empty for all
     * @param arches Debian's names of architectures; empty for all
     * @param filters further conditions
     */
    public record Selection(List<String> releases, List<String> arches, List<ImageFilter> filters) {

        /** What is not refused for its kind. */
        public static final Selection EVERYTHING = new Selection(List.of(), List.of(), List.of());

        public Selection {
            releases = List.copyOf(releases);
            arches = List.copyOf(arches);
            filters = List.copyOf(filters);
        }

        private boolean accepts(StreamItem item) {
            return (arches.isEmpty() || arches.contains(item.text("arch")))
                    && (releases.isEmpty() || releases.contains(item.text("release")))
                    && (releases.isEmpty() || item.text("krel").isEmpty() || releases.contains(item.text("krel")))
                    && filters.stream().allMatch(filter -> filter.accepts(item));
        }

        private String description() {
            List<String> words = new ArrayList<>(releases);
            arches.forEach(arch -> words.add("for " + arch));
            filters.forEach(filter -> words.add("with " + filter));
            return words.isEmpty() ? "anything" : String.join(" ", words);
        }
    }

    /** What a harness needs of an image. */
    private static final ImageFilter ITEM_TYPES =
            ImageFilter.parse("ftype~(boot-initrd|boot-kernel|root-tgz|root-image.xz|squashfs)");

    public SyncRequest {
        if (jobs < 1) {
            throw new MistakeException("downloads at a time: at least 1, not " + jobs);
        }
    }

    /** Say whether an item is asked for. */
    boolean accepts(StreamItem item) {
        return ITEM_TYPES.accepts(item) && selection.accepts(item);
    }

    /** Say whether every document must be signed. */
    boolean isSigned() {
        return initialPath().toLowerCase(Locale.ROOT).endsWith("sjson");
    }

    /** Return where the stream begins, ending in a slash. */
    URI base() {
        String text = stream.source().toString();
        int streams = text.lastIndexOf("/streams/v1/");
        return URI.create(streams >= 0 && isDocument(text) ? text.substring(0, streams + 1) : withSlash(text));
    }

    /** Return the first document, relative to the base. */
    String initialPath() {
        String text = stream.source().toString();
        int streams = text.lastIndexOf("/streams/v1/");
        return streams >= 0 && isDocument(text) ? text.substring(streams + 1) : "streams/v1/index.sjson";
    }

    private static boolean isDocument(String text) {
        return text.endsWith(".sjson") || text.endsWith(".json");
    }

    private static String withSlash(String text) {
        return text.endsWith("/") ? text : text + "/";
    }

    /** Return what is asked for, for messages. */
    String description() {
        return selection.description();
    }
}
